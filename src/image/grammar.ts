import { InvalidInputError, quote } from "../errors";

/**
 * The parts of an image reference, as the OCI distribution specification writes them down.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
const COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const REPOSITORY = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const REGISTRY =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*(?::[0-9]{1,5})?$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * Checks a tag: a letter, digit or underscore, then up to 127 letters, digits, `_`, `.` or `-`.
 * @throws InvalidInputError naming the tag
 */
export function checkTag(tag: string): void {
  if (typeof tag === "string" && TAG.test(tag)) return;
  throw new InvalidInputError(
    `tag ${quote(tag)} is not valid; use 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"`,
  );
}

/**
 * Checks a digest: `sha256:` and 64 lower-case hexadecimal digits.
 * @throws InvalidInputError naming the digest
 */
export function checkDigest(digest: string): void {
  if (typeof digest === "string" && DIGEST.test(digest)) return;
  throw new InvalidInputError(
    `digest ${quote(digest)} is not valid; use "sha256:" and 64 lower-case hexadecimal digits`,
  );
}

/**
 * Checks a repository path of any registry: lower-case components joined by `/`, at most 255 characters.
 * @throws InvalidInputError naming the repository
 */
export function checkRepository(repository: string): void {
  if (typeof repository === "string" && repository.length <= 255 && REPOSITORY.test(repository)) return;
  throw new InvalidInputError(
    `repository ${quote(repository)} is not valid; ${REPOSITORY_RULE}, at most 255 characters`,
  );
}

/**
 * Checks the name of an Amazon ECR repository: as any repository, 2 to 256 characters, without the registry host.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
 * @throws InvalidInputError naming the repository
 */
export function checkEcrRepository(repository: string): void {
  const [host = "", ...path] = typeof repository === "string" ? repository.split("/") : [];
  if (isPrivateEcr(host)) {
    throw new InvalidInputError(
      `repository ${quote(repository)} begins with a registry host; write ${quote(path.join("/"))}, with registryId if another account owns it`,
    );
  }
  const length = typeof repository === "string" ? repository.length : 0;
  if (length >= 2 && length <= 256 && REPOSITORY.test(repository)) return;
  throw new InvalidInputError(
    `repository ${quote(repository)} is not valid in Amazon ECR; ${REPOSITORY_RULE}, 2 to 256 characters, no registry host`,
  );
}

/** Whether a registry host is of a private registry in Amazon ECR: `123456789012.dkr.ecr.us-east-1.amazonaws.com`. */
export function isPrivateEcr(registry: string): boolean {
  return /^[0-9]{12}\.dkr[.-]ecr[.-]/.test(registry);
}

/**
 * Checks a registry host: `public.ecr.aws`, `localhost:5000`.
 * @throws InvalidInputError naming the registry
 */
export function checkRegistry(registry: string): void {
  if (REGISTRY.test(registry)) return;
  throw new InvalidInputError(`registry ${quote(registry)} is not valid; use a host name with an optional port`);
}

const REPOSITORY_RULE = 'use lower-case letters and digits, joined by ".", "_", "__", "-" or "/"';
