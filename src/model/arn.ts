import { pattern, reference } from "./leaves";

/** An AWS account: 12 digits, as a string, because it may begin with zero. */
export const accountId = reference(pattern(/^[0-9]{12}$/, "use the 12 digits of an AWS account in quotes"));

/**
 * `us-east-1`. Where a region is, AWS has always said with a point of the compass or `central`, in all partitions. Only the
 * AWS provider knows which regions there are.
 */
export const REGION = pattern(
  /^[a-z]{2,4}(-[a-z]+)*-(north|south|(north|south)?(east|west|central))-[0-9]+$/,
  'use an AWS region like "us-east-1"',
);

/** The ARN of a KMS key: only some services accept an alias or a bare id. */
export const kmsKeyArn = reference(
  pattern(
    /^arn:[\w-]+:kms:[\w-]+:[0-9]{12}:key\/[\w-]+$/,
    "use the ARN of a KMS key: arn:aws:kms:REGION:ACCOUNT:key/ID",
  ),
);

/** The ARN of an IAM role, with the account that it belongs to. */
export const ROLE_ARN = /^arn:[\w-]+:iam::([0-9]{12}):role\/(?:[\w+=,.@/-]*\/)?[\w+=,.@-]{1,64}$/;
export const ROLE = pattern(ROLE_ARN, "use the ARN of a role: arn:aws:iam::ACCOUNT:role/NAME");
export const roleArn = reference(ROLE);

/** The region of an ARN. Those of IAM and S3 name none, and that of a reference is not known. */
export function regionOf(arn: string): string | undefined {
  return /^arn:[\w-]+:[\w-]+:([\w-]+):/.exec(arn)?.[1];
}

/** What is wrong with an ARN that must be of a region. */
export function regionFault(property: string, arn: string | undefined, region: string): string | undefined {
  const itsRegion = regionOf(arn ?? "") ?? region;
  return itsRegion === region ? undefined : `${property} is in ${itsRegion}; use one in ${region}, where it is needed`;
}

/** A cluster, by its name in the region or by its ARN. */
export const cluster = reference(
  pattern(
    /^([A-Za-z0-9_-]{1,255}|arn:[\w-]+:ecs:[\w-]+:[0-9]{12}:cluster\/[A-Za-z0-9_-]{1,255})$/,
    'use the ARN of a cluster, or its name: 1 to 255 letters, digits, "_" or "-"',
  ),
);

/** The id of an EC2 resource: `subnet-0123…`. */
export function ec2Id(prefix: string) {
  return reference(pattern(new RegExp(`^${prefix}-[0-9a-z]+$`), `use an id like ${prefix}-0123456789abcdef0`));
}

const ELB = "arn:[\\w-]+:elasticloadbalancing:[\\w-]+:[0-9]{12}";

/** A listener of an Application Load Balancer: those of Network Load Balancers have no rules. */
export const listenerArn = reference(
  pattern(
    new RegExp(`^${ELB}:listener/app/[\\w-]+/[0-9a-f]+/[0-9a-f]+$`),
    "use the ARN of a listener of an Application Load Balancer: arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/NAME/ID/ID",
  ),
);

export const targetGroupArn = reference(
  pattern(
    new RegExp(`^${ELB}:targetgroup/[\\w-]+/[0-9a-f]+$`),
    "use the ARN of a target group: arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID",
  ),
);

/** A server certificate, in AWS Certificate Manager or IAM. */
export const certificateArn = reference(
  pattern(
    /^arn:[\w-]+:(acm:[\w-]+:[0-9]{12}:certificate\/[\w-]+|iam::[0-9]{12}:server-certificate\/[\w+=,.@/-]+)$/,
    "use the ARN of a certificate: arn:aws:acm:REGION:ACCOUNT:certificate/ID",
  ),
);
