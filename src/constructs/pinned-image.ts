import { DataAwsEcrImage } from "@cdktf/provider-aws/lib/data-aws-ecr-image";
import { DataAwsEcrRepository } from "@cdktf/provider-aws/lib/data-aws-ecr-repository";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";

import { rejectUnknownProperties, type PropertiesOf } from "../errors";
import {
  DIGEST_LABEL,
  TAG_LABEL,
  checkEcrNameLength,
  checkEcrRepository,
  checkPinning,
  checkTag,
  type Pinning,
} from "../image";
import { checkAccountId, isToken } from "./aws-names";
import type { ExecutionRole } from "./execution-role";

/** What to look up in Amazon ECR. */
export interface PinnedImageProps {
  /**
   * Repository name, without registry host: `team/demo`. At least 2 characters, and with the tag, where that stands in
   * `image`, at most 210: Amazon ECR takes 256, but Amazon ECS no longer image.
   */
  readonly repository: string;
  /** Tag that people push to: `1.10`. At most 128 characters. */
  readonly tag: string;
  /**
   * Which half of the identity goes into `image`; the other goes into the Docker labels.
   * @default "digest"
   */
  readonly pinning?: Pinning;
  /**
   * Account that owns the repository: 12 digits.
   * @default - the account that is deployed to
   */
  readonly registryId?: string;
}

const PROPERTIES: PropertiesOf<PinnedImageProps> = { repository: true, tag: true, pinning: true, registryId: true };

/**
 * An image in Amazon ECR, tied to the digest its tag points at when the plan is made.
 *
 * The digest is known at plan time, so the reviewer sees it, and a moved tag changes the plan. A tag or a repository
 * that does not exist stops the plan before anything is touched. Nothing here may get a `dependsOn`: it would put the
 * lookup off to the apply and hide the digest.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/ecr_image
 * @throws InvalidInputError for a repository, tag, pinning or registry id outside its grammar, or a name too long for ECS
 */
export class PinnedImage extends Construct {
  /** Goes into `image` of the container definition. */
  readonly reference: string;
  /** Carries the half of the identity that `reference` lacks. */
  readonly dockerLabels: Readonly<Record<string, string>>;
  /** Address of the repository, with registry host. */
  readonly repositoryUrl: string;
  /** Tag that was looked up. */
  readonly tag: string;
  /** Digest the tag points at: `sha256:…`. */
  readonly digest: string;

  private readonly repositoryArn: string;

  constructor(scope: Construct, id: string, props: PinnedImageProps) {
    super(scope, id);
    rejectUnknownProperties(props, PROPERTIES);
    const { repository, tag, pinning = "digest", registryId } = props;
    if (!isToken(repository)) checkEcrRepository(repository);
    if (!isToken(tag)) checkTag(tag);
    checkPinning(pinning);
    const tagInName = pinning === "label" ? tag : undefined;
    if (!isToken(`${repository}:${tagInName ?? ""}`)) checkEcrNameLength(repository, tagInName);
    if (registryId !== undefined) checkAccountId("registryId", registryId);

    const found = new DataAwsEcrRepository(this, "Default", { name: repository, registryId });
    // The provider's error for a missing tag names neither repository nor tag, but cdktf prints this id beside it.
    const name = `${repository}:${tag}`;
    const image = new DataAwsEcrImage(this, isToken(name) ? "image" : name, {
      repositoryName: found.name,
      imageTag: tag,
      registryId,
    });
    // The address stays the same when the tag changes.
    image.overrideLogicalId(TerraformStack.of(this).getLogicalId(this.node));

    this.repositoryArn = found.arn;
    this.repositoryUrl = found.repositoryUrl;
    this.tag = tag;
    this.digest = image.imageDigest;
    this.reference = pinning === "digest" ? image.imageUri : `${found.repositoryUrl}:${tag}`;
    this.dockerLabels = pinning === "digest" ? { [TAG_LABEL]: tag } : { [DIGEST_LABEL]: image.imageDigest };
  }

  /** Lets tasks that start under `role` pull this image. */
  grantPull(role: ExecutionRole): void {
    role.allowPull(this.repositoryArn);
  }
}
