import type { EcsServiceVolumeConfiguration } from "@cdktf/provider-aws/lib/ecs-service";
import { Construct } from "constructs";

import type { ParsedEbsVolume } from "../../model/ebs-volume";
import { ebsRoleName } from "../../model/names";
import type { ParsedVolumes } from "../../model/volume";
import type { Account } from "../iam/account";
import { ecsTrustPolicy } from "../iam/policy";
import { Role } from "../iam/role";

/** The EBS volume of each task of a service. */
export interface ManagedEbsVolumeProps {
  /** Name of the service. */
  readonly name: string;
  /** Name of the volume in the task definition. */
  readonly volumeName: string;
  readonly volume: ParsedEbsVolume;
  readonly account: Account;
  /** ARN of the managed policy that limits the role. @default - none */
  readonly permissionsBoundary?: string | undefined;
}

/** The EBS volume among those of a task, which has at most one. */
export function ebsVolumeOf(volumes: ParsedVolumes): Pick<ManagedEbsVolumeProps, "volumeName" | "volume"> | undefined {
  return Object.entries(volumes).flatMap(([volumeName, { ebs }]) => (ebs ? [{ volumeName, volume: ebs }] : []))[0];
}

/**
 * The EBS volume of each task of a service, and the infrastructure role under which ECS creates, attaches and deletes it.
 * The volumes get the tags of the service, since EBS bills volumes.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ebs-volumes.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/infrastructure_IAM_role.html
 */
export class ManagedEbsVolume extends Construct {
  /** The infrastructure role. */
  readonly role: Role;
  readonly configuration: EcsServiceVolumeConfiguration;

  constructor(scope: Construct, id: string, props: ManagedEbsVolumeProps) {
    super(scope, id);
    const { name, volumeName, volume, account, permissionsBoundary } = props;
    const trustPolicy = ecsTrustPolicy();
    this.role = new Role(this, "role", {
      name: ebsRoleName(name),
      policyName: "encrypt-volumes",
      account,
      trustPolicy,
      permissionsBoundary,
    });
    this.role.attach(account.managedPolicy("service-role/AmazonECSInfrastructureRolePolicyForVolumes"));
    if (volume.kmsKeyArn !== undefined) this.allowKey(volume.kmsKeyArn);
    const { sizeInGiB, fileSystemType, kmsKeyArn, ...settings } = volume;
    this.configuration = {
      name: volumeName,
      managedEbsVolume: {
        ...settings,
        roleArn: this.role.arn,
        sizeInGb: sizeInGiB,
        fileSystemType,
        kmsKeyId: kmsKeyArn,
        tagSpecifications: [{ resourceType: "volume", propagateTags: "SERVICE" }],
      },
    };
  }

  /** The managed policy has nothing on keys. @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html */
  private allowKey(keyArn: string): void {
    this.role.allow({
      actions: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncrypt*"],
      resources: [keyArn],
    });
    this.role.allow({
      actions: ["kms:CreateGrant"],
      resources: [keyArn],
      conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    });
  }
}
