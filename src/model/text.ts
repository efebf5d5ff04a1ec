import { z } from "zod";

import { masked, quote } from "../errors";
import { isToken, leaf, object, oneOf, record } from "./leaves";
import { isAwsSecret, plainSecretIn } from "./plain-secret";

/**
 * Text that Terraform passes on unchanged, or a reference. Its problems never show it: it may contain a secret.
 *
 * Terraform keeps every string as UTF-8 in Unicode normal form C, so any other text would arrive changed. Container
 * definitions are sent as JSON, in which a control character or one of `<>&` may be written as an escape that ends in a
 * letter, such as `\u003c` for `<`; a combining mark after it would be merged into that letter.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export const text = leaf<string>(textFault);

/** Text that may not be empty. */
export const filledText = leaf<string>((value) =>
  value === "" ? "is empty; give it a value, or remove it" : textFault(value),
);

/** Text that anyone can read who may see the task definition, so that it must not plainly be a secret. */
export const readableText = leaf<string>(readableFault);

function readableFault(value: unknown): string | undefined {
  const kind = typeof value === "string" ? plainSecretIn(value) : undefined;
  return kind === undefined ? textFault(value) : secretFault(kind);
}

function secretFault(kind: string): string {
  return `holds ${kind}, which the console would show; keep it in Secrets Manager or Parameter Store, and let secrets put it into an environment variable`;
}

function textFault(value: unknown): string | undefined {
  if (typeof value !== "string") return `is ${value === undefined ? "missing" : "not text"}; write it in quotes`;
  if (isToken(value)) return undefined;
  if (value.includes("\0")) return "has a NUL character, which no process can receive; remove it";
  if (/\p{Surrogate}/u.test(value)) return "has half of a surrogate pair, which UTF-8 cannot encode; remove it";
  if (value !== value.normalize("NFC")) {
    return 'is not in Unicode normal form C, and Terraform would change it; write it as text.normalize("NFC")';
  }
  if (/[\p{Cc}<>&\u2028\u2029]\p{M}/u.test(value)) {
    return 'has a combining mark after a control character or one of "<>&", and Terraform would change it; remove it';
  }
  return undefined;
}

/** The absolute path of a folder or file in a container: a container runtime rejects a relative working directory. */
export const absolutePath = leaf<string>((value) => {
  if (typeof value !== "string" || isToken(value) || value.startsWith("/")) return textFault(value);
  return `${quote(value)} is not absolute; begin it with "/"`;
});

const NO_NAME = "is empty; give it one, or remove the entry";

/** The name of an environment variable. What follows "=" is not shown: it may be a secret in the wrong place. */
export const variableName = leaf<string>((name) => {
  if (name === "") return NO_NAME;
  if (typeof name !== "string" || !name.includes("=")) return textFault(name);
  return `${quote(masked(name))} is not valid; use one without "="`;
});

/** A part of the identity of the container's image, as it is pinned. */
const imagePart = object({
  /** `"tag"`: `1.10`; `"digest"`: `sha256:…`. */
  image: oneOf("tag", "digest"),
});

/** Text, or a part of the identity of the container's image. */
const value = z.union([readableText, imagePart], {
  error: ({ input }) => readableFault(input) ?? 'is not valid; write text, { image: "tag" } or { image: "digest" }',
});
export type Value = z.output<typeof value>;

/** Environment variables of a container. */
export const containerVariables = record(variableName, value).superRefine((variables, context) => {
  for (const [name, value] of Object.entries(variables)) {
    if (typeof value !== "string" || !isAwsSecret(name, value)) continue;
    context.addIssue({ code: "custom", message: secretFault("an AWS access key"), path: [name] });
  }
});

/** Docker labels of a container. */
export const containerLabels = record(
  leaf<string>((name) => (name === "" ? NO_NAME : textFault(name))),
  value,
);
