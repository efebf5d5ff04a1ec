import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import type { TerraformStack } from "cdktf";

import { PinnedFargateService } from "../../../src/constructs/service/pinned-fargate-service";
import type { Scaling } from "../../../src/model/scaling";
import { DEPTH, policyOf, scaled } from "../../support/scaled-service";
import { synthesized, variable, type Block } from "../../support/synthesized-stack";
import { serviceProps } from "../../support/task-stack";

const tracking = (policy: NonNullable<Scaling["targetTracking"]>[string]): Block =>
  policyOf("mine", scaled({ targetTracking: { mine: policy } }));

describe("the target", () => {
  test("is the number of tasks of the service, which must be there first", () =>
    expect(scaled().resource("aws_appautoscaling_target")).toEqual({
      service_namespace: "ecs",
      scalable_dimension: "ecs:service:DesiredCount",
      resource_id: "service/staging/${aws_ecs_service.service.name}",
      min_capacity: 1,
      max_capacity: 4,
      lifecycle: { replace_triggered_by: ["aws_ecs_service.service.id"] },
    }));

  test("may have no tasks at all", () => {
    const depth = { metric: DEPTH, target: 1 };
    expect(
      scaled({ minCapacity: 0, maxCapacity: 0, targetTracking: { depth } }).resource("aws_appautoscaling_target"),
    ).toMatchObject({ min_capacity: 0, max_capacity: 0 });
  });

  test.each<[string, (stack: TerraformStack) => string, string]>([
    ["a cluster by name", () => "shared", "shared"],
    [
      "a cluster by reference",
      (stack) => variable(stack, "cluster").stringValue,
      '${element(split("/", var.cluster), 1)}',
    ],
  ])("is found in %s", (_, cluster, name) =>
    expect(scaled({}, cluster).resource("aws_appautoscaling_target")["resource_id"]).toBe(
      `service/${name}/\${aws_ecs_service.service.name}`,
    ),
  );

  test("keeps the capacity that scheduled actions set, and is replaced if ours changes", () => {
    const stack = scaled({ scheduledActions: { night: { schedule: "rate(1 day)", maxCapacity: 2 } } });
    expect(stack.resource("aws_appautoscaling_target")["lifecycle"]).toEqual({
      ignore_changes: ["min_capacity", "max_capacity"],
      replace_triggered_by: ["aws_ecs_service.service.id", "terraform_data.scaling_capacity_D16DC117"],
    });
    expect(stack.resources("terraform_data")["scaling_capacity_D16DC117"]).toEqual({
      input: { minCapacity: 1, maxCapacity: 4 },
    });
  });
});

