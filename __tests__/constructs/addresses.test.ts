import { DataAwsEcrImage } from "@cdktf/provider-aws/lib/data-aws-ecr-image";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LocalBackend, TerraformOutput, TerraformStack, type App } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";

import { PinnedFargateService } from "../../src/constructs/service/pinned-fargate-service";
import { resolveConfig } from "../../src/config";
import { synthesize } from "../../src/stacks";
import { config, container, service } from "../support/config";
import { rejection } from "../support/rejection";
import { addStacks } from "../support/stacks";
import { newApp } from "../support/synthesized-stack";

/** Why a service is rejected that code has added something to. */
function rejectedWith(extend: (service: PinnedFargateService) => void): string {
  return rejection(() => {
    const app = newApp();
    addStacks(app, resolveConfig(config({ services: [service({ extend })] }), {}));
    synthesize(app);
  });
}

describe("what would silently take the place of a part of the service is rejected:", () => {
  test("a resource", () =>
    expect(rejectedWith((service) => new CloudwatchLogGroup(service, "log-group", { name: "/audit" }))).toBe(
      "shop-staging/Default/log-group gets the same Terraform address as shop-staging/Default/Default/log-group/Default; choose another id",
    ));

  test("the lookup of an image", () =>
    expect(
      rejectedWith(
        (service) => new DataAwsEcrImage(service, "web-image", { repositoryName: "other", imageTag: "latest" }),
      ),
    ).toBe(
      "shop-staging/Default/web-image gets the same Terraform address as shop-staging/Default/Default/web-image/team--web:1.10; choose another id",
    ));

  test("an output", () =>
    expect(rejectedWith((service) => new TerraformOutput(service, "images", { value: 1 }))).toBe(
      "shop-staging/images gets the same Terraform address as shop-staging/Default/images; choose another id",
    ));

  test("in a stack of one's own", () => {
    const app: App = newApp();
    const stack = new TerraformStack(app, "stack");
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    new LocalBackend(stack, { path: "stack.tfstate" });
    const props = { name: "web", cluster: "qa", network: { vpc: "default" as const }, cpu: 256, memory: 512 };
    const web = new PinnedFargateService(stack, "web", { ...props, containers: [container()] });
    new CloudwatchLogGroup(web, "log-group", { name: "/audit" });
    expect(() => {
      app.synth();
    }).toThrow("stack/web/log-group gets the same Terraform address as stack/web/Default/log-group/Default");
  });
});

test("two elements of different types may have the same id", () => {
  const app = newApp();
  const extend = (service: PinnedFargateService) => new TerraformOutput(service, "log-group", { value: 1 });
  addStacks(app, resolveConfig(config({ services: [service({ extend })] }), {}));
  expect(() => {
    synthesize(app);
  }).not.toThrow();
});
