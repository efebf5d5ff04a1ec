import { DataAwsEcrImage } from "@cdktf/provider-aws/lib/data-aws-ecr-image";
import { Fn, TerraformLocal, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

import { formatImageReference } from "../../image";
import { isToken } from "../../model/leaves";
import { withPath } from "../named-lookup";

/** What an image is found by: its tag, its digest, or both, which must then agree. */
export interface ImageQuery {
  readonly repository: string;
  readonly registryId?: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** An image that was found. */
export interface FoundImage {
  /** `sha256:…` */
  readonly digest: string;
  /** Address of the repository and digest, to pull the image by. */
  readonly uri: string;
  /** Address of the repository, with the registry host. */
  readonly repositoryUrl: string;
  /** Account that owns the repository. */
  readonly registryId: string;
  /** All tags that point at the image. */
  readonly tags: string[];
}

/**
 * The provider's error for a missing image names neither the repository nor the tag, but `cdktf` prints the path of the
 * lookup next to it: `demo-image/demo:1.10`.
 */
class NamedEcrImage extends DataAwsEcrImage {
  protected override get constructNodeMetadata(): Record<string, unknown> {
    return withPath(super.constructNodeMetadata, this.node.path);
  }
}

/** The images that each stack looks up, by what they are found by. */
const FOUND = new WeakMap<TerraformStack, Map<string, FoundImage>>();

/**
 * Looks an image up in Amazon ECR, once in a stack, however many containers run it. The lookup lists no other image of
 * the repository, unlike `data.aws_ecr_repository`.
 * @param owner whose address the lookup gets, if it is the first one for this image
 */
export function lookUpImage(owner: Construct, query: ImageQuery): FoundImage {
  const stack = TerraformStack.of(owner);
  const images = FOUND.get(stack) ?? new Map<string, FoundImage>();
  FOUND.set(stack, images);
  const { repository, registryId, tag, digest } = query;
  const key = JSON.stringify([repository, registryId, tag, digest]);
  const image = images.get(key) ?? newLookup(owner, query);
  images.set(key, image);
  return image;
}

/** The addresses stay the same when the tag changes. */
function newLookup(owner: Construct, { repository, registryId, tag, digest }: ImageQuery): FoundImage {
  const address = TerraformStack.of(owner).getLogicalId(owner.node);
  const lookup = new NamedEcrImage(owner, nameOf({ repository, tag, digest }), {
    repositoryName: repository,
    imageTag: tag,
    imageDigest: digest,
    registryId,
  });
  lookup.overrideLogicalId(address);
  // A local, because the quotes of the expression would make the container definitions hard to read.
  const url = new TerraformLocal(owner, "repository-url", Fn.element(Fn.split("@", lookup.imageUri), 0));
  url.overrideLogicalId(`${address}_repository-url`);
  return {
    digest: lookup.imageDigest,
    uri: lookup.imageUri,
    repositoryUrl: url.asString,
    registryId: registryId ?? lookup.registryId,
    tags: lookup.imageTags,
  };
}

/** `demo:1.10`, or `demo@…` if only Terraform knows the digest: an id must not contain a token. */
function nameOf({ repository, tag, digest }: ImageQuery): string {
  const shown = (part: string): string => (isToken(part) ? "…" : part);
  return formatImageReference({
    repository: shown(repository),
    ...(tag !== undefined && { tag: shown(tag) }),
    ...(digest !== undefined && { digest: shown(digest) }),
  });
}
