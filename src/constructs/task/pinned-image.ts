import { Fn, Op, TerraformLocal, conditional } from "cdktf";
import { Construct } from "constructs";

import { InvalidInputError } from "../../errors";
import { NO_TAG, formatImageReference, identityLabels, type Build } from "../../image";
import { ecrImage, type EcrImage } from "../../model/image";
import { parse } from "../../model/problems";
import type { Role } from "../iam/role";
import { lookUpImage, type FoundImage } from "./image-lookup";

const NAMES_NO_BUILD = "names neither tag nor digest; add one of them";

/**
 * An image in Amazon ECR, tied to the digest that is found when the plan is made.
 *
 * The digest is known at plan time, so the reviewer sees it, and a moved tag changes the plan. An image that does not
 * exist, or a tag that points at another digest than the given one, fails the plan, before anything is changed. Nothing
 * here may get a `dependsOn`: it would postpone the lookup to the apply, and the plan would not show the digest.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/ecr_image
 * @throws InvalidInputError for a repository, tag, digest, pinning or registry id that is not valid, a name too long for
 * ECS, or neither tag nor digest
 */
export class PinnedImage extends Construct {
  /** Goes into `image` of the container definition. */
  readonly reference: string;
  /** Carries the half of the identity that `reference` lacks. */
  readonly dockerLabels: Readonly<Record<string, string>>;
  /** Address of the repository, with the registry host. */
  readonly repositoryUrl: string;
  /** Tag of the build. `undefined` if it was named by digest alone. */
  readonly tag: string | undefined;
  /** Digest of the build: `sha256:…`. */
  readonly digest: string;

  private readonly repository: string;
  private readonly registryId: string;

  /** @param running the build that runs, to be kept if the props name none @default - the props must name one */
  constructor(scope: Construct, id: string, props: EcrImage, running?: Required<Build>) {
    super(scope, id);
    const context = `PinnedImage "${id}"`;
    const { repository, registryId, pinning, tag = running?.tag, digest } = parse(ecrImage, props, context);
    if (tag === undefined && digest === undefined) throw new InvalidInputError(`${context}: ${NAMES_NO_BUILD}`);
    // The tag of the build that runs may have moved on.
    const named = running ? { digest: running.digest } : { tag, digest };
    const image = lookUpImage(this, { repository, registryId, ...named });
    this.repository = repository;
    this.registryId = image.registryId;
    this.repositoryUrl = image.repositoryUrl;
    this.tag = tag;
    this.digest = image.digest;
    const tagged = formatImageReference({ repository: image.repositoryUrl, tag });
    if (pinning === "digest") this.reference = image.uri;
    else this.reference = running ? this.keptReference(image, running.tag) : tagged;
    this.dockerLabels = identityLabels(pinning, { tag: tag ?? NO_TAG, digest: image.digest });
  }

  /**
   * ECS resolves a tag anew with each deployment, and would run another build if the tag of the kept one has moved on:
   * then the reference has the digest too. A build that was named by digest alone has no tag.
   */
  private keptReference({ uri, repositoryUrl, digest, tags }: FoundImage, tag: string): string {
    const tagged = formatImageReference({ repository: repositoryUrl, tag });
    const moved = formatImageReference({ repository: repositoryUrl, tag, digest });
    const reference: unknown = conditional(Fn.contains(tags, tag), tagged, conditional(Op.eq(tag, NO_TAG), uri, moved));
    return new TerraformLocal(this, "reference", reference).asString;
  }

  /** Lets tasks that start under `role` pull this image. */
  grantPull(role: Role): void {
    const { partition, region } = role.account;
    // The token is for the whole registry: the action does not support resource-level permissions.
    role.grant({ actions: ["ecr:GetAuthorizationToken"], resources: ["*"] });
    role.grant({
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [`arn:${partition}:ecr:${region}:${this.registryId}:repository/${this.repository}`],
    });
  }
}
