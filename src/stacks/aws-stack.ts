import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

import { checkAccountId, checkOneOf } from "../constructs/aws-names";
import { checkTags } from "../constructs/tags";
import { InvalidInputError, inContext, quote, rejectUnknownProperties, type PropertiesOf } from "../errors";

/** Where a stack is deployed, and where its state is kept. */
export interface AwsStackProps {
  /** `us-east-1` */
  readonly region: string;
  /**
   * Account that may be deployed to: 12 digits. Credentials of another account are refused before anything changes.
   * @default - the account of the credentials in use
   */
  readonly accountId?: string;
  /**
   * Exact version of the AWS provider: `5.100.0`.
   * @default - `>= 5.100.0, < 7.0.0`
   */
  readonly providerVersion?: string;
  /** Where Terraform keeps what it deployed. */
  readonly state: StateBackend;
  /** Tags of every resource of the stack. At most 50. */
  readonly tags: Readonly<Record<string, string>>;
}

/** `local`: a file on this machine, for trying out. `s3`: a bucket, for teams and CI. */
export type StateBackend = LocalState | S3State;

/** A file in `.terraform-state` beside `cdktf.json`. */
export interface LocalState {
  readonly backend: "local";
}

/** The object `ecs-pin/<stack>.tfstate` in a bucket that exists, locked while it is written. Needs Terraform 1.10. */
export interface S3State {
  readonly backend: "s3";
  readonly bucket: string;
  /** Region of the bucket. */
  readonly region: string;
}

const LOCAL_STATE: PropertiesOf<LocalState> = { backend: true };
const S3_STATE: PropertiesOf<S3State> = { backend: true, bucket: true, region: true };

/** Everything that the stacks use by default is in both. */
const PROVIDER_VERSIONS = ">= 5.100.0, < 7.0.0";

/** A Terraform stack with its provider and its state. */
export abstract class AwsStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: AwsStackProps) {
    super(scope, id);
    check(props);
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
   * Declares an output on the stack itself: one of a nested construct would get a hash in its name.
   * @param name no construct of the stack may have it as its id
   */
  protected output(name: string, description: string, value: unknown): void {
    new TerraformOutput(this, name, { description, value });
  }

  private keepState({ state, accountId }: AwsStackProps): void {
    if (state.backend === "local") {
      // Below cdktf.out/stacks/<stack>: relative, so that the same input gives the same bytes anywhere.
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

function check({ region, accountId, providerVersion, tags, state }: AwsStackProps): void {
  checkRegion("region", region);
  if (accountId !== undefined) checkAccountId("accountId", accountId);
  if (providerVersion !== undefined) checkProviderVersion(providerVersion);
  inContext("tags", () => checkTags(tags));
  inContext("state", () => checkState(state));
}

/** The least and the next major version are those of PROVIDER_VERSIONS. */
function checkProviderVersion(version: string): void {
  const [, major, minor] = /^([0-9]+)\.([0-9]+)\.[0-9]+$/.exec(version) ?? [];
  if (major === undefined) {
    throw new InvalidInputError(`providerVersion ${quote(version)} is not exact; use one like "5.100.0"`);
  }
  if (major === "6" || (major === "5" && Number(minor) >= 100)) return;
  throw new InvalidInputError(
    `providerVersion ${quote(version)} is not supported; use one that is ${PROVIDER_VERSIONS}`,
  );
}

function checkState(state: StateBackend): void {
  rejectUnknownProperties(state, S3_STATE);
  checkOneOf("backend", state.backend, ["local", "s3"]);
  if (state.backend === "local") {
    rejectUnknownProperties(state, LOCAL_STATE);
    return;
  }
  const { bucket, region } = state;
  if (typeof bucket !== "string" || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) || bucket.includes("..")) {
    throw new InvalidInputError(
      `bucket ${quote(bucket)} is not valid; use 3 to 63 lower-case letters, digits, "-" or single "."`,
    );
  }
  checkRegion("region", region);
}

function checkRegion(property: string, region: string): void {
  if (/^[a-z]{2,4}(-[a-z]+)+-[0-9]+$/.test(region)) return;
  throw new InvalidInputError(`${property} ${quote(region)} is not an AWS region; use one like "us-east-1"`);
}
