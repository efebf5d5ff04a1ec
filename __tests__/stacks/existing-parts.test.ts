import type { Config, ServiceConfig } from "../../src/config";
import { everything } from "../support/everything";
import { stacksOf } from "../support/shipped-stacks";

/** The same with roles and a log group that exist, in place of those of its own. */
function withExisting(service: ServiceConfig): ServiceConfig {
  const { taskRole, executionRole, logRetentionDays, logKmsKeyArn, names, ...rest } = service;
  return { ...rest, existing: { taskRole: "shared", executionRole: "shared", logGroup: "/shared" } };
}

test("whatever a service asks for, it writes no policy for a role that exists already, and does not fail", () => {
  const config: Config = {
    ...everything,
    services: everything.services.map(withExisting),
  };

  const stacks = [...stacksOf(config)].filter(([name]) => name.startsWith("shop-api-"));

  expect(stacks).toHaveLength(2);
  for (const [, stack] of stacks) {
    for (const type of ["aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy_attachment"]) {
      expect(Object.keys(stack.resources(type)).filter((id) => /^(task|execution)-role/.test(id))).toEqual([]);
    }
  }
});
