import type { Scaling } from "../../../src/model/scaling";
import { DEPTH, policyOf, scaled } from "../../support/scaled-service";

describe("a policy of step scaling", () => {
  const STEPS: Partial<Scaling> = {
    stepScaling: {
      depth: {
        metric: { ...DEPTH, statistic: "Maximum" },
        above: [
          { from: 0.1, adjustment: 10 },
          { from: 0.3, adjustment: 20 },
          { from: 100, adjustment: 50 },
        ],
        below: [
          { from: 0, adjustment: -1 },
          { from: -5, adjustment: -2 },
        ],
        adjustmentType: "PercentChangeInCapacity",
        minAdjustmentMagnitude: 2,
        cooldown: 60,
        period: 300,
        evaluationPeriods: 2,
      },
    },
  };

  test("has steps without a gap, counted from the first, upwards", () =>
    expect(policyOf("depth-above", scaled(STEPS))).toEqual({
      adjustment_type: "PercentChangeInCapacity",
      min_adjustment_magnitude: 2,
      cooldown: 60,
      metric_aggregation_type: "Maximum",
      step_adjustment: [
        { metric_interval_lower_bound: "0", metric_interval_upper_bound: "0.2", scaling_adjustment: 10 },
        { metric_interval_lower_bound: "0.2", metric_interval_upper_bound: "99.9", scaling_adjustment: 20 },
        { metric_interval_lower_bound: "99.9", scaling_adjustment: 50 },
      ],
    }));

  test("and downwards", () =>
    expect(policyOf("depth-below", scaled(STEPS))["step_adjustment"]).toEqual([
      { metric_interval_lower_bound: "-5", metric_interval_upper_bound: "0", scaling_adjustment: -1 },
      { metric_interval_upper_bound: "-5", scaling_adjustment: -2 },
    ]));

  test("has an alarm of its own", () => {
    const alarms = scaled(STEPS).resources("aws_cloudwatch_metric_alarm");
    expect(Object.values(alarms)).toEqual([
      {
        alarm_name: "demo-scale-depth-above",
        alarm_description: "Scales the service demo.",
        namespace: "AWS/SQS",
        metric_name: "Depth",
        dimensions: { QueueName: "orders" },
        statistic: "Maximum",
        period: 300,
        evaluation_periods: 2,
        comparison_operator: "GreaterThanOrEqualToThreshold",
        threshold: 0.1,
        alarm_actions: [
          expect.stringMatching(/^\$\{aws_appautoscaling_policy\.scaling_step-scaling_depth-above_\w+\.arn\}$/),
        ],
      },
      expect.objectContaining({ comparison_operator: "LessThanOrEqualToThreshold", threshold: 0 }),
    ]);
  });

  test.each([
    ["cpu", "CPUUtilization"],
    ["memory", "MemoryUtilization"],
  ] as const)("watches %s", (metric, name) => {
    const stack = scaled({ stepScaling: { high: { metric, above: [{ from: 80, adjustment: 1 }] } } });
    expect(stack.resource("aws_cloudwatch_metric_alarm")).toMatchObject({
      namespace: "AWS/ECS",
      metric_name: name,
      dimensions: { ClusterName: "staging", ServiceName: "${aws_ecs_service.service.name}" },
      statistic: "Average",
      period: 60,
    });
    expect(policyOf("high-above", stack)).toMatchObject({ metric_aggregation_type: "Average" });
  });

  test("watches what is computed from metrics", () => {
    const metric = { expression: "depth / running", metrics: { depth: DEPTH, running: "runningTasks" as const } };
    const stack = scaled({ stepScaling: { backlog: { metric, above: [{ from: 10, adjustment: 1 }], period: 120 } } });
    const alarm = stack.resource("aws_cloudwatch_metric_alarm");
    expect(alarm).not.toHaveProperty("period");
    expect(alarm["metric_query"]).toEqual([
      { id: "result", expression: "depth / running", label: "result", return_data: true },
      {
        id: "depth",
        metric: {
          namespace: "AWS/SQS",
          metric_name: "Depth",
          dimensions: { QueueName: "orders" },
          stat: "Average",
          period: 120,
        },
      },
      { id: "running", metric: expect.objectContaining({ metric_name: "RunningTaskCount", period: 120 }) as unknown },
    ]);
  });
});
