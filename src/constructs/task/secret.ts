import { DataAwsSecretsmanagerSecret } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";

import { isToken } from "../../model/leaves";
import type { ParsedSecret } from "../../model/secrets";
import type { Role } from "../iam/role";
import { withPath } from "../named-lookup";

/** The name of the secret is part of what `cdktf` prints next to an error: `(demo-staging/secret shop/db)`. */
class NamedSecret extends DataAwsSecretsmanagerSecret {
  /** Always the same text, unlike `arn`, so that a policy has it once. */
  readonly reference = this.arn;

  protected override get constructNodeMetadata(): Record<string, unknown> {
    const path = `${TerraformStack.of(this).node.id}/secret ${String(this.nameInput)}`;
    return withPath(super.constructNodeMetadata, path);
  }
}

/**
 * What ECS reads a secret from: `valueFrom` of a container's secret or of a log driver's option. The execution role may
 * then read this secret, and use its key if that is named. The value is never read here: it would stand in the state.
 *
 * @param scope where a secret is looked up that is named; once, however often it is asked for
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/secretsmanager_secret
 */
export function secretReference(scope: Construct, secret: ParsedSecret, executionRole: Role): string {
  const { kmsKeyArn } = secret;
  if (kmsKeyArn !== undefined) executionRole.grant({ actions: ["kms:Decrypt"], resources: [kmsKeyArn] });
  if ("ssmParameter" in secret) return parameterReference(secret.ssmParameter, executionRole);
  const { secretsManager, key = "", versionStage = "", versionId = "" } = secret;
  const arn = isArn(secretsManager) ? secretsManager : lookUp(scope, secretsManager);
  executionRole.grant({ actions: ["secretsmanager:GetSecretValue"], resources: [arn] });
  return key + versionStage + versionId === "" ? arn : [arn, key, versionStage, versionId].join(":");
}

function parameterReference(parameter: string, executionRole: Role): string {
  const arn = isArn(parameter)
    ? parameter
    : executionRole.account.arnOf("ssm", `parameter/${parameter.replace(/^\//, "")}`);
  executionRole.grant({ actions: ["ssm:GetParameters"], resources: [arn] });
  return arn;
}

function isArn(source: string): boolean {
  return isToken(source) || source.startsWith("arn:");
}

/**
 * CDKTF would turn "/" into "--", which may stand in a name too, and treats some ids in its own way. No name has ":", and
 * no such id ends in it.
 */
function lookUp(scope: Construct, name: string): string {
  const id = `${name.replaceAll("/", ":")}:`;
  const found = scope.node.tryFindChild(id) as NamedSecret | undefined;
  return (found ?? new NamedSecret(scope, id, { name })).reference;
}
