import { InvalidInputError, quote } from "../errors";
import { isToken } from "./aws-names";

/**
 * Checks the tags of a resource.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 * @throws InvalidInputError naming the key and the value
 */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  const keys = Object.keys(tags);
  if (keys.length > 50) throw new InvalidInputError(`${String(keys.length)} tags; AWS takes 50`);
  const reserved = keys.find((key) => /^aws:/i.test(key));
  if (reserved !== undefined) {
    throw new InvalidInputError(`key ${quote(reserved)} is reserved by AWS; use one that does not begin with "aws:"`);
  }
  rejectSameKeys(keys);
  checkTagFilter(tags);
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
function rejectSameKeys(keys: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const key of keys) {
    const twin = seen.get(key.toLowerCase());
    if (twin !== undefined) {
      throw new InvalidInputError(
        `keys ${quote(twin)} and ${quote(key)} differ only in case, which IAM takes for the same; remove one`,
      );
    }
    seen.set(key.toLowerCase(), key);
  }
}

/**
 * Checks tags to find something by, which may be of AWS's own. Neither `$` nor `%` is among the characters that AWS
 * takes, so Terraform has nothing to evaluate in them.
 * @throws InvalidInputError naming the key and the value
 */
export function checkTagFilter(tags: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(tags)) {
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key)) {
      throw new InvalidInputError(`key ${quote(key)} is not valid; use 1 to 128 letters, digits, spaces or "_.:/=+-@"`);
    }
    if (isToken(value)) continue;
    if (typeof value !== "string") {
      throw new InvalidInputError(
        `value ${quote(value)} of ${quote(key)} is not text; write it in quotes, or leave the tag out`,
      );
    }
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value)) {
      throw new InvalidInputError(
        `value ${quote(value)} of ${quote(key)} is not valid; use at most 256 letters, digits, spaces or "_.:/=+-@"`,
      );
    }
  }
}
