import { z } from "zod";

import { InvalidInputError, quote } from "../errors";
import {
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

/** A tag that people push to. */
export const imageTag = reference(TAG);

/**
 * An image in Amazon ECR, looked up by its tag.
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
   * config, the variable `<SERVICE>_IMAGE_TAG` overrides that of the first container.
   */
  tag: imageTag,
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
}).superRefine(({ repository, tag, pinning }, context) => {
  const name = formatImageReference({ repository, tag: pinning === "label" ? tag : undefined });
  if (isToken(name) || name.length <= MAX_ECR_NAME_LENGTH) return;
  problem(
    context,
    [],
    `${pinning === "label" ? "repository and tag" : "repository"} ${quote(name)} has ${String(name.length)} characters; Amazon ECS allows at most ${String(MAX_ECR_NAME_LENGTH)} after the address of the registry`,
  );
});
export interface EcrImage extends z.input<typeof ecrImage> {}

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
