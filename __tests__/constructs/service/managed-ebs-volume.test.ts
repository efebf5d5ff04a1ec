import { PinnedFargateService } from "../../../src/constructs/service/pinned-fargate-service";
import type { EbsVolume } from "../../../src/model/ebs-volume";
import { synthesized, type SynthesizedStack } from "../../support/synthesized-stack";
import { containerProps, serviceProps } from "../../support/task-stack";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

function serviceWith(ebs: EbsVolume): SynthesizedStack {
  const containers = [containerProps({ mountPoints: { data: "/srv", cache: "/cache" } })];
  const volumes = { cache: {}, data: { ebs } };
  return synthesized((stack) => new PinnedFargateService(stack, "service", serviceProps({ volumes, containers })));
}

function roleOf(stack: SynthesizedStack): Readonly<Record<string, unknown>> | undefined {
  return Object.values(stack.resources("aws_iam_role")).find(({ name }) => name === "demo-ebs");
}

describe("the EBS volume of a service", () => {
  test("is made for each task, encrypted and with the tags of the service", () => {
    const service = serviceWith({ sizeInGiB: 20 }).resource("aws_ecs_service");
    expect(service["volume_configuration"]).toEqual({
      name: "data",
      managed_ebs_volume: {
        role_arn: expect.stringMatching(/^\$\{aws_iam_role\.service_ebs-volume_role_\w+\.arn\}$/) as string,
        size_in_gb: 20,
        volume_type: "gp3",
        encrypted: true,
        file_system_type: "xfs",
        tag_specifications: [{ resource_type: "volume", propagate_tags: "SERVICE" }],
      },
    });
  });

  test("passes on everything that is set", () => {
    const volume = {
      sizeInGiB: 20,
      snapshotId: "snap-1",
      iops: 4000,
      throughput: 200,
      kmsKeyArn: KEY,
      fileSystemType: "ext4",
      volumeInitializationRate: 200,
    } as const;
    expect(serviceWith(volume).resource("aws_ecs_service")).toMatchObject({
      volume_configuration: {
        managed_ebs_volume: {
          snapshot_id: "snap-1",
          iops: 4000,
          throughput: 200,
          kms_key_id: KEY,
          file_system_type: "ext4",
          volume_initialization_rate: 200,
        },
      },
    });
  });

  test("is managed by ECS under a role for that, which no task starts before", () => {
    const stack = serviceWith({ sizeInGiB: 20 });
    expect(JSON.parse(String(roleOf(stack)?.["assume_role_policy"]))).toMatchObject({
      Statement: [{ Effect: "Allow", Principal: { Service: "ecs.amazonaws.com" }, Action: "sts:AssumeRole" }],
    });
    const [address] = Object.keys(stack.resources("aws_iam_role_policy_attachment"));
    expect(stack.resource("aws_iam_role_policy_attachment")["policy_arn"]).toMatch(
      /^arn:\$\{.*\}:iam::aws:policy\/service-role\/AmazonECSInfrastructureRolePolicyForVolumes$/,
    );
    expect(stack.resource("aws_ecs_service")["depends_on"]).toContain(
      `aws_iam_role_policy_attachment.${String(address)}`,
    );
  });

  test("is encrypted with a key that this role may use, and give to EBS only", () => {
    const stack = serviceWith({ sizeInGiB: 20, kmsKeyArn: KEY });
    const policy = Object.values(stack.resources("aws_iam_role_policy")).find(({ name }) => name === "encrypt-volumes");
    expect((JSON.parse(String(policy?.["policy"])) as { Statement: unknown }).Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncrypt*"],
        Resource: [KEY],
      },
      {
        Effect: "Allow",
        Action: ["kms:CreateGrant"],
        Resource: [KEY],
        Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
    ]);
  });

  test("leaves no trace if there is none", () => {
    const stack = synthesized((scope) => new PinnedFargateService(scope, "service", serviceProps()));
    expect(stack.resource("aws_ecs_service")).not.toHaveProperty("volume_configuration");
    expect(roleOf(stack)).toBeUndefined();
  });
});
