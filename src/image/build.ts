import { InvalidInputError, quote } from "../errors";
import { DIGEST, TAG } from "./grammar";

/** A build of an image, as somebody names it: by its tag, by its digest, or by both, which must then agree. */
export interface Build {
  /** `1.10` */
  readonly tag?: string;
  /** `sha256:…` */
  readonly digest?: string;
}

/**
 * `1.11` or `1.11@sha256:…`, taken apart.
 * @throws InvalidInputError naming what is not valid
 */
export function parseBuild(text: string): Build {
  const at = text.indexOf("@");
  const tag = at < 0 ? text : text.slice(0, at);
  if (!TAG.accepts(tag)) throw new InvalidInputError(`is not valid; ${TAG.hint}`);
  if (at < 0) return { tag };
  const digest = text.slice(at + 1);
  if (DIGEST.accepts(digest)) return { tag, digest };
  throw new InvalidInputError(`has a digest ${quote(digest)} that is not valid; ${DIGEST.hint}`);
}

/** `1.11`, `sha256:…` or `1.11@sha256:…`, as messages show it. */
export function formatBuild({ tag, digest }: Build): string {
  return [tag, digest].filter((part) => part !== undefined).join("@");
}