describe("a policy of target tracking", () => {
  test("belongs to the target, and is replaced with it", () =>
    expect(scaled().resource("aws_appautoscaling_policy")).toEqual({
      name: "load",
      policy_type: "TargetTrackingScaling",
      service_namespace: "${aws_appautoscaling_target.scaling.service_namespace}",
      scalable_dimension: "${aws_appautoscaling_target.scaling.scalable_dimension}",
      resource_id: "${aws_appautoscaling_target.scaling.resource_id}",
      target_tracking_scaling_policy_configuration: {
        target_value: 60,
        predefined_metric_specification: { predefined_metric_type: "ECSServiceAverageCPUUtilization" },
        scale_in_cooldown: 300,
        scale_out_cooldown: 300,
        disable_scale_in: false,
      },
      lifecycle: { replace_triggered_by: ["aws_appautoscaling_target.scaling.id"] },
    }));

  test("keeps memory near a target, and its own settings", () =>
    expect(tracking({ memory: 70.5, scaleInCooldown: 0, scaleOutCooldown: 60, disableScaleIn: true })).toEqual({
      target_value: 70.5,
      predefined_metric_specification: { predefined_metric_type: "ECSServiceAverageMemoryUtilization" },
      scale_in_cooldown: 0,
      scale_out_cooldown: 60,
      disable_scale_in: true,
    }));

  test("keeps a metric near a target", () =>
    expect(tracking({ metric: { ...DEPTH, statistic: "Maximum", unit: "Count" }, target: 100 })).toMatchObject({
      target_value: 100,
      customized_metric_specification: {
        namespace: "AWS/SQS",
        metric_name: "Depth",
        dimensions: [{ name: "QueueName", value: "orders" }],
        statistic: "Maximum",
        unit: "Count",
      },
    }));

  test("names no dimensions where there are none", () =>
    expect(tracking({ metric: { namespace: "Shop", name: "Orders" }, target: 1 })).toMatchObject({
      customized_metric_specification: { namespace: "Shop", metric_name: "Orders", statistic: "Average" },
    }));

  test("keeps near a target what is computed from metrics, the service's own too", () =>
    expect(
      tracking({
        metric: { expression: "depth / running", metrics: { depth: DEPTH, running: "runningTasks" } },
        target: 10,
      })["customized_metric_specification"],
    ).toEqual({
      metrics: [
        { id: "result", expression: "depth / running", label: "result", return_data: true },
        {
          id: "depth",
          metric_stat: {
            metric: {
              namespace: "AWS/SQS",
              metric_name: "Depth",
              dimensions: [{ name: "QueueName", value: "orders" }],
            },
            stat: "Average",
          },
          return_data: false,
        },
        {
          id: "running",
          metric_stat: {
            metric: {
              namespace: "ECS/ContainerInsights",
              metric_name: "RunningTaskCount",
              dimensions: [
                { name: "ClusterName", value: "staging" },
                { name: "ServiceName", value: "${aws_ecs_service.service.name}" },
              ],
            },
            stat: "Average",
          },
          return_data: false,
        },
      ],
    }));

  test("takes the name of a queue that is made beside the service", () => {
    const stack = scaled((scope) => {
      const { name } = new SqsQueue(scope, "orders", { name: "orders" });
      return { targetTracking: { mine: { metric: { ...DEPTH, dimensions: { QueueName: name } }, target: 1 } } };
    });
    expect(policyOf("mine", stack)).toMatchObject({
      customized_metric_specification: { dimensions: [{ name: "QueueName", value: "${aws_sqs_queue.orders.name}" }] },
    });
  });
});

describe("a scheduled action", () => {
  const night = {
    schedule: "cron(0 20 ? * MON-FRI *)",
    timezone: "Europe/Berlin",
    minCapacity: 0,
    startTime: "2030-01-01T00:00:00Z",
    endTime: "2031-01-01T00:00:00Z",
  };

  test("is as it was written, and is replaced with what it says, and with its target", () => {
    const stack = scaled({ scheduledActions: { night } });
    expect(stack.resource("aws_appautoscaling_scheduled_action")).toEqual({
      name: "night",
      service_namespace: "${aws_appautoscaling_target.scaling.service_namespace}",
      scalable_dimension: "${aws_appautoscaling_target.scaling.scalable_dimension}",
      resource_id: "${aws_appautoscaling_target.scaling.resource_id}",
      schedule: "cron(0 20 ? * MON-FRI *)",
      timezone: "Europe/Berlin",
      start_time: "2030-01-01T00:00:00Z",
      end_time: "2031-01-01T00:00:00Z",
      scalable_target_action: { min_capacity: "0" },
      lifecycle: {
        replace_triggered_by: [
          "aws_appautoscaling_target.scaling.id",
          expect.stringMatching(/^terraform_data\.scaling_schedule_night_settings_\w+$/),
        ],
      },
    });
    expect(Object.values(stack.resources("terraform_data"))).toContainEqual({ input: night });
  });
});

test("a service without scaling has none of this, and one with it shows its parts", () => {
  const shown: unknown[] = [];
  const stack = synthesized((scope) => {
    shown.push(new PinnedFargateService(scope, "plain", serviceProps({ name: "plain" })).scalingTarget);
    const scaling: Scaling = {
      minCapacity: 1,
      maxCapacity: 2,
      targetTracking: { load: { cpu: 60 } },
      stepScaling: { high: { metric: "cpu", above: [{ from: 80, adjustment: 1 }] } },
      scheduledActions: { night: { schedule: "rate(1 day)", maxCapacity: 1 } },
    };
    const { scalingTarget } = new PinnedFargateService(scope, "scaled", serviceProps({ name: "scaled", scaling }));
    shown.push([...(scalingTarget?.policies.keys() ?? [])], [...(scalingTarget?.scheduledActions.keys() ?? [])]);
    scalingTarget?.resource.addOverride("suspended_state.scheduled_scaling_suspended", true);
  });
  expect(shown).toEqual([undefined, ["load", "high-above"], ["night"]]);
  expect(stack.resource("aws_appautoscaling_target")).toMatchObject({
    suspended_state: { scheduled_scaling_suspended: true },
  });
});
