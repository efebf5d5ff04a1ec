import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";

import { InvalidInputError } from "../../src/errors";
import { FakeDeploy } from "../support/fake-deploy";

let fake: FakeDeploy;
beforeEach(() => (fake = new FakeDeploy()));
afterEach(() => fake.remove());

/** `terraform output -json` of a service. */
function printing(digests: { planned: string; running: string | null }): string {
  const images = (digest: string | null) => ({
    sensitive: false,
    value: digest && { web: { repository: "web", digest } },
  });
  const task_definition_arn = {
    sensitive: false,
    value: "arn:aws:ecs:us-east-1:111122223333:task-definition/web-test:7",
  };
  return `echo '${JSON.stringify({ planned_images: images(digests.planned), images: images(digests.running), task_definition_arn })}'`;
}

describe("a deploy", () => {
  test("initializes one stack after the other, applies, proves and reads the outputs", async () => {
    fake.synthesized({ a: [], b: [] });

    expect(await fake.deploy({ parallelism: 1, app: "node x.js" })).toBe(0);

    const steps = (stack: string) => [
      `${stack} apply -no-color -input=false -auto-approve`,
      `${stack} plan -json -detailed-exitcode -input=false -lock=false -refresh=true`,
      `${stack} output -json`,
    ];
    expect(fake.calls().slice(1)).toEqual([
      `cdktf synth --output ${fake.output} --app node x.js`,
      "a init -no-color -input=false",
      "b init -no-color -input=false",
      ...steps("a"),
      ...steps("b"),
    ]);
    expect(fake.lastLines()).toEqual(["a: deployed", "b: deployed"]);
  });

  test("says which image a service runs, and writes the outputs", async () => {
    fake.synthesized({ "web-test": [] });
    fake.terraform("web-test", "output", printing({ planned: "sha256:aa", running: "sha256:aa" }));

    expect(await fake.deploy()).toBe(0);

    expect(fake.lastLines()).toEqual(["web-test: deployed: web@sha256:aa in web-test:7"]);
    expect(fake.outputs()).toMatchObject({ "web-test": { images: { web: { digest: "sha256:aa" } } } });
  });

  test("passes on the lines of Terraform as they come, with the name of the stack if there are several", async () => {
    fake.synthesized({ a: [], long: [] });
    fake.terraform("a", "apply", "echo Creating; printf 'no end'");

    await fake.deploy();
    expect(fake.said).toEqual(expect.arrayContaining(["a     Creating", "a     no end"]));

    fake.said.length = 0;
    await fake.deploy({ stacks: ["a"] });
    expect(fake.said).toContain("Creating");
  });

  test("says how each stack ended, and then that its outputs cannot be written", async () => {
    fake.synthesized({ a: [] });
    fake.terraform("a", "apply", `rm "${fake.outputsFile}"; mkdir "${fake.outputsFile}"`);

    const written = fake.deploy();

    await expect(written).rejects.toThrow(InvalidInputError);
    await expect(written).rejects.toThrow(/^--outputs-file "[^"]+outputs\.json" cannot be written: /);
    expect(fake.lastLines()).toEqual(["a: deployed"]);
  });

  test("begins by removing the plan that a killed command has left, which has every value of the configuration", async () => {
    fake.synthesized({ a: [] });
    writeFileSync(join(fake.output, "stacks", "a", "deploy.tfplan"), "");
    fake.terraform("a", "init", "ls");

    await fake.deploy();

    expect(fake.said).toContain("cdk.tf.json");
    expect(fake.said).not.toContain("deploy.tfplan");
  });

  test("upgrades the provider when an earlier synth had locked another version", async () => {
    fake.synthesized({ a: [] });
    fake.terraform(
      "a",
      "init",
      'case "$*" in *-upgrade*) ;; *) echo "must use terraform init -upgrade" >&2; exit 1;; esac',
    );

    expect(await fake.deploy()).toBe(0);
    expect(fake.calls()).toContain("a init -no-color -input=false -upgrade");
  });
});

