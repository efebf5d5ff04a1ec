import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

import { repeatedAddresses } from "../constructs/addresses";
import { PROVIDER_VERSION, type StackProps } from "../model/place";
import { keepState } from "./state";

/**
 * How often the provider makes a request before it fails. The waits double: 10 requests take about 50 seconds if AWS
 * returns 5xx, and about 10 minutes if it throttles. The default, 25, takes more than half an hour, without a word.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs#max_retries-1
 */
const MAX_RETRIES = 10;

/** A Terraform stack with its provider and its state. */
export abstract class AwsStack extends TerraformStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props.stackName);
    this.node.addValidation({ validate: () => repeatedAddresses(this) });
    const { region, accountId, assumeRole, providerVersion = PROVIDER_VERSION, tags } = props;
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: accountId === undefined ? undefined : [accountId],
      ...(assumeRole && { assumeRole: [assumeRole] }),
      maxRetries: MAX_RETRIES,
      defaultTags: [{ tags: { ...tags } }],
    });
    this.addOverride("terraform.required_providers.aws.version", providerVersion);
    keepState(this, props);
  }

  /**
   * Declares an output on the stack itself: in a nested construct its name would get a hash.
   * @param name must not be the id of any construct in the stack
   */
  protected output(name: string, description: string, value: unknown): void {
    new TerraformOutput(this, name, { description, value });
  }
}
