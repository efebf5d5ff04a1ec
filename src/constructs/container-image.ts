import type { Construct } from "constructs";

import { InvalidInputError, quote } from "../errors";
import { TAG_LABEL, formatImageReference, isPrivateEcr, parseImageReference } from "../image";
import type { ExecutionRole } from "./execution-role";
import { PinnedImage, type PinnedImageProps } from "./pinned-image";

/** What a container definition needs of an image, wherever it comes from. */
export interface ContainerImage {
  /** Goes into `image` of the container definition. */
  readonly reference: string;
  /** Carries the half of the identity that `reference` lacks. */
  readonly dockerLabels: Readonly<Record<string, string>>;
  /** Registry and repository, without tag and digest. */
  readonly repositoryUrl: string;
  /** `undefined` for an image that was given by digest alone. */
  readonly tag: string | undefined;
  /** `sha256:…` */
  readonly digest: string;
  /** Lets tasks that start under `role` pull this image. */
  grantPull(role: ExecutionRole): void;
}

/**
 * The image of a container: looked up in Amazon ECR, or taken from a reference that is pinned already.
 * @throws InvalidInputError for a reference without digest, outside the grammar, or into a private Amazon ECR registry
 */
export function containerImage(scope: Construct, id: string, image: PinnedImageProps | string): ContainerImage {
  return typeof image === "string" ? foreignImage(image) : new PinnedImage(scope, id, image);
}

function foreignImage(text: string): ContainerImage {
  const { registry, repository, tag, digest } = parseImageReference(text);
  if (registry !== undefined && isPrivateEcr(registry)) {
    throw new InvalidInputError(
      `image ${quote(text)} is in Amazon ECR; write { repository: ${quote(repository)}, tag: … }, with registryId if another account owns it`,
    );
  }
  if (digest === undefined) {
    throw new InvalidInputError(
      `image ${quote(text)} is not pinned; add its digest (${formatImageReference({ registry, repository, tag })}@sha256:…), or write { repository, tag } for an image in Amazon ECR`,
    );
  }
  return {
    reference: formatImageReference({ registry, repository, digest }),
    dockerLabels: tag === undefined ? {} : { [TAG_LABEL]: tag },
    repositoryUrl: formatImageReference({ registry, repository }),
    tag,
    digest,
    grantPull: () => undefined,
  };
}
