import { DataAwsEcsContainerDefinition } from "@cdktf/provider-aws/lib/data-aws-ecs-container-definition";
import { DataAwsEcsService } from "@cdktf/provider-aws/lib/data-aws-ecs-service";

import { RunningService } from "../../../src/constructs/service/running-service";
import { emptyStack, synthesized, type Block, type SynthesizedStack } from "../../support/synthesized-stack";
import { CLUSTER } from "../../support/task-stack";

const PROPS = { name: "demo", clusterArn: CLUSTER };
const running = (...containers: string[]): SynthesizedStack =>
  synthesized((stack) => {
    const service = new RunningService(stack, "running", PROPS);
    containers.forEach((container) => service.buildOf(container));
  });

test("looks nothing up before a build is asked for", () => {
  expect(running().addresses()).toEqual([]);
});

test("finds the service by its name and cluster", () => {
  expect(running("web").data("aws_ecs_service")).toEqual({ running: { service_name: "demo", cluster_arn: CLUSTER } });
});

test("looks each container up once, in the revision that the service runs", () => {
  const stack = running("web", "worker", "web");
  const revision = { task_definition: "${data.aws_ecs_service.running.task_definition}" };
  expect(Object.values(stack.data("aws_ecs_container_definition"))).toMatchObject([
    { container_name: "web", ...revision },
    { container_name: "worker", ...revision },
  ]);
});

test("fails the plan if the running image has no digest, and names the way out", () => {
  const { lifecycle } = running("web").lookup("aws_ecs_container_definition") as {
    lifecycle: { postcondition: Block[] };
  };
  expect(lifecycle.postcondition).toEqual([
    {
      condition: '${can(regex("@sha256:[0-9a-f]{64}$", self.image)) || can(self.docker_labels["image_digest"])}',
      error_message:
        "The service demo runs ${self.image} without a digest in its task definition, so there is no build to keep; name one by tag or digest.",
    },
  ]);
});

test("says in its path, which the cdktf command line prints when the service is not found, what to do", () => {
  const stack = emptyStack();
  const service = new RunningService(stack, "running", PROPS);
  ["web", "worker", "web"].forEach((container) => service.buildOf(container));
  const lookup = stack.node.findAll().find((each) => each instanceof DataAwsEcsService);
  expect(lookup?.toTerraform()).toMatchObject({
    data: {
      aws_ecs_service: {
        running: {
          "//": {
            metadata: { path: "stack/demo, which keeps the build of web, worker: the first deployment must name it" },
          },
        },
      },
    },
  });
});

test("has the name of the container in the path of its lookup", () => {
  const stack = emptyStack();
  new RunningService(stack, "running", PROPS).buildOf("web");
  const lookup = stack.node.findAll().find((each) => each instanceof DataAwsEcsContainerDefinition);
  expect(JSON.stringify(lookup?.toTerraform())).toContain('"path":"stack/running/web"');
});

test.each(["Default", "constructor", "toString", "1web"])("a container may be named %s", (name) => {
  expect(running(name).lookup("aws_ecs_container_definition")).toMatchObject({ container_name: name });
});
