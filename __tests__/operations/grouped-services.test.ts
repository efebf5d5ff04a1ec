import { faultOf } from "../../src/operations/proof";
import { FakeDeploy } from "../support/fake-deploy";

let fake: FakeDeploy;
beforeEach(() => (fake = new FakeDeploy()));
afterEach(() => fake.remove());

const NAMES = ["planned_images", "images", "task_definition_arn"];

/** `terraform output -json` of a stack of several services: what each runs that should run `sha256:aa`. */
function printing(running: Readonly<Record<string, string | null>>): string {
  const images = (digest: string | null) => digest && { web: { repository: "web", digest } };
  const values = Object.entries(running).flatMap(([service, digest]): [string, unknown][] => [
    [`${service}_planned_images`, images("sha256:aa")],
    [`${service}_images`, images(digest)],
    [`${service}_task_definition_arn`, `arn:aws:ecs:us-east-1:111122223333:task-definition/${service}-test:7`],
  ]);
  const outputs = Object.fromEntries(values.map(([name, value]) => [name, { sensitive: false, value }]));
  return `echo '${JSON.stringify(outputs)}'`;
}

async function deploy(running: Readonly<Record<string, string | null>>): Promise<number> {
  const names = Object.keys(running).flatMap((service) => NAMES.map((name) => `${service}_${name}`));
  fake.synthesized({ "backend-test": [] }, names);
  fake.terraform("backend-test", "output", printing(running));
  return fake.deploy();
}

describe("a deploy of services that share a stack", () => {
  test("says what each of them runs", async () => {
    expect(await deploy({ "order-api": "sha256:aa", worker: "sha256:aa" })).toBe(0);

    expect(fake.lastLines()).toEqual([
      "backend-test: deployed: web@sha256:aa in order-api-test:7",
      "backend-test: deployed: web@sha256:aa in worker-test:7",
    ]);
    expect(fake.outputs()).toMatchObject({
      "backend-test": { worker_images: { web: { digest: "sha256:aa" } } },
    });
  });

  test.each([
    ["sha256:bb", "web@sha256:bb"],
    [null, "another revision"],
  ])("fails if one of them runs %s, and names it", async (digest, runs) => {
    expect(await deploy({ "order-api": "sha256:aa", worker: digest })).toBe(1);

    expect(fake.lastLines()).toEqual([`backend-test: FAILED: the service worker runs ${runs}, not web@sha256:aa`]);
    expect(fake.outputs()).toEqual({});
  });
});

test("an image of one of them that has moved since the plan is called that", () => {
  const outputs = { worker_planned_images: { action: "update" }, worker_images: { action: "update" } };
  const stdout = JSON.stringify({ type: "outputs", outputs });
  expect(faultOf({ exitCode: 2, signal: null, stdout, stderr: "" })).toBe(
    "an image has moved since the plan, or another deploy came in between; deploy again",
  );
});
