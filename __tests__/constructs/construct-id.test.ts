import { constructId } from "../../src/constructs/construct-id";
import type { PinnedFargateServiceProps } from "../../src/model/service";
import { synthesized } from "../support/synthesized-stack";
import { PinnedFargateService } from "../../src";
import { serviceProps } from "../support/task-stack";

test.each([
  ["web", "web"],
  ["team/web", "team:web"],
  ["constructor", "constructor:"],
  ["toString", "toString:"],
  ["Default", "Default:"],
])("the id of what is named %j is %j", (name, id) => expect(constructId(name)).toBe(id));

test.each(["constructor", "Default", "toString", "hasOwnProperty"])("a policy can be named %j", (name) => {
  const scaling = {
    minCapacity: 1,
    maxCapacity: 2,
    targetTracking: { [name]: { cpu: 60 } },
    stepScaling: { [name]: { metric: "cpu", above: [{ from: 90, adjustment: 1 }] } },
    scheduledActions: { [name]: { schedule: "rate(1 day)", minCapacity: 2 } },
  } as unknown as PinnedFargateServiceProps["scaling"];
  const stack = synthesized((scope) => new PinnedFargateService(scope, "Default", serviceProps({ scaling })));

  expect(Object.values(stack.resources("aws_appautoscaling_policy")).map((policy) => policy["name"])).toContain(name);
  expect(Object.keys(stack.resources("aws_appautoscaling_policy"))).toHaveLength(2);
});
