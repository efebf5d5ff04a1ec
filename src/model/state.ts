import { z } from "zod";

import { alternatives, quote } from "../errors";
import { REGION, regionFault } from "./arn";
import { assumeRole } from "./assume-role";
import { BUCKET_NAME } from "./bucket";
import { literal, object, pattern } from "./leaves";
import { problem } from "./problems";

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
  bucket: literal(BUCKET_NAME),
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
  /**
   * A role that may read and write the state, if that is not what the credentials of Terraform may do: of the account that
   * the bucket is in.
   * @default - the credentials that Terraform is started with, not the role that the environment is deployed with
   */
  assumeRole: assumeRole.optional(),
}).superRefine(({ region, kmsKeyArn }, context) => {
  const fault = regionFault("kmsKeyArn", kmsKeyArn, region);
  if (fault !== undefined) problem(context, [], fault);
});
/** State in an object of an S3 bucket, locked while it is written, for teams and CI. Needs Terraform 1.10 or newer. */
export interface S3State extends z.input<typeof s3State> {}

const hcpText = (minimum: number, maximum: number, also = "") =>
  literal(
    pattern(
      new RegExp(`^[A-Za-z0-9_${also}-]{${String(minimum)},${String(maximum)}}$`),
      `use ${String(minimum)} to ${String(maximum)} letters, digits, ${also === "" ? "" : "spaces, "}"_" or "-"`,
    ),
  );

/** @see https://developer.hashicorp.com/terraform/language/terraform#terraform-cloud */
const cloudState = object({
  /** Kind of the state. */
  backend: z.literal("cloud"),
  /** Name of the organization, which must exist: 3 to 40 letters, digits, `_` or `-`. */
  organization: hcpText(3, 40),
  /**
   * Names this project, and keeps its workspaces apart from others in the organization: 1 to 40 letters, digits, `_` or
   * `-`. Each stack has the workspace `<prefix>-<accountId>-<region>-<stack>`; what is longer than 90 characters ends in a
   * hash. If you change it later, move the states: see docs/state.md.
   */
  prefix: hcpText(1, 40),
  /**
   * The project that new workspaces are created in, which must exist: 3 to 40 letters, digits, spaces, `_` or `-`.
   * @default - the default project of the organization
   */
  project: hcpText(3, 40, " ").optional(),
  /** Host of a Terraform Enterprise. @default "app.terraform.io" */
  hostname: literal(
    pattern(/^(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?$/, 'use a host name like "terraform.company.net"'),
  ).optional(),
});
/**
 * State in HCP Terraform or Terraform Enterprise. The workspaces must run Terraform locally: see docs/state.md. The token
 * comes from `terraform login` or from a variable such as `TF_TOKEN_app_terraform_io`, never from the config.
 */
export interface CloudState extends z.input<typeof cloudState> {}

const STATES = [localState, s3State, cloudState] as const;
const BACKENDS = alternatives(["local", "s3", "cloud"]);

/** Where Terraform keeps its state. */
export const state = z.discriminatedUnion("backend", STATES, {
  error: ({ input }) => {
    if (typeof input !== "object" || input === null || Array.isArray(input)) {
      return `is ${input === undefined ? "missing" : "not an object"}; write it as { … }`;
    }
    const { backend } = input as { readonly backend?: unknown };
    return `${backend === undefined ? "is missing" : `${quote(backend)} is not valid`}; choose ${BACKENDS}`;
  },
});
export type StateBackend = z.input<typeof state>;
