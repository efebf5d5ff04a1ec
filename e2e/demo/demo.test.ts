import { digestOf } from "../../src/image";
import { hostileSettings, type HostileSettings } from "../support/hostile-settings";
import { manifest } from "../support/images";
import { DEMO, directory, leftBehind, makeFolders, NOTHING, processes, removeFolders, start, until } from "./test-demo";

describe("npm run demo, on a machine with settings for AWS that are not meant for it", () => {
  let settings: HostileSettings;
  let result: { exitCode: number | null; stdout: string; stderr: string };
  let lines: string[];

  beforeAll(async () => {
    makeFolders();
    settings = hostileSettings(directory);
    // The test process itself has variables that name no profile.
    const own = { AWS_CONFIG_FILE: undefined, AWS_SHARED_CREDENTIALS_FILE: undefined };
    result = await start(["npm", "run", "--silent", "demo"], { ...own, ...settings.env }).ended;
    lines = result.stdout.trimEnd().split("\n");
  }, 900_000);
  afterAll(removeFolders);

  test("succeeds, and prints nothing to standard error", () => {
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("asks no profile of the machine for credentials", () => {
    expect(settings.credentialsAsked()).toBe(false);
  });

  test("tells the story of a tag that is pushed twice", () => {
    const [first, second] = [digestOf(manifest("first build")), digestOf(manifest("second build"))];
    const [short1, short2] = [`${first.slice(0, 15)}…`, `${second.slice(0, 15)}…`];

    expect(lines.map((line) => line.trim()).filter((line) => !/^(|.* answers at .*)$/.test(line))).toEqual([
      "One image tag, pushed twice: which build runs?",
      "cdktf, Terraform and the AWS provider are real, AWS is a local emulator:",
      "no account is needed.",
      "[1/9] Start a local AWS",
      "looking for Terraform, Python and the AWS provider",
      "[2/9] Create the image repository",
      "$ cdktf deploy registry",
      "[3/9] Push a build as demo:1.10",
      first,
      "[4/9] Deploy the service",
      "$ cdktf deploy demo-local",
      "demo-local is at revision 1. In the account:",
      "demo-local  status  tag   image                    running tasks",
      `revision 1  ACTIVE  1.10  …/demo@${short1}  1 × ${short1}`,
      "[5/9] Push another build under the same tag, demo:1.10",
      second,
      "[6/9] What would a deploy change?",
      "$ cdktf diff demo-local",
      '~ resource "aws_ecs_service" "service" {',
      '~ task_definition = "…/demo-local:1" -> (known after apply)',
      '-/+ resource "aws_ecs_task_definition" "task-definition" {',
      `~ image = "…/demo@${short1}" -> "…/demo@${short2}"`,
      "Plan: 1 to add, 1 to change, 1 to destroy.",
      "With demo:1.10 as the image, Terraform would have seen no change here.",
      "(Terraform counts revision 1 as destroyed, but ECS keeps it.)",
      "[7/9] Deploy it",
      "$ cdktf deploy demo-local",
      "demo-local is at revision 2. In the account:",
      "demo-local  status  tag   image                    running tasks",
      `revision 1  ACTIVE  1.10  …/demo@${short1}  none`,
      `revision 2  ACTIVE  1.10  …/demo@${short2}  1 × ${short2}`,
      "Revision 1 stays, tied to the first build, for ECS to roll back to.",
      "[8/9] Roll back to the first build, by its digest",
      `$ DEMO_IMAGE_DIGEST=${short1} cdktf deploy demo-local`,
      "demo-local is at revision 3. In the account:",
      "demo-local  status  tag   image                    running tasks",
      `revision 1  ACTIVE  1.10  …/demo@${short1}  none`,
      `revision 2  ACTIVE  1.10  …/demo@${short2}  none`,
      `revision 3  ACTIVE  -     …/demo@${short1}  1 × ${short1}`,
      "No tag points at it any more, and none had to be pushed again.",
      "[9/9] Clean up",
      "$ cdktf destroy demo-local",
      "The local AWS ends here too, with everything in it.",
      "A tag moves, a digest does not: what was planned is what runs.",
    ]);
  });

  test("fits 80 columns, without escape codes when it is not on a terminal", () => {
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(result.stdout).not.toMatch(/[\x1b\r]/);
  });

  test("leaves nothing behind", async () => {
    expect(await leftBehind()).toEqual(NOTHING);
  });
});

describe("the demo, interrupted", () => {
  beforeEach(makeFolders);
  afterEach(removeFolders);

  const STOPPED = { stderr: "Stopped; nothing is left behind.\n" };
  const providerRuns = () => processes().some((line) => line.includes("terraform-provider-aws"));

  test.each([
    ["itself", (pid: number) => pid],
    ["with all that it started, as Ctrl-C does", (pid: number) => -pid],
  ])("by SIGINT to it %s, while Terraform is at work", async (_, target) => {
    const { child, ended } = start(DEMO);
    await until(providerRuns, 120);

    process.kill(target(child.pid ?? 0), "SIGINT");

    expect(await ended).toMatchObject({ exitCode: 130, ...STOPPED });
    expect(await leftBehind()).toEqual(NOTHING);
  });

  test("by SIGTERM, before anything is started", async () => {
    const { child, ended, said } = start(DEMO);
    await until(() => said.stdout.includes("looking for"), 120);

    child.kill("SIGTERM");

    expect(await ended).toMatchObject({ exitCode: 143, ...STOPPED });
    expect(await leftBehind()).toEqual(NOTHING);
  });

  test("by a reader that has seen enough", async () => {
    const { child, ended } = start(DEMO);

    child.stdout.destroy();

    expect(await ended).toMatchObject({ exitCode: 141, ...STOPPED });
    expect(await leftBehind()).toEqual(NOTHING);
  });
});
