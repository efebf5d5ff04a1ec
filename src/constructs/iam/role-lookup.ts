import { DataAwsIamRole } from "@cdktf/provider-aws/lib/data-aws-iam-role";
import { Fn } from "cdktf";
import type { Construct } from "constructs";

import { isToken } from "../../model/leaves";

/** A role that somebody else manages. */
export interface FoundRole {
  readonly arn: string;
  readonly name: string;
}

/**
 * A role by its name, which fails the plan if there is none that ECS may assume, or by its ARN, which looks nothing up.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/iam_role
 */
export function findRole(scope: Construct, id: string, nameOrArn: string): FoundRole {
  if (isToken(nameOrArn))
    return { arn: nameOrArn, name: Fn.element(Fn.reverse(Fn.split("/", nameOrArn)), 0) as string };
  if (nameOrArn.startsWith("arn:")) return { arn: nameOrArn, name: nameOrArn.slice(nameOrArn.lastIndexOf("/") + 1) };
  const { arn, name } = new DataAwsIamRole(scope, id, {
    name: nameOrArn,
    lifecycle: {
      postcondition: [
        {
          condition: '${strcontains(self.assume_role_policy, "ecs-tasks.amazonaws.com")}',
          errorMessage:
            "ECS tasks cannot assume the role ${self.name}; its trust policy must allow the service ecs-tasks.amazonaws.com to do sts:AssumeRole.",
        },
      ],
    },
  });
  return { arn, name };
}
