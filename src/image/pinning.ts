/** Docker label that carries the tag if `image` carries the digest. */
export const TAG_LABEL = "image_tag";

/** Docker label that carries the digest if `image` carries the tag. */
export const DIGEST_LABEL = "image_digest";

/** What the label carries for an image in Amazon ECR that was named by digest alone. No tag begins with `-`. */
export const NO_TAG = "-";

/** The two halves of an image's identity. */
export interface Identity {
  /** `undefined` for an image that was given by digest alone. */
  readonly tag: string | undefined;
  /** `sha256:…` */
  readonly digest: string;
}

/**
 * Which half of an image's identity goes into `image`; the other half goes into the Docker labels.
 *
 * - `digest`: `image` is `repository@digest`, the label `image_tag` carries the tag.
 * - `label`: `image` is `repository:tag`, the label `image_digest` carries the digest.
 */
export const PINNINGS = ["digest", "label"] as const;
export type Pinning = (typeof PINNINGS)[number];

/** The Docker labels that carry the half of the identity that `image` lacks. */
export function identityLabels(pinning: Pinning, { tag, digest }: Identity): Readonly<Record<string, string>> {
  if (pinning === "label") return { [DIGEST_LABEL]: digest };
  return tag === undefined ? {} : { [TAG_LABEL]: tag };
}
