import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

import { repeatedAddresses } from "../constructs/addresses";
import { PROVIDER_VERSIONS, type StackProps } from "../model/place";

/** A Terraform stack with its provider and its state. */
export abstract class AwsStack extends TerraformStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props.stackName);
    this.node.addValidation({ validate: () => repeatedAddresses(this) });
    const { region, accountId, providerVersion = PROVIDER_VERSIONS, tags } = props;
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: accountId === undefined ? undefined : [accountId],
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

  private keepState({ state, accountId }: StackProps): void {
    if (state.backend === "local") {
      // Relative to cdktf.out/stacks/<stack>, so that the same input gives the same bytes in any folder.
      new LocalBackend(this, { path: `../../../.terraform-state/${this.node.id}.tfstate` });
      return;
    }
    const backend = new S3Backend(this, {
      bucket: state.bucket,
      key: `ecs-pin/${this.node.id}.tfstate`,
      region: state.region,
      encrypt: true,
      allowedAccountIds: accountId === undefined ? undefined : [accountId],
    });
    backend.addOverride("use_lockfile", true);
  }
}
