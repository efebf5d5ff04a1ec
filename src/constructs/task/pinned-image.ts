import { DataAwsEcrImage } from "@cdktf/provider-aws/lib/data-aws-ecr-image";
import { DataAwsEcrRepository } from "@cdktf/provider-aws/lib/data-aws-ecr-repository";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";

import { identityLabels } from "../../image";
import { ecrImage, type EcrImage } from "../../model/image";
import { isToken } from "../../model/leaves";
import { parse } from "../../model/problems";
import type { Role } from "../iam/role";

/**
 * The provider's error for a missing tag names neither the repository nor the tag, but `cdktf` prints the path of the
 * lookup next to it: `demo-image/demo:1.10`.
 */
class NamedEcrImage extends DataAwsEcrImage {
  protected override get constructNodeMetadata(): Record<string, unknown> {
    const { metadata } = super.constructNodeMetadata as { metadata: object };
    return { metadata: { ...metadata, path: this.node.path.replaceAll("/Default", "") } };
  }
}

/**
 * An image in Amazon ECR, tied to the digest that its tag points at when the plan is made.
 *
 * The digest is known at plan time, so the reviewer sees it, and a moved tag changes the plan. A tag or a repository
 * that does not exist fails the plan, before anything is changed. Nothing here may get a `dependsOn`: it would postpone
 * the lookup to the apply, and the plan would not show the digest.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/ecr_image
 * @throws InvalidInputError for a repository, tag, pinning or registry id that is not valid, or a name too long for ECS
 */
export class PinnedImage extends Construct {
  /** Goes into `image` of the container definition. */
  readonly reference: string;
  /** Carries the half of the identity that `reference` lacks. */
  readonly dockerLabels: Readonly<Record<string, string>>;
  /** Address of the repository, with the registry host. */
  readonly repositoryUrl: string;
  /** Tag that was looked up. */
  readonly tag: string;
  /** Digest the tag points at: `sha256:…`. */
  readonly digest: string;

  private readonly repositoryArn: string;

  constructor(scope: Construct, id: string, props: EcrImage) {
    super(scope, id);
    const { repository, tag, pinning, registryId } = parse(ecrImage, props, `PinnedImage "${id}"`);
    const found = new DataAwsEcrRepository(this, "Default", { name: repository, registryId });
    const name = `${repository}:${tag}`;
    const image = new NamedEcrImage(this, isToken(name) ? "image" : name, {
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
    this.dockerLabels = identityLabels(pinning, this);
  }

  /** Lets tasks that start under `role` pull this image. */
  grantPull(role: Role): void {
    // The token is for the whole registry: the action does not support resource-level permissions.
    role.allow({ actions: ["ecr:GetAuthorizationToken"], resources: ["*"] });
    role.allow({
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [this.repositoryArn],
    });
  }
}
