import { z } from "zod";

import { quote } from "../errors";
import { accountId, keyRegionFault, REGION } from "./arn";
import { leaf, literal, object, pattern } from "./leaves";
import { problem } from "./problems";

/** Versions of the AWS provider that have everything the stacks use by default. */
const PROVIDER_VERSIONS = ">= 5.100.0, < 7.0.0";
/** The one that our tests run with. Exact, so that review, plan and apply all use the same, in any checkout. */
export const PROVIDER_VERSION = "5.100.0";

const localState = object({
  /** Kind of the state. */
  backend: z.literal("local"),
});
/** State in a file in `.terraform-state` next to `cdktf.json`, for trying things out. */
export interface LocalState extends z.input<typeof localState> {}

/** Not `.` or `..`, which many tools treat as a folder. */
const PREFIX_PART = /^(?!\.{1,2}$)[\w!.*'()-]+$/;

/**
 * Stricter than for resources: the backend of Terraform checks the id.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN
 */
const STATE_KEY = pattern(
  /^arn:[\w-]+:kms:[\w-]+:[0-9]{12}:key\/([a-f0-9]{8}-[a-f0-9]{4}-[1-5][a-f0-9]{3}-[ab89][a-f0-9]{3}-[a-f0-9]{12}|mrk-[a-f0-9]{32})$/,
  "use the ARN of a KMS key, with its whole id: arn:aws:kms:REGION:ACCOUNT:key/ID",
);

const s3State = object({
  /** Kind of the state. */
  backend: z.literal("s3"),
  /**
   * Name of the bucket, which must exist: 3 to 63 lower-case letters, digits, `-` or single `.`, beginning and ending
   * with a letter or digit. The key of the state is `<prefix>/<accountId>/<region>/<stack>.tfstate`.
   */
  bucket: literal(
    pattern(
      /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      'use 3 to 63 lower-case letters, digits, "-" or single "."',
    ),
  ),
  /**
   * Names this project, and keeps its states apart from those of other projects in the bucket: at most 512 letters,
   * digits or `!-_.*'()`, with single `/` between them. If you change it later, move the states: see docs/state.md.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
   */
  prefix: literal({
    accepts: (prefix) => prefix.length <= 512 && prefix.split("/").every((part) => PREFIX_PART.test(part)),
    hint: `name this project, with at most 512 letters, digits or "!-_.*'()", and single "/" between them`,
  }),
  /** AWS region of the bucket: `us-east-1`. */
  region: literal(REGION),
  /**
   * ARN of the KMS key that encrypts the state: `arn:aws:kms:REGION:ACCOUNT:key/ID`, a key in the region of the bucket,
   * whose id is a UUID or begins with `mrk-`.
   * @default - the bucket decides, by its default encryption
   */
  kmsKeyArn: literal(STATE_KEY).optional(),
}).superRefine(({ region, kmsKeyArn }, context) => {
  const fault = keyRegionFault("kmsKeyArn", kmsKeyArn, region);
  if (fault !== undefined) problem(context, [], fault);
});
/** State in an object of an S3 bucket, locked while it is written, for teams and CI. Needs Terraform 1.10 or newer. */
export interface S3State extends z.input<typeof s3State> {}

/** Where Terraform keeps its state. */
export const state = z.discriminatedUnion("backend", [localState, s3State], {
  error: ({ input }) => {
    if (typeof input !== "object" || input === null || Array.isArray(input)) {
      return `is ${input === undefined ? "missing" : "not an object"}; write it as { … }`;
    }
    const { backend } = input as { readonly backend?: unknown };
    return `${backend === undefined ? "is missing" : `${quote(backend)} is not valid`}; choose local or s3`;
  },
});
export type StateBackend = z.input<typeof state>;

const providerVersion = leaf<string>((version) => {
  const [, major, minor] = /^([0-9]+)\.([0-9]+)\.[0-9]+$/.exec(typeof version === "string" ? version : "") ?? [];
  if (major === undefined) return `${quote(version)} is not an exact version; use one like ${quote(PROVIDER_VERSION)}`;
  if (major === "6" || (major === "5" && Number(minor) >= 100)) return undefined;
  return `${quote(version)} is not supported; use a version ${PROVIDER_VERSIONS}`;
});

/** Where stacks are deployed, and where their state is kept. */
export const PLACE = {
  /** AWS region to deploy to: `us-east-1`. */
  region: literal(REGION),
  /**
   * The only account to deploy to: 12 digits, in quotes. Credentials for any other account are refused before anything
   * changes. Needed if the state is in S3.
   * @default - the account that the credentials belong to
   */
  accountId: accountId.optional(),
  /** Where Terraform keeps its state: in a file, for trying things out, or in S3, for teams and CI. */
  state,
  /**
   * Exact version of the AWS provider, at least 5.100.0 and below 7: `6.25.0`. Going back from 6 to 5 is not supported.
   * @default "5.100.0"
   */
  providerVersion: providerVersion.optional(),
};

/** A place, as the user writes it. */
export interface Place extends z.input<z.ZodObject<typeof PLACE>> {}

/** States of several accounts may be in one bucket, and the name of a stack is the same in all of them. */
export function checkState({ state, accountId }: Place, context: z.core.$RefinementCtx): void {
  if (state.backend === "s3" && accountId === undefined) {
    problem(context, [], "accountId is missing; state in S3 is kept by account, so give its 12 digits, in quotes");
  }
}

/** What every stack needs. */
export interface StackProps extends Place {
  /** What the stack is called in `cdktf deploy`: `demo-staging`. */
  readonly stackName: string;
  /** Tags of every resource of the stack. */
  readonly tags: Readonly<Record<string, string>>;
}
