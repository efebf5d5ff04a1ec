import { createHash } from "node:crypto";

/**
 * The digest of an image: the SHA-256 of its manifest's bytes, as the registry computes it.
 * @see https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests
 */
export function digestOf(manifest: string | Uint8Array): string {
  return `sha256:${createHash("sha256").update(manifest).digest("hex")}`;
}
