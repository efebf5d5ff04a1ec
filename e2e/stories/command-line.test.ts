import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { repositoryRoot } from "../emulator/python";
import { demoLocal } from "../support/configs";
import { localAwsEnvironment } from "../support/environment";
import { run, words, type Run } from "../support/run";
import { useLocalAws } from "./local-aws";

const aws = useLocalAws();

/** What the app printed about demo; `cdktf` prints the lines of an app a second time. */
const saidOfDemo = ({ output }: Run): string[] => [...new Set(output.match(/service "demo".*/g))];

describe("cdktf synth", () => {
  test("fails with one line and writes nothing when CI sets an invalid tag", async () => {
    const project = aws.project();

    const result = await project.cdktf(["synth"], { DEMO_IMAGE_TAG: "latest build" });

    expect(result.exitCode).toBe(1);
    expect(saidOfDemo(result)).toEqual([
      'service "demo": DEMO_IMAGE_TAG "latest build" is not valid; use 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"',
    ]);
    expect(result.output).not.toMatch(/^\s+at /m);
    expect(existsSync(join(project.directory, "cdktf.out", "stacks"))).toBe(false);
  });

  test("warns about a tag for a service that does not exist, and goes on", async () => {
    const { exitCode, output } = await aws.project().cdktf(["synth"], { DEMOO_IMAGE_TAG: "1.11" });

    expect(exitCode).toBe(0);
    expect(output).toContain(
      "warning: DEMOO_IMAGE_TAG is set, but no service or job has that name; choose DEMO_IMAGE_TAG",
    );
  });

  test("fails with the compiler's message when the config has a type error", async () => {
    const copy = mkdtempSync(join(tmpdir(), "ecs-pin-copy-"));
    try {
      for (const name of [
        "src",
        "main.ts",
        "build.mjs",
        "cdktf.json",
        "package.json",
        "tsconfig.json",
        "tsconfig.build.json",
      ]) {
        cpSync(join(repositoryRoot(), name), join(copy, name), { recursive: true });
      }
      symlinkSync(join(repositoryRoot(), "node_modules"), join(copy, "node_modules"));
      const services = join(copy, "src", "config", "services.ts");
      const text = readFileSync(services, "utf8");
      writeFileSync(services, text.replace(/cpu: (\d+)/, 'cpu: "$1"'));

      const { exitCode, output } = await run(join("node_modules", ".bin", "cdktf"), ["synth"], {
        cwd: copy,
        env: localAwsEnvironment(aws.endpoint, ""),
      });

      expect(exitCode).toBe(1);
      const before = text.slice(0, text.search(/cpu: \d/)).split("\n");
      const place = `${before.length},${(before.at(-1) ?? "").length + 1}`;
      expect(words(output)).toContain(
        `src/config/services.ts(${place}): error TS2322: Type 'string' is not assignable to type 'number'.`,
      );
      expect(existsSync(join(copy, "cdktf.out", "stacks"))).toBe(false);
    } finally {
      rmSync(copy, { recursive: true });
    }
  });
});

describe("cdktf deploy", () => {
  test("fails for a stack that does not exist, and names it", async () => {
    const { exitCode, output } = await aws.project().tryDeploy("demo-stagging");

    expect(exitCode).toBe(1);
    expect(words(output)).toContain("Could not find stack for pattern 'demo-stagging'");
  });

  test("fails in a workspace of Terraform, whose states would be others", async () => {
    const { exitCode, output } = await aws.project(demoLocal()).tryDeploy("demo-local", { TF_WORKSPACE: "blue" });

    expect(exitCode).toBe(1);
    expect(words(output)).toContain('TF_WORKSPACE "blue" would use other states; unset it');
    expect(await aws.inventory()).toEqual({ services: [], revisions: [], logGroups: [] });
  });

  test("fails for a region that AWS does not have, before anything is created", async () => {
    const { exitCode, output } = await aws.project(demoLocal({}, { region: "us-east-9" })).tryDeploy("demo-local");

    expect(exitCode).toBe(1);
    expect(words(output)).toContain("invalid AWS Region: us-east-9");
    expect(await aws.inventory()).toEqual({ services: [], revisions: [], logGroups: [] });
  });
});
