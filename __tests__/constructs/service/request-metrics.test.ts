import { ALB, BY_NAME, GROUP_ARN, NLB } from "../../support/load-balancers";
import { ref, stackOf } from "../../support/load-balancer-stacks";

const scaling = (loadBalancer?: string) => ({
  minCapacity: 1,
  maxCapacity: 4,
  targetTracking: {
    load: { requestsPerTarget: { target: 1000, ...(loadBalancer !== undefined && { loadBalancer }) } },
  },
});

describe("a policy on requests", () => {
  test("names the load balancer and the target group as CloudWatch does", () => {
    const stack = stackOf({ public: BY_NAME, other: NLB }, { scaling: scaling() });
    expect(stack.resource("aws_appautoscaling_policy")).toMatchObject({
      policy_type: "TargetTrackingScaling",
      target_tracking_scaling_policy_configuration: {
        target_value: 1000,
        predefined_metric_specification: {
          predefined_metric_type: "ALBRequestCountPerTarget",
          resource_label: expect.stringMatching(
            /^\$\{data\.aws_lb\.[\w-]+\.arn_suffix\}\/\$\{aws_lb_target_group\.[\w-]*public[\w-]+\.arn_suffix\}$/,
          ) as unknown,
        },
      },
    });
  });

  test("may be on those of one of several", () => {
    const stack = stackOf({ public: BY_NAME, other: ALB }, { scaling: scaling("other") });
    expect(JSON.stringify(stack.resource("aws_appautoscaling_policy"))).toMatch(
      /"resource_label":"\$\{aws_lb\.[\w-]*other[\w-]+\.arn_suffix\}\/\$\{aws_lb_target_group\.[\w-]*other[\w-]+\.arn_suffix\}"/,
    );
  });
});

describe("alarms on requests", () => {
  const alarms = { topics: ["arn:aws:sns:us-east-1:123456789012:on-call"], target5xx: 10, latency: 2 };

  test("watch each target group behind an Application Load Balancer", () => {
    const stack = stackOf({ public: BY_NAME, other: ALB, udp: NLB }, { alarms });
    const names = Object.values(stack.resources("aws_cloudwatch_metric_alarm")).map((alarm) => alarm["alarm_name"]);
    expect(names.sort()).toEqual([
      "demo-latency-other",
      "demo-latency-public",
      "demo-target-5xx-other",
      "demo-target-5xx-public",
    ]);
  });

  test("watch an existing target group, whose load balancer is then looked up", () => {
    const group = { targetGroupArn: GROUP_ARN, securityGroups: ["sg-1"] };
    const stack = stackOf({ public: group }, { alarms: { ...alarms, latency: undefined } });
    expect(stack.resource("aws_cloudwatch_metric_alarm")["dimensions"]).toEqual({
      LoadBalancer: `\${${ref(stack, "aws_lb", "arn_suffix")}}`,
      TargetGroup: "targetgroup/shop/0123456789abcdef",
    });
    const unwatched = stackOf({ public: group }, { alarms: { topics: alarms.topics, cpu: 80 } });
    expect(unwatched.data("aws_lb")).toEqual({});
  });
});
