import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { App } from "cdktf";

import { resolveConfig } from "../../src/config";
import { synthesize } from "../../src/stacks";
import { config, container, environment, registry, service } from "../support/config";
import { rejection } from "../support/rejection";
import { filesBelow, synthesized } from "../support/synthesis";

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

describe("an error in a stack", () => {
  test.each([
    [
      "a service",
      config({ services: [service({ memory: 700 })] }),
      "shop-staging: memory 700 MiB is not valid with 256 cpu units; choose 512, 1024 or 2048",
    ],
    [
      "a container",
      config({ services: [service({ containers: [container({ command: ["e\u0301"] })] })] }),
      'shop-staging: container "web": command is not in Unicode normal form C, and Terraform would change it; write it as text.normalize("NFC")',
    ],
    [
      "the registry",
      config({ registry: registry({ accountId: "1234" }) }),
      'registry: accountId "1234" is not an AWS account id; use 12 digits in quotes',
    ],
    [
      "an environment without services",
      config({ services: [], environments: [environment({ accountId: "1234" })] }),
      'cluster-staging: accountId "1234" is not an AWS account id; use 12 digits in quotes',
    ],
  ])("names the stack: %s", (_what, wrong, message) => {
    expect(rejection(() => synthesized(wrong))).toBe(message);
  });

  test("leaves nothing half-written", () => {
    const outdir = mkdtempSync(join(tmpdir(), "synthesize-"));
    folders.push(outdir);
    const wrong = config({ services: [service(), service({ name: "wrong", memory: 700 })] });

    rejection(() => synthesize(new App({ outdir }), resolveConfig(wrong, {})));

    expect([...filesBelow(outdir).keys()]).toEqual([]);
  });
});

test("the same config gives the same bytes", () => {
  expect(synthesized(config())).toEqual(synthesized(config()));
  expect(synthesized(config()).size).toBeGreaterThan(3);
});
