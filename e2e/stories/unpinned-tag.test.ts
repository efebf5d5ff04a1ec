import { REGISTRY, runningDigests, tasksOf } from "../support/aws";
import { manifest, push } from "../support/images";
import { providerVersion } from "../support/provider-version";
import type { TerraformDirectory } from "../support/terraform-directory";
import { useLocalAws } from "./local-aws";

/** What teams write without pinning: the image by its tag, and a service that is redeployed with every apply. */
const BARE_TAG = {
  terraform: { required_providers: { aws: { source: "hashicorp/aws", version: providerVersion() } } },
  provider: { aws: { region: "us-east-1" } },
  data: { aws_subnets: { all: {} } },
  resource: {
    aws_ecs_task_definition: {
      bare: {
        family: "bare",
        cpu: "256",
        memory: "512",
        network_mode: "awsvpc",
        requires_compatibilities: ["FARGATE"],
        container_definitions: JSON.stringify([{ name: "demo", image: `${REGISTRY}/demo:1.10`, essential: true }]),
      },
    },
    aws_ecs_service: {
      bare: {
        name: "bare",
        cluster: "default",
        task_definition: "${aws_ecs_task_definition.bare.arn}",
        desired_count: 1,
        launch_type: "FARGATE",
        force_new_deployment: true,
        wait_for_steady_state: true,
        availability_zone_rebalancing: "ENABLED",
        network_configuration: { subnets: "${data.aws_subnets.all.ids}" },
      },
    },
  },
};

const aws = useLocalAws();
let terraform: TerraformDirectory;
let first: string;
let second: string;

beforeAll(async () => {
  await aws.createRepository("demo");
  first = await push(aws.ecr, "demo", manifest("first"), "1.10");
  terraform = aws.project().handWritten(BARE_TAG);
  await terraform.apply(await terraform.plan());
});

describe("without pinning: a task definition whose image is a bare tag", () => {
  test("runs what the tag pointed at", async () => {
    expect(await runningDigests(aws.ecs, "bare")).toEqual([first]);
  });

  test("shows no changes after the tag is pushed again", async () => {
    second = await push(aws.ecr, "demo", manifest("second"), "1.10");

    const plan = await terraform.plan();

    expect(plan.text).toContain("No changes.");
    expect(plan.exitCode).toBe(0);
  });

  test("keeps the old code in a restarted task", async () => {
    await aws.restartTask("bare");

    expect(await runningDigests(aws.ecs, "bare")).toEqual([first]);
  });

  test("no longer runs a task once the old, untagged image is cleaned up, although the tag exists", async () => {
    await aws.deleteImage("demo", first);
    await aws.restartTask("bare");

    expect(await runningDigests(aws.ecs, "bare")).toEqual([]);
    expect((await tasksOf(aws.ecs, "bare", "STOPPED")).at(-1)?.stoppedReason).toMatch(
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${REGISTRY}/demo:1.10@${first}: not found`,
    );
    expect(await aws.digestOfTag("demo", "1.10")).toBe(second);
  });
});
