import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

import { repeatedAddresses } from "../constructs/addresses";
import { PROVIDER_VERSION, type StackProps } from "../model/place";

/**
 * How often the provider makes a request before it fails. The waits double: 10 requests take about 50 seconds if AWS
 * returns 5xx, and about 10 minutes if it throttles. The default, 25, takes more than half an hour, without a word.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs#max_retries-1
 */
const MAX_RETRIES = 10;

/** The state backend waits longer at first: 5 requests take about 20 seconds, and 10 would take two minutes. */
const MAX_BACKEND_RETRIES = 5;

/** A Terraform stack with its provider and its state. */
export abstract class AwsStack extends TerraformStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props.stackName);
    this.node.addValidation({ validate: () => repeatedAddresses(this) });
    const { region, accountId, providerVersion = PROVIDER_VERSION, tags } = props;
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: accountId === undefined ? undefined : [accountId],
      maxRetries: MAX_RETRIES,
      defaultTags: [{ tags: { ...tags } }],
    });
    this.addOverride("terraform.required_providers.aws.version", providerVersion);
    this.keepState(props);
  }

  /**
   * Declares an output on the stack itself: in a nested construct its name would get a hash.
   * @param name must not be the id of any construct in the stack
   */
  protected output(name: string, description: string, value: unknown): void {
    new TerraformOutput(this, name, { description, value });
  }

  /** In a place for each account and region: an environment whose region is edited must not find its old state. */
  private keepState({ state, accountId, region }: StackProps): void {
    const file = [accountId, region, `${this.node.id}.tfstate`].filter((part) => part !== undefined).join("/");
    if (state.backend === "local") {
      // Relative to cdktf.out/stacks/<stack>, so that the same input gives the same bytes in any folder.
      new LocalBackend(this, { path: `../../../.terraform-state/${file}` });
      return;
    }
    const { bucket, prefix, region: bucketRegion, kmsKeyArn } = state;
    const backend = new S3Backend(this, {
      bucket,
      key: `${prefix}/${file}`,
      region: bucketRegion,
      // `encrypt` alone would override the default encryption of the bucket with AES256.
      ...(kmsKeyArn !== undefined && { encrypt: true, kmsKeyId: kmsKeyArn }),
      allowedAccountIds: accountId === undefined ? undefined : [accountId],
      maxRetries: MAX_BACKEND_RETRIES,
    });
    backend.addOverride("use_lockfile", true);
  }
}
