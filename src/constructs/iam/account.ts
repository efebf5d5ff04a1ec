import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";

import { InvalidInputError, quote } from "../../errors";

/** Where the AWS provider of the stack deploys to. */
export class Account extends Construct {
  /** 12 digits. */
  readonly accountId: string;
  /** `aws`, `aws-cn`, `aws-us-gov` … */
  readonly partition: string;
  /** `us-east-1`: a literal if the provider names it, so that plans show it. */
  readonly region: string;

  /** @throws InvalidInputError in a stack without an AWS provider */
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.accountId = new DataAwsCallerIdentity(this, "identity").accountId;
    this.partition = new DataAwsPartition(this, "partition").partition;
    this.region = defaultProvider(this).region ?? new DataAwsRegion(this, "region").id;
  }

  /** ARN of what is here: `arnOf("logs", "log-group:/ecs/demo")`. */
  arnOf(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.accountId}:${resource}`;
  }

  /** ARN of a managed policy of AWS, by its name and the path before it. */
  managedPolicy(name: string): string {
    return `arn:${this.partition}:iam::aws:policy/${name}`;
  }
}

/** The provider of resources that do not name one. */
function defaultProvider(scope: Construct): AwsProvider {
  const stack = TerraformStack.of(scope);
  const provider = stack.node
    .findAll()
    .filter((construct): construct is AwsProvider => TerraformProvider.isTerraformProvider(construct))
    .find(({ terraformResourceType, alias }) => terraformResourceType === "aws" && alias === undefined);
  if (provider) return provider;
  throw new InvalidInputError(
    `stack ${quote(stack.node.id)} has no AWS provider; begin it with new AwsProvider(this, "aws", { region: … })`,
  );
}
