import type { z } from "zod";

import { BUCKET } from "./bucket";
import { isToken, list, pattern, reference } from "./leaves";
import { problem } from "./problems";

/** ECS allows that many in a task. */
const MAX_FILES = 10;

/**
 * The ARN of a file in S3 whose lines are `NAME=VALUE`. Its name contains nothing that IAM would treat as a pattern.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html
 */
const environmentFile = reference(
  pattern(
    new RegExp(`^arn:[\\w-]+:s3:::${BUCKET}/[\\w!.'()/=+@,-]*\\.env$`),
    "use the ARN of an object in S3 that ends in .env: arn:aws:s3:::BUCKET/NAME.env",
  ),
);

export const environmentFiles = list(environmentFile, { maximum: MAX_FILES, unique: true });

/** The bucket of a file, if its ARN names it: `arn:aws:s3:::BUCKET`. */
export function bucketOf(file: string): string | undefined {
  const [bucket = "", ...key] = file.split("/");
  return key.length > 0 || !isToken(file) ? bucket : undefined;
}

/** What the containers need together. */
export function checkEnvironmentFiles(
  containers: readonly { readonly environmentFiles: readonly string[] }[],
  context: z.core.$RefinementCtx,
): void {
  const files = containers.flatMap((container) => container.environmentFiles).length;
  if (files <= MAX_FILES) return;
  problem(
    context,
    [],
    `the containers have ${String(files)} environmentFiles in total, but a task may have ${String(MAX_FILES)}; merge some`,
  );
}
