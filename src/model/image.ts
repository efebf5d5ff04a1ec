import { z } from "zod";

import { InvalidInputError, quote } from "../errors";
import {
  DIGEST,
  ECR_REPOSITORY,
  MAX_ECR_NAME_LENGTH,
  PINNINGS,
  TAG,
  formatImageReference,
  isPrivateEcr,
  parseImageReference,
} from "../image";
import { accountId } from "./arn";
import { isToken, leaf, object, oneOf, reference } from "./leaves";
import { problem } from "./problems";

/**
 * An image in Amazon ECR: by tag, by digest, or by both, which must then agree, or the plan fails. With neither, a
 * service keeps the build that it runs.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html
 */
export const ecrImage = object({
  /**
   * Repository name, without the registry host: `team/demo`. 2 to 210 characters: lower-case letters and digits, joined
   * by `.`, `_`, `__`, `-` or `/`. With pinning `"label"`, the 210 include `:` and the tag. (Amazon ECR allows at most
   * 256, but Amazon ECS only 210.)
   */
  repository: reference(ECR_REPOSITORY),
  /**
   * Tag that people push to: `"1.10"`. 1 to 128 letters, digits, `_`, `.` or `-`, not beginning with `.` or `-`. In the
   * config, a build that CI names replaces tag and digest.
   * @default - if there is no digest either: the build that the service runs; the first deployment must name one
   */
  tag: reference(TAG).optional(),
  /**
   * Digest of the build: `sha256:` and 64 lower-case hexadecimal digits. Without a tag, also of a build that no tag
   * points at.
   * @default - the digest that the tag points at when the plan is made
   */
  digest: reference(DIGEST).optional(),
  /**
   * Which half of the identity goes into `image`; the other goes into the Docker labels.
   * @default "digest"
   */
  pinning: oneOf(...PINNINGS).default("digest"),
  /**
   * Account that owns the repository: 12 digits, in quotes.
   * @default - the account that the service is deployed to
   */
  registryId: accountId.optional(),
}).superRefine((image, context) => {
  const { repository, tag, digest, pinning } = image;
  if (pinning === "label" && tag === undefined && digest !== undefined) {
    problem(context, [], 'pinning "label" needs a tag beside the digest; add it, or use pinning "digest"');
  }
  const name = formatImageReference({ repository, tag: pinning === "label" ? tag : undefined });
  if (isToken(name) || name.length <= MAX_ECR_NAME_LENGTH) return;
  problem(
    context,
    [],
    `${pinning === "label" ? "repository and tag" : "repository"} ${quote(name)} has ${String(name.length)} characters; Amazon ECS allows at most ${String(MAX_ECR_NAME_LENGTH)} after the address of the registry`,
  );
});
export interface EcrImage extends z.input<typeof ecrImage> {}

/** Whether an image names its build; if it does not, the service keeps the one that it runs. */
export function namesBuild({ tag, digest }: EcrImage): boolean {
  return tag !== undefined || digest !== undefined;
}

/** Whether two images are builds of one thing, which move together. Text is an image in any other registry. */
export function isSameRepository(one: string | EcrImage, other: EcrImage): one is EcrImage {
  return typeof one !== "string" && one.repository === other.repository && one.registryId === other.registryId;
}

/** The containers whose image is in Amazon ECR. */
export function inEcr<T extends { readonly image: string | EcrImage }>(containers: readonly T[]) {
  return containers.filter(
    (each): each is T & { readonly image: Exclude<T["image"], string> } => typeof each.image !== "string",
  );
}

/**
 * A reference to an image in any other registry, with its digest: `public.ecr.aws/docker/library/nginx:1.27@sha256:…`.
 */
const foreignImage = leaf<string>(imageFault);

/** What a container runs. */
export const image = z.union([ecrImage, foreignImage], { error: ({ input }) => imageFault(input) });

function imageFault(value: unknown): string | undefined {
  if (value === undefined) return "is missing; write { repository, tag }, or a reference with its digest";
  if (typeof value !== "string" || isToken(value)) {
    return `${quote(value)} is not an image; write { repository, tag }, or a reference with its digest`;
  }
  try {
    return foreignFault(value);
  } catch (error) {
    if (error instanceof InvalidInputError) return `${quote(value)} ${error.message}`;
    throw error;
  }
}

function foreignFault(text: string): string | undefined {
  const { registry, repository, tag, digest } = parseImageReference(text);
  if (registry !== undefined && isPrivateEcr(registry)) {
    return `${quote(text)} is in Amazon ECR; write { repository: ${quote(repository)}, tag: … }, with registryId if another account owns it`;
  }
  if (digest !== undefined) return undefined;
  return `${quote(text)} is not pinned; add its digest (${formatImageReference({ registry, repository, tag })}@sha256:…), or write { repository, tag } for an image in Amazon ECR`;
}
