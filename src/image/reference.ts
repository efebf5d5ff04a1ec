import { InvalidInputError, inContext, quote } from "../errors";
import { checkDigest, checkRegistry, checkRepository, checkTag } from "./grammar";

/** `[registry/]repository[:tag][@digest]`, taken apart. */
export interface ImageReference {
  /**
   * Host of the registry, with its port if it has one: `public.ecr.aws`.
   * @default - none is written; the container runtime then takes Docker Hub
   */
  readonly registry?: string;
  /** Path below the registry: `docker/library/nginx`. */
  readonly repository: string;
  /** @default - no tag is written */
  readonly tag?: string;
  /** @default - the reference is not pinned */
  readonly digest?: string;
}

/** Amazon ECS takes at most 255 characters before the `@`. */
const MAX_NAME_LENGTH = 255;

/**
 * Takes an image reference apart. What stands before the first `/` is a registry if it has a `.` or a `:`
 * or is `localhost`, as the container runtimes decide it.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 * @throws InvalidInputError naming the reference and the part of it that is outside the grammar
 */
export function parseImageReference(text: string): ImageReference {
  return inContext(`image ${quote(text)}`, () => {
    const reference = split(text);
    if (reference.registry !== undefined) checkRegistry(reference.registry);
    checkRepository(reference.repository);
    if (reference.tag !== undefined) checkTag(reference.tag);
    if (reference.digest !== undefined) checkDigest(reference.digest);
    const name = formatImageReference({ ...reference, digest: undefined });
    if (name.length > MAX_NAME_LENGTH) {
      throw new InvalidInputError(
        `${String(name.length)} characters before "@"; Amazon ECS takes ${String(MAX_NAME_LENGTH)}`,
      );
    }
    return reference;
  });
}

/** No address of a private registry in Amazon ECR is shorter. */
const SHORTEST_ECR = "123456789012.dkr.ecr.us-east-1.amazonaws.com";

/**
 * Checks that an image in Amazon ECR has a name that Amazon ECS takes, whatever the address of its registry is.
 * @param tag if it stands in the reference
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 * @throws InvalidInputError naming the repository and the tag, and how long they may be
 */
export function checkEcrNameLength(repository: string, tag?: string): void {
  const name = formatImageReference({ repository, tag });
  const maximum = MAX_NAME_LENGTH - `${SHORTEST_ECR}/`.length;
  if (name.length <= maximum) return;
  throw new InvalidInputError(
    `${tag === undefined ? "repository" : "repository and tag"} ${quote(name)} has ${String(name.length)} characters; Amazon ECS takes ${String(maximum)} after the address of the registry`,
  );
}

/** Puts an image reference together again: the opposite of `parseImageReference`. */
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
