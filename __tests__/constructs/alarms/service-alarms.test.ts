import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";

import { ServiceAlarms } from "../../../src/constructs/alarms/service-alarms";
import { PinnedFargateService } from "../../../src/constructs/service/pinned-fargate-service";
import { alarms, type Alarms } from "../../../src/model/alarms";
import { synthesized, type Block, type SynthesizedStack } from "../../support/synthesized-stack";
import { serviceProps } from "../../support/task-stack";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call";
const service = { clusterName: "staging", serviceName: "demo" };
const TARGET_GROUPS = new Map([["public", { arnSuffix: "targetgroup/web/1", loadBalancerArnSuffix: "app/shared/2" }]]);

function watched(what: Partial<Alarms>): SynthesizedStack {
  return synthesized((stack) => {
    new ServiceAlarms(stack, "alarms", {
      name: "demo",
      alarms: alarms.parse({ topics: [TOPIC], ...what }),
      service,
      serviceArn: "arn:aws:ecs:us-east-1:123456789012:service/staging/demo",
      targetGroups: TARGET_GROUPS,
    });
  });
}

const alarmOf = (what: Partial<Alarms>): Block => watched(what).resource("aws_cloudwatch_metric_alarm");

test.each([
  ["cpu", "CPUUtilization"],
  ["memory", "MemoryUtilization"],
] as const)("an alarm for %s notifies the topics of its begin and its end", (what, metric) =>
  expect(alarmOf({ [what]: 80 })).toEqual({
    alarm_name: `demo-${what}`,
    namespace: "AWS/ECS",
    metric_name: metric,
    dimensions: { ClusterName: "staging", ServiceName: "demo" },
    statistic: "Average",
    period: 60,
    evaluation_periods: 5,
    comparison_operator: "GreaterThanThreshold",
    threshold: 80,
    treat_missing_data: "missing",
    alarm_actions: [TOPIC],
    ok_actions: [TOPIC],
  }),
);

test("an alarm may need more minutes", () =>
  expect(alarmOf({ memory: { threshold: 90.5, minutes: 15 } })).toMatchObject({
    threshold: 90.5,
    evaluation_periods: 15,
  }));

test.each([
  [true, 5],
  [{ minutes: 10 }, 10],
])("an alarm for missing tasks compares their number with what it should be: %j", (runningTasks, minutes) => {
  const dimensions = { ClusterName: "staging", ServiceName: "demo" };
  const query = (id: string, name: string) => ({
    id,
    metric: { namespace: "ECS/ContainerInsights", metric_name: name, dimensions, stat: "Average", period: 60 },
  });
  expect(alarmOf({ runningTasks })).toMatchObject({
    alarm_name: "demo-running-tasks",
    metric_query: [
      { id: "result", expression: "desired - running", label: "result", return_data: true },
      query("desired", "DesiredTaskCount"),
      query("running", "RunningTaskCount"),
    ],
    evaluation_periods: minutes,
    comparison_operator: "GreaterThanThreshold",
    threshold: 0,
    treat_missing_data: "missing",
  });
});

const dimensions = { LoadBalancer: "app/shared/2", TargetGroup: "targetgroup/web/1" };

test("an alarm for errors counts those of a target group", () =>
  expect(alarmOf({ target5xx: 10 })).toMatchObject({
    alarm_name: "demo-target-5xx-public",
    namespace: "AWS/ApplicationELB",
    metric_name: "HTTPCode_Target_5XX_Count",
    dimensions,
    statistic: "Sum",
    period: 60,
    threshold: 10,
    treat_missing_data: "notBreaching",
  }));

test("or their share", () =>
  expect(alarmOf({ target5xx: { threshold: 1, unit: "Percent", minutes: 3 } })).toMatchObject({
    metric_query: [
      { id: "result", expression: "100 * failed / all" },
      { id: "failed", metric: { metric_name: "HTTPCode_Target_5XX_Count", dimensions, stat: "Sum", period: 60 } },
      { id: "all", metric: { metric_name: "RequestCount", dimensions, stat: "Sum", period: 60 } },
    ],
    evaluation_periods: 3,
    threshold: 1,
    treat_missing_data: "notBreaching",
  }));

test.each([
  [0.5, "p90", 0.5],
  [{ threshold: 2, percentile: 99.9 }, "p99.9", 2],
])("an alarm for latency watches a percentile: %j", (latency, percentile, threshold) =>
  expect(alarmOf({ latency })).toMatchObject({
    alarm_name: "demo-latency-public",
    namespace: "AWS/ApplicationELB",
    metric_name: "TargetResponseTime",
    dimensions,
    extended_statistic: percentile,
    period: 60,
    evaluation_periods: 5,
    threshold,
    treat_missing_data: "notBreaching",
  }),
);

describe("a failed deployment", () => {
  test("is an event of the service, which the rule sends to each topic", () => {
    const other = `${TOPIC}-2`;
    const stack = watched({ topics: [TOPIC, other], deploymentFailed: true });
    const { event_pattern: pattern, ...rule } = stack.resource("aws_cloudwatch_event_rule");
    expect(rule).toEqual({ name: "demo-deployment-failed", description: "Failed deployments of the service demo" });
    expect(JSON.parse(String(pattern))).toEqual({
      source: ["aws.ecs"],
      "detail-type": ["ECS Deployment State Change"],
      resources: ["arn:aws:ecs:us-east-1:123456789012:service/staging/demo"],
      detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
    });
    const targets = Object.values(stack.resources("aws_cloudwatch_event_target"));
    expect(targets.map(({ target_id: id, arn }) => [id, arn])).toEqual([
      ["topic-0", TOPIC],
      ["topic-1", other],
    ]);
  });

  test("is not watched unless it is asked for", () =>
    expect(watched({ cpu: 80, deploymentFailed: false }).resources("aws_cloudwatch_event_rule")).toEqual({}));
});

test("a service shows its alarms, and takes a topic that is made beside it", () => {
  const shown: unknown[] = [];
  const stack = synthesized((scope) => {
    const topics = [new SnsTopic(scope, "on-call", { name: "on-call" }).arn];
    shown.push(new PinnedFargateService(scope, "plain", serviceProps({ name: "plain" })).alarms);
    const props = serviceProps({ alarms: { topics, cpu: 80, runningTasks: true, deploymentFailed: true } });
    const made = new PinnedFargateService(scope, "Default", props).alarms;
    shown.push([...(made?.resources.keys() ?? [])]);
    made?.resources.get("cpu")?.addOverride("datapoints_to_alarm", 3);
    made?.deploymentFailed?.resource.addOverride("description", "Mine");
  });
  expect(shown).toEqual([undefined, ["cpu", "running-tasks"]]);
  expect(Object.values(stack.resources("aws_cloudwatch_metric_alarm"))).toContainEqual(
    expect.objectContaining({
      alarm_name: "demo-cpu",
      alarm_actions: ["${aws_sns_topic.on-call.arn}"],
      datapoints_to_alarm: 3,
    }),
  );
  expect(stack.resource("aws_cloudwatch_event_rule")).toMatchObject({
    description: "Mine",
    event_pattern: expect.stringContaining('"resources":["${aws_ecs_service.service.id}"]') as unknown,
  });
});
