import {
  DataTerraformRemoteState,
  LocalBackend,
  S3Backend,
  TerraformBackend,
  type TerraformRemoteState,
  type TerraformStack,
} from "cdktf";
import type { Construct } from "constructs";

import { accountOfRole } from "../model/assume-role";
import { workspaceName } from "../model/names";
import type { StackProps } from "../model/place";
import type { CloudState, S3State } from "../model/state";

/** The state backend waits longer at first: 5 requests take about 20 seconds, and 10 would take two minutes. */
const MAX_RETRIES = 5;

/**
 * Tells a stack where Terraform keeps its state: in a place for each account and region, since an environment whose region
 * is edited must not find its old state.
 */
export function keepState(stack: TerraformStack, props: StackProps): void {
  const { state, accountId, region } = props;
  const place = [accountId, region, stack.node.id].filter((part) => part !== undefined);
  const file = `${place.join("/")}.tfstate`;
  if (state.backend === "local") {
    // Relative to cdktf.out/stacks/<stack>, so that the same input gives the same bytes in any folder.
    new LocalBackend(stack, { path: `../../../.terraform-state/${file}` });
  } else if (state.backend === "s3") {
    keepInS3(stack, file, state, props);
  } else {
    new HcpBackend(stack, state, workspaceName(state.prefix, ...place));
  }
}

function keepInS3(stack: TerraformStack, file: string, state: S3State, props: StackProps): void {
  const { bucket, prefix, region, kmsKeyArn, assumeRole } = state;
  // The credentials that assume a role to deploy belong to another account.
  const account = assumeRole ? accountOfRole(assumeRole) : props.assumeRole ? undefined : props.accountId;
  const backend = new S3Backend(stack, {
    bucket,
    key: `${prefix}/${file}`,
    region,
    // `encrypt` alone would override the default encryption of the bucket with AES256.
    ...(kmsKeyArn !== undefined && { encrypt: true, kmsKeyId: kmsKeyArn }),
    ...(assumeRole && { assumeRole }),
    allowedAccountIds: account === undefined ? undefined : [account],
    maxRetries: MAX_RETRIES,
  });
  backend.addOverride("use_lockfile", true);
}

/**
 * The block `cloud` of Terraform. CDKTF's own `CloudBackend` asks the installed Terraform for its version at every synth.
 * @see https://developer.hashicorp.com/terraform/cli/cloud/settings
 */
class HcpBackend extends TerraformBackend {
  constructor(
    stack: TerraformStack,
    private readonly state: CloudState,
    private readonly workspace: string,
  ) {
    super(stack, "backend", "cloud");
  }

  override toTerraform(): Record<string, unknown> {
    const { organization, hostname, project } = this.state;
    const workspaces = { name: this.workspace, ...(project !== undefined && { project }) };
    return { terraform: { cloud: { organization, ...(hostname !== undefined && { hostname }), workspaces } } };
  }

  override getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    const { organization, hostname } = this.state;
    return new DataTerraformRemoteState(scope, name, { organization, hostname, workspaces: { name: this.workspace } });
  }
}
