import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";

import { PinnedFargateService } from "../../src/constructs/service/pinned-fargate-service";
import { synthesize } from "../../src/stacks";
import { config } from "../support/config";
import { rejection, rejections } from "../support/rejection";
import { filesBelow, synthesized } from "../support/synthesis";
import { containerProps, serviceProps } from "../support/task-stack";

let outdir: string;
beforeEach(() => (outdir = mkdtempSync(join(tmpdir(), "synthesize-"))));
afterEach(() => rmSync(outdir, { recursive: true }));

/** An app with one stack for each service: its name, and the length of its command. */
function appWith(lengths: Readonly<Record<string, number>>): App {
  const app = new App({ outdir });
  for (const [name, length] of Object.entries(lengths)) {
    const stack = new TerraformStack(app, name);
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    const containers = [containerProps({ command: ["x".repeat(length)] })];
    new PinnedFargateService(stack, "web", serviceProps({ name, containers }));
  }
  return app;
}

const written = (): string[] => [...filesBelow(outdir).keys()];

describe("synthesize", () => {
  test("writes every stack", () => {
    synthesize(appWith({ shop: 1, cart: 1 }));

    expect(written()).toEqual(expect.arrayContaining(["stacks/cart/cdk.tf.json", "stacks/shop/cdk.tf.json"]));
  });

  test("rejects container definitions that are too large, a line each, and writes nothing", () => {
    const app = appWith({ shop: 65_536, small: 1, cart: 65_537 });

    const tooLarge = (name: string): unknown =>
      expect.stringMatching(
        `^service "${name}": the container definitions have [0-9]+ bytes; Amazon ECS allows at most 65536 `,
      );
    expect(rejections(() => synthesize(app))).toEqual([tooLarge("shop"), tooLarge("cart")]);
    expect(written()).toEqual([]);
  });

  test("counts what is added after construction", () => {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "shop");
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    const service = new PinnedFargateService(stack, "web", serviceProps({ name: "shop" }));
    service.container("web").addEnvironment("LARGE", "x".repeat(65_536));

    expect(rejection(() => synthesize(app))).toMatch(/^service "shop": the container definitions have /);
    expect(written()).toEqual([]);
  });

  test("gives the same bytes for the same config", () => {
    expect(synthesized(config())).toEqual(synthesized(config()));
    expect(synthesized(config()).size).toBeGreaterThan(3);
  });
});
