import { quote } from "../errors";
import { pattern, propertyName, record, reference } from "./leaves";
import { problemsOf } from "./problems";

/** Tags by their keys. */
export type Tags = Readonly<Record<string, string>>;

const CHARACTERS = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]";
const LETTERS = 'letters, digits, spaces or "_.:/=+-@"';

const key = propertyName(pattern(new RegExp(`^${CHARACTERS}{1,128}$`, "u"), `use 1 to 128 ${LETTERS}`));

/**
 * Tags to find something by, which may be AWS's own. AWS allows neither `$` nor `%` in them, so there is nothing for
 * Terraform to evaluate.
 */
export const tagFilter = record(
  key,
  reference(pattern(new RegExp(`^${CHARACTERS}{0,256}$`, "u"), `use at most 256 ${LETTERS}, in quotes`)),
);

/**
 * A tag with an empty value never arrives, and Terraform shows it as a change in every plan.
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/37297
 */
const ownTags = record(
  key,
  reference(pattern(new RegExp(`^${CHARACTERS}{1,256}$`, "u"), `use 1 to 256 ${LETTERS}, in quotes`)),
);

/**
 * Tags that are set in addition to ours.
 * @param ours keys that every resource gets
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export function tags(...ours: readonly string[]) {
  const maximum = 50 - ours.length;
  return ownTags.superRefine((tags, context) => {
    const keys = Object.keys(tags);
    if (keys.length > maximum) {
      context.addIssue(`has ${String(keys.length)} entries; AWS allows at most ${String(maximum)} besides ours`);
    }
    const all = [...ours, ...keys];
    all.flatMap((_, index) => keyFault(all, index, ours) ?? []).forEach((fault) => context.addIssue(fault));
  });
}

/** Keys of the tags that everything has which belongs to a service or a job. */
export const OUR_TAGS = ["service", "environment", "managed-by"] as const;

/** What is wrong with tags only together with those of the environment, which what has them gets too. */
export function mergedTagFaults(own: Tags | undefined, ofEnvironment: Tags | undefined): string[] {
  if (own === undefined || !ownTags.safeParse(own).success) return [];
  return problemsOf(tags(...OUR_TAGS), { ...ofEnvironment, ...own }, "tags merged with those of the environment");
}

/**
 * IAM treats keys that differ only in case as the same.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
 */
function keyFault(keys: readonly string[], index: number, ours: readonly string[]): string | undefined {
  const key = keys[index] ?? "";
  if (/^aws:/i.test(key)) return `has the key ${quote(key)}, which AWS reserves; do not begin it with "aws:"`;
  const twin = keys.slice(0, index).find((other) => other.toLowerCase() === key.toLowerCase());
  if (twin === undefined) return undefined;
  if (ours.includes(key)) return `has the key ${quote(key)}, which every resource has already; rename or remove it`;
  return `has the key ${quote(key)}, which IAM treats as the same as ${quote(twin)}; rename or remove it`;
}
