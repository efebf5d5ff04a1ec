import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Config, ServiceConfig } from "../../src/config";
import { repositoryRoot } from "../emulator/python";
import { describeService, runningDigests, tasksOf } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { refusedActions } from "../support/policies";
import type { Project } from "../support/project";
import { succeeded, type Run } from "../support/run";
import { useLocalAws } from "./local-aws";

const aws = useLocalAws();
let project: Project;
let outputsFile: string;

/** Two services of a repository, each in the stack that is named, if any. */
function config(stacks: Readonly<Record<"api" | "worker", string | undefined>>): Config {
  const { services, ...places } = demoLocal();
  const [demo] = services;
  if (!demo) throw new Error("demo does not ship");
  return {
    ...places,
    services: Object.entries(stacks).map(([name, stack]): ServiceConfig => ({
      ...demo,
      name,
      ...(stack !== undefined && { stack }),
    })),
  };
}

const APART = config({ api: "backend", worker: undefined });
const TOGETHER = config({ api: "backend", worker: "backend" });

const deploy = (...stacks: string[]): Promise<Run> =>
  project.npmDeploy([...stacks, "--outputs-file", outputsFile, "--parallelism", "1"]);

/** The lines that say how it ended. */
const endings = ({ output }: Run): string[] =>
  output.split("\n").filter((line) => /^\S+: (deployed|FAILED)/.test(line));

/** The commands of the guide that move a service into a group; here cdktf has its own options, and is run already. */
function commands(): string[] {
  const guide = readFileSync(join(repositoryRoot(), "docs", "guides", "grouped-stacks.md"), "utf8");
  return [...guide.matchAll(/^```sh\n(npx cdktf synth\n.*?)^```$/gms)].map(([, block = ""]) =>
    block.replace("npx cdktf synth\n", "").replaceAll("-staging", "-local"),
  );
}

beforeAll(async () => {
  await aws.createRepository("demo");
  await push(aws.ecr, "demo", manifest("first"), "1.10");
  project = aws.project(APART);
  outputsFile = join(project.directory, "outputs.json");
});

test("a service that is alone in a shared stack, and one with a stack of its own, are deployed", async () => {
  const requested = await aws.actionsOf(async () => {
    const run = await deploy("backend-local", "worker-local");
    expect(run).toMatchObject({ exitCode: 0 });
    expect(endings(run)).toEqual([
      expect.stringMatching(/^backend-local: deployed: demo:1\.10@sha256:\S+ in api-local:1$/),
      expect.stringMatching(/^worker-local: deployed: demo:1\.10@sha256:\S+ in worker-local:1$/),
    ]);
  });

  expect(refusedActions(requested, "deploy-services")).toEqual([]);
});

test("a task has the tag of its service, wherever that is deployed", async () => {
  for (const service of ["api", "worker"]) {
    const [task] = await tasksOf(aws.ecs, `${service}-local`);
    expect(task?.tags).toContainEqual({ key: "service", value: service });
  }
});

describe("a service that is moved into the shared stack", () => {
  test("keeps what runs, with the commands of the guide", async () => {
    const [before = "", after = ""] = commands();
    await project.synth();
    succeeded(await project.shell(before));
    project.edit(TOGETHER);
    await project.synth();

    const { stdout } = succeeded(await project.shell(after));

    expect(stdout).not.toMatch(/will be|must be/);
    expect(stdout).toMatch(
      /save these new output values to the\s+Terraform\s+state, without changing any real infrastructure/,
    );
  });

  test("is deployed with the others from then on, and each is reported", async () => {
    const run = await deploy("backend-local");

    expect(run).toMatchObject({ exitCode: 0 });
    expect(endings(run)).toEqual([
      expect.stringMatching(/^backend-local: deployed: demo:1\.10@sha256:\S+ in api-local:\d$/),
      expect.stringMatching(/^backend-local: deployed: demo:1\.10@sha256:\S+ in worker-local:\d$/),
    ]);
    const outputs = JSON.parse(readFileSync(outputsFile, "utf8")) as Record<string, Record<string, unknown>>;
    expect(Object.keys(outputs["backend-local"] ?? {})).toEqual(
      expect.arrayContaining(["api_images", "api_task_definition_arn", "worker_images", "worker_planned_images"]),
    );
    expect((await project.plan("backend-local")).exitCode).toBe(0);
  });
});

test("a build that moves under its tag rolls every service that runs it", async () => {
  const digest = await push(aws.ecr, "demo", manifest("second"), "1.10");

  expect(await deploy("backend-local")).toMatchObject({ exitCode: 0 });

  for (const service of ["api-local", "worker-local"]) {
    expect(await runningDigests(aws.ecs, service)).toEqual([digest]);
  }
});

test("the stack is destroyed with all of its services", async () => {
  await project.destroy("backend-local");

  expect((await describeService(aws.ecs, "worker-local")).status).toBe("INACTIVE");
  expect(await aws.inventory()).toMatchObject({ services: [], logGroups: [] });
});
