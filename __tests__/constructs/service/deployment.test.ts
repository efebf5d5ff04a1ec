import { PinnedFargateService, type PinnedFargateServiceProps } from "../../../src";
import { serviceResource } from "../../support/service-resource";
import { synthesized, type SynthesizedStack } from "../../support/synthesized-stack";
import { VALID_SERVICE } from "../../support/valid-service";

const FUNCTION = "arn:aws:lambda:us-east-1:111122223333:function:check";
/** A port that others in a namespace reach, so that there is traffic to move. */
const REACHED: Partial<PinnedFargateServiceProps> = {
  containers: [
    { name: "web", image: { repository: "demo", tag: "1.10" }, portMappings: [{ containerPort: 8080, name: "http" }] },
  ],
  serviceConnect: { namespace: "shop", services: { http: {} } },
};
const BLUE_GREEN = { type: "BLUE_GREEN", bakeTimeInMinutes: 5 } as const;

const pinned = (changes: Partial<PinnedFargateServiceProps>): SynthesizedStack =>
  synthesized((stack) => new PinnedFargateService(stack, "shop", { ...VALID_SERVICE, ...changes }));

const messageOf = (changes: Partial<PinnedFargateServiceProps>): unknown =>
  (serviceResource(changes)["lifecycle"] as { postcondition?: { error_message: string }[] }).postcondition?.[0]
    ?.error_message;

test("the circuit breaker can be off, and a deploy that ends elsewhere does not blame it", () => {
  const changes = { deploymentCircuitBreaker: { enable: false } };
  expect(serviceResource(changes)).toMatchObject({ deployment_circuit_breaker: { enable: false, rollback: false } });
  expect(messageOf(changes)).toContain(
    ". Either somebody rolled the deployment back, or another deploy came in between. The deployments",
  );
});

test("alarms roll a deployment back, and a deploy that ends elsewhere names them", () => {
  const changes = { deploymentAlarms: { alarmNames: ["5xx", "latency"] } };
  expect(serviceResource(changes)).toMatchObject({
    alarms: { alarm_names: ["5xx", "latency"], enable: true, rollback: true },
  });
  expect(messageOf(changes)).toContain(
    "because its tasks did not start or did not stay up or an alarm went off, or another deploy came in between",
  );
  expect(messageOf({ ...changes, deploymentCircuitBreaker: { enable: false } })).toContain(
    "Either ECS rolled the deployment back, because an alarm went off, or another deploy came in between",
  );
});

test("a service has no alarms and no strategy unless it says so, and no role for them", () => {
  const stack = pinned({});
  const service = stack.resource("aws_ecs_service");
  expect(Object.keys(service)).not.toContain("alarms");
  expect(Object.keys(service)).not.toContain("deployment_configuration");
  expect(stack.addresses().filter((address) => address.includes("infrastructure"))).toEqual([]);
});

test.each<[NonNullable<PinnedFargateServiceProps["deploymentStrategy"]>, object]>([
  [{ type: "ROLLING" }, { strategy: "ROLLING" }],
  [BLUE_GREEN, { strategy: "BLUE_GREEN", bake_time_in_minutes: "5" }],
  [
    { type: "LINEAR", bakeTimeInMinutes: 0, stepPercent: 50, stepBakeTimeInMinutes: 0 },
    {
      strategy: "LINEAR",
      bake_time_in_minutes: "0",
      linear_configuration: { step_percent: 50, step_bake_time_in_minutes: "0" },
    },
  ],
  [
    { type: "CANARY", bakeTimeInMinutes: 5 },
    {
      strategy: "CANARY",
      bake_time_in_minutes: "5",
      canary_configuration: { canary_percent: 5, canary_bake_time_in_minutes: "10" },
    },
  ],
])("%j is written as AWS provider 6 expects it", (deploymentStrategy, expected) =>
  expect(serviceResource({ ...REACHED, deploymentStrategy })["deployment_configuration"]).toEqual(expected),
);

test("there is no circuit breaker where traffic moves", () => {
  expect(Object.keys(serviceResource({ deploymentStrategy: BLUE_GREEN }))).not.toContain("deployment_circuit_breaker");
  expect(serviceResource({ deploymentStrategy: { type: "ROLLING" } })).toMatchObject({
    deployment_circuit_breaker: { enable: true, rollback: true },
  });
});

test("where traffic moves, the end of a deploy is checked only if the deploy waits for it", () => {
  expect(serviceResource({ deploymentStrategy: BLUE_GREEN })["lifecycle"]).toHaveProperty("postcondition");
  const notWaiting = serviceResource({ deploymentStrategy: BLUE_GREEN, waitForSteadyState: false });
  expect(notWaiting["lifecycle"] ?? {}).not.toHaveProperty("postcondition");
});

test("ECS calls the functions of a deployment under a role that may do just that, from the first deployment on", () => {
  const stack = pinned({
    deploymentStrategy: {
      ...BLUE_GREEN,
      lifecycleHooks: {
        smoke: { functionArn: FUNCTION, stages: ["POST_TEST_TRAFFIC_SHIFT"], details: { path: '/"health"' } },
        other: {
          functionArn: `${FUNCTION}:live`,
          stages: ["PRE_SCALE_UP"],
          roleArn: "arn:aws:iam::111122223333:role/hooks",
        },
      },
    },
  });
  const service = stack.resource("aws_ecs_service");
  expect(service["deployment_configuration"]).toMatchObject({
    lifecycle_hook: [
      {
        hook_target_arn: FUNCTION,
        lifecycle_stages: ["POST_TEST_TRAFFIC_SHIFT"],
        role_arn: "${aws_iam_role.shop_infrastructure-role_0B558410.arn}",
        hook_details: '{"path":"/\\"health\\""}',
      },
      { role_arn: "arn:aws:iam::111122223333:role/hooks", lifecycle_stages: ["PRE_SCALE_UP"] },
    ],
  });
  const role = Object.values(stack.resources("aws_iam_role")).find(({ name }) => name === "shop-infrastructure");
  expect(JSON.parse(String(role?.["assume_role_policy"]))).toMatchObject({
    Statement: [{ Principal: { Service: "ecs.amazonaws.com" } }],
  });
  const [id, policy] =
    Object.entries(stack.resources("aws_iam_role_policy")).find(([, { name }]) => name === "infrastructure") ?? [];
  expect(JSON.parse(String(policy?.["policy"]))).toMatchObject({
    Statement: [{ Action: ["lambda:InvokeFunction"], Resource: [FUNCTION] }],
  });
  expect(service["depends_on"]).toContain(`aws_iam_role_policy.${String(id)}`);
});