describe("the provider", () => {
  const VARIABLES = ["TF_PLUGIN_CACHE_DIR", "TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE"];

  /** The variables that `terraform init` and `cdktf synth` see. */
  async function seen(more: NodeJS.ProcessEnv = {}): Promise<string[]> {
    const print = VARIABLES.map((name) => `echo "\${${name}-unset}"`).join("\n");
    fake.synthesized({ a: [] });
    fake.cdktfDoes(print);
    fake.terraform("a", "init", print);
    await fake.deploy({}, { env: { ...fake.env, ...more } });
    return fake.said.slice(0, 2 * VARIABLES.length);
  }

  test("is downloaded once for all stacks, even for those that have no lock file yet", async () => {
    expect(await seen()).toEqual(["unset", "unset", join(fake.output, "plugin-cache"), "1"]);
  });

  test.each([
    [{ TF_PLUGIN_CACHE_DIR: "/cache" }, ["/cache", "unset"]],
    [{ CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1" }, ["unset", "unset"]],
  ])("is kept elsewhere, or not at all, if %j says so", async (variables, expected) => {
    expect(await seen(variables)).toEqual([...expected, ...expected]);
  });
});

describe("TERRAFORM_BINARY_NAME", () => {
  test("may be a path from the current folder, though Terraform runs in that of the stack", async () => {
    fake.synthesized({ a: [] });
    const TERRAFORM_BINARY_NAME = relative("", join(fake.folder, "terraform"));

    expect(await fake.deploy({}, { env: { ...fake.env, TERRAFORM_BINARY_NAME } })).toBe(0);
    expect(fake.calls()).toContain("a init -no-color -input=false");
  });

  test("that is empty means the terraform on the PATH", async () => {
    fake.synthesized({ a: [] });
    const env = { ...fake.env, PATH: `${fake.folder}:${process.env["PATH"] ?? ""}`, TERRAFORM_BINARY_NAME: "" };

    expect(await fake.deploy({}, { env })).toBe(0);
    expect(fake.calls()).toContain("a init -no-color -input=false");
  });
});

describe("a stack that fails", () => {
  const ERROR = "echo >&2; echo 'Error: no such role' >&2; exit 1";

  test.each(["init", "apply", "output"])(
    "at %s is named in the last lines with its cause, and the others are deployed",
    async (step) => {
      fake.synthesized({ bad: [], good: [] });
      fake.terraform("bad", step, ERROR);

      expect(await fake.deploy()).toBe(1);

      expect(fake.lastLines()).toEqual(["bad: FAILED: no such role", "good: deployed"]);
      expect(fake.outputs()).toEqual({ good: {} });
    },
  );

  test("is one that Terraform was killed in, though it has said nothing", async () => {
    fake.synthesized({ a: [] });
    fake.terraform("a", "apply", "kill -9 $$");
    writeFileSync(fake.outputsFile, '{ "a": "of the deploy before" }');

    expect(await fake.deploy()).toBe(1);

    expect(fake.lastLines()).toEqual([
      'a: FAILED: terraform apply was ended by SIGKILL; see "was ended by SIGKILL" in docs/troubleshooting.md',
    ]);
    expect(fake.outputs()).toEqual({});
  });

  test("is one whose apply succeeded, but whose next plan is not empty", async () => {
    fake.synthesized({ a: [] });
    const change = {
      type: "planned_change",
      change: { resource: { addr: "aws_ecs_service.service" }, action: "update" },
    };
    fake.terraform("a", "plan", `echo '${JSON.stringify(change)}'; exit 2`);

    expect(await fake.deploy()).toBe(1);

    expect(fake.lastLines()).toEqual([
      "a: FAILED: it is not as planned: the next plan still changes aws_ecs_service.service (update)",
    ]);
    expect(fake.outputs()).toEqual({});
  });

  test.each([
    ["sha256:bb", "the service runs web@sha256:bb, not web@sha256:aa"],
    [null, "the service runs another revision, not web@sha256:aa"],
  ])("is one that runs %j, which was not planned", async (running, why) => {
    fake.synthesized({ a: [] });
    fake.terraform("a", "output", printing({ planned: "sha256:aa", running }));

    expect(await fake.deploy()).toBe(1);
    expect(fake.lastLines()).toEqual([`a: FAILED: ${why}`]);
  });

  test("stops those that depend on it", async () => {
    fake.synthesized({ app: ["network"], network: [] });
    fake.terraform("network", "apply", ERROR);

    expect(await fake.deploy()).toBe(1);
    expect(fake.lastLines()).toEqual(["app: FAILED: not deployed: it needs network", "network: FAILED: no such role"]);
  });
});

describe("memory", () => {
  test("limits how many stacks are deployed side by side, and the command says so", async () => {
    fake.synthesized({ a: [], b: [], c: [] });
    await fake.deploy({}, { availableMemory: 2e9 });
    expect(fake.said).toContain("deploying 3 stacks, 2 at a time, as many as fit into memory");
  });

  test("does not count if the number is given, and is not mentioned if it suffices", async () => {
    fake.synthesized({ a: [], b: [], c: [] });
    await fake.deploy({ parallelism: 1 }, { availableMemory: 9e9 });
    await fake.deploy({}, { availableMemory: 9e9 });
    expect(fake.said.filter((line) => line.startsWith("deploying"))).toEqual([
      "deploying 3 stacks, 1 at a time, as --parallelism says",
    ]);
  });
});

describe("what cannot work ends in one line before anything is deployed", () => {
  const env = (more: NodeJS.ProcessEnv) => ({ env: { ...fake.env, ...more } });

  test.each([
    ["no cdktf", () => ({ cdktf: "no/cdktf" }), "no/cdktf is missing; run npm ci --include=dev"],
    ["a workspace", () => env({ TF_WORKSPACE: "x" }), 'TF_WORKSPACE "x" would use other states; unset it'],
    [
      "no Terraform",
      () => env({ TERRAFORM_BINARY_NAME: "no-terraform" }),
      "no-terraform cannot be run; install Terraform 1.10 or newer, or correct the PATH",
    ],
  ])("%s", async (_, machine, line) => {
    fake.synthesized({ a: [] });
    writeFileSync(fake.outputsFile, '{ "a": "of the deploy before" }');
    await expect(fake.deploy({}, machine())).rejects.toThrow(new InvalidInputError(line));
    expect(fake.outputs()).toEqual({});
    expect(fake.calls().filter((call) => call.startsWith("cdktf"))).toEqual([]);
  });

  test.each(["", "default"])("but not the workspace %j, which is the usual one", async (workspace) => {
    fake.synthesized({ a: [] });
    expect(await fake.deploy({}, env({ TF_WORKSPACE: workspace }))).toBe(0);
  });

  test("no terminal and no approval", async () => {
    await expect(fake.deploy({ autoApprove: false })).rejects.toThrow(
      new InvalidInputError("there is no terminal on which to ask for approval; add --auto-approve"),
    );
  });

  test("a stack that does not exist, and the outputs of an earlier deploy are gone", async () => {
    fake.synthesized({ a: [], b: [] });
    writeFileSync(fake.outputsFile, "old");

    await expect(fake.deploy({ stacks: ["c"] })).rejects.toThrow(
      new InvalidInputError('there is no stack "c"; choose a or b'),
    );
    expect(fake.outputs()).toEqual({});
  });

  test("a config with a mistake, after the lines of cdktf", async () => {
    fake.cdktfDoes("echo 'service \"a\": cpu 1 is not valid'; exit 1");

    await expect(fake.deploy()).rejects.toThrow(new InvalidInputError("cdktf synth failed; nothing was deployed"));
    expect(fake.said).toEqual(['service "a": cpu 1 is not valid']);
  });
});
