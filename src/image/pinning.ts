import { InvalidInputError, alternatives, quote } from "../errors";

/**
 * Which half of an image's identity goes into `image`; the other half goes into the Docker labels.
 *
 * - `digest`: `image` is `repository@digest`, the label `image_tag` carries the tag.
 * - `label`: `image` is `repository:tag`, the label `image_digest` carries the digest.
 */
export type Pinning = "digest" | "label";

const PINNINGS: readonly Pinning[] = ["digest", "label"];

/** Docker label that carries the tag where `image` carries the digest. */
export const TAG_LABEL = "image_tag";

/** Docker label that carries the digest where `image` carries the tag. */
export const DIGEST_LABEL = "image_digest";

/**
 * Checks a pinning that the compiler did not see.
 * @throws InvalidInputError naming the value and the two pinnings
 */
export function checkPinning(pinning: string): void {
  if ((PINNINGS as readonly string[]).includes(pinning)) return;
  throw new InvalidInputError(`pinning ${quote(pinning)} does not exist; choose ${alternatives(PINNINGS)}`);
}

/**
 * Rejects Docker labels of the user's own that would hide which image runs.
 * @throws InvalidInputError naming the label
 */
export function rejectIdentityLabels(labels: Readonly<Record<string, string>>): void {
  for (const label of [TAG_LABEL, DIGEST_LABEL]) {
    if (Object.hasOwn(labels, label)) {
      throw new InvalidInputError(
        `dockerLabels: ${quote(label)} is written by the pinned image and cannot be set; remove it or choose another name`,
      );
    }
  }
}
