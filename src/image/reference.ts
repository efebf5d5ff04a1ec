import { InvalidInputError, quote } from "../errors";
import { DIGEST, REGISTRY, REPOSITORY, TAG, type Rule } from "./grammar";

/** `[registry/]repository[:tag][@digest]`, taken apart. */
export interface ImageReference {
  /**
   * Host of the registry, with its port if it has one: `public.ecr.aws`.
   * @default - none is written; the container runtime then uses Docker Hub
   */
  readonly registry?: string;
  /** Path below the registry: `docker/library/nginx`. */
  readonly repository: string;
  /** @default - no tag is written */
  readonly tag?: string;
  /** @default - the reference is not pinned */
  readonly digest?: string;
}

/** Amazon ECS allows at most 255 characters before the `@`. */
const MAX_NAME_LENGTH = 255;

/** No host of a private registry in Amazon ECR is shorter. */
const SHORTEST_ECR = "123456789012.dkr.ecr.us-east-1.amazonaws.com";

/**
 * The most characters that repository and tag together may have in Amazon ECR, if both are in `image`.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export const MAX_ECR_NAME_LENGTH = MAX_NAME_LENGTH - `${SHORTEST_ECR}/`.length;

/**
 * Takes an image reference apart. What comes before the first `/` is a registry if it contains a `.` or a `:` or is
 * `localhost`, as in container runtimes.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 * @throws InvalidInputError naming the part of the reference that is not valid
 */
export function parseImageReference(text: string): ImageReference {
  const reference = split(text);
  check("registry", reference.registry, REGISTRY);
  check("repository", reference.repository, REPOSITORY);
  check("tag", reference.tag, TAG);
  check("digest", reference.digest, DIGEST);
  const { length } = formatImageReference({ ...reference, digest: undefined });
  if (length > MAX_NAME_LENGTH) {
    throw new InvalidInputError(
      `has ${String(length)} characters before "@"; Amazon ECS allows at most ${String(MAX_NAME_LENGTH)}`,
    );
  }
  return reference;
}

function check(part: string, text: string | undefined, { accepts, hint }: Rule): void {
  if (text === undefined || accepts(text)) return;
  throw new InvalidInputError(`has a ${part} ${quote(text)} that is not valid; ${hint}`);
}

/** Puts an image reference back together: the opposite of `parseImageReference`. */
export function formatImageReference({ registry, repository, tag, digest }: ImageReference): string {
  const host = registry === undefined ? "" : `${registry}/`;
  return `${host}${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}

function split(text: string): ImageReference {
  const [nameAndTag, digest] = splitAt(text, text.indexOf("@"));
  const firstSlash = nameAndTag.indexOf("/");
  const host = nameAndTag.slice(0, Math.max(firstSlash, 0));
  const isRegistry = /[.:]/.test(host) || host === "localhost";
  const path = isRegistry ? nameAndTag.slice(firstSlash + 1) : nameAndTag;
  const [repository, tag] = splitAt(path, path.indexOf(":"));
  return {
    ...(isRegistry && { registry: host }),
    repository,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}

function splitAt(text: string, index: number): [string, string | undefined] {
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}
