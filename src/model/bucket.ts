import { pattern } from "./leaves";

/** What the name of a bucket looks like, for an expression that begins with it. */
export const BUCKET = "(?![^/]*\\.\\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const BUCKET_NAME = pattern(
  new RegExp(`^${BUCKET}$`),
  'use the name of a bucket: 3 to 63 lower-case letters, digits, "-" or single "."',
);
