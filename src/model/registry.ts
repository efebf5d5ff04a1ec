import type { z } from "zod";

import { ECR_REPOSITORY } from "../image";
import { REGION, accountId, kmsKeyArn, regionFault } from "./arn";
import { flag, list, literal, object, oneOf, reference } from "./leaves";
import { PLACE, checkPlace } from "./place";
import { problem } from "./problems";
import { tags } from "./tags";

/** What repositories have in common. */
export const REPOSITORY = {
  /** Whether a tag can be pushed again. @default "MUTABLE" */
  imageTagMutability: oneOf("MUTABLE", "IMMUTABLE").default("MUTABLE"),
  /** Whether ECR looks for known vulnerabilities in each image that is pushed. @default true */
  scanOnPush: flag.default(true),
  /**
   * ARN of the KMS key that encrypts the layers: `arn:aws:kms:REGION:ACCOUNT:key/ID`, a key of the same region. Cannot
   * be changed later.
   * @default - AES256, with keys of Amazon ECR
   */
  kmsKeyArn: kmsKeyArn.optional(),
};

/**
 * A repository in Amazon ECR.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
 */
export const repository = object({
  /** `team/demo`: 2 to 256 lower-case letters and digits, joined by `.`, `_`, `__`, `-` or `/`. */
  name: reference(ECR_REPOSITORY),
  ...REPOSITORY,
});
export interface RepositoryProps extends z.input<typeof repository> {}
export type RepositorySettings = Omit<RepositoryProps, "name">;

/** Where the repositories are that people push images to. */
export const registryConfig = object({
  ...PLACE,
  ...REPOSITORY,
  /**
   * Account that the repositories are in: 12 digits, in quotes. Environments in other accounts pull from it, which the
   * policy of each repository must allow: see docs/ci.md. Needed if the state is in S3 or HCP Terraform.
   * @default - the account that the credentials belong to; every environment must be in that account
   */
  accountId: accountId.optional(),
  /**
   * Names of repositories that exist already and are not ours to create: another team's, or those of a pull-through
   * cache. Services take images from them, but the stack `registry` leaves them alone.
   * @default []
   */
  existing: list(literal(ECR_REPOSITORY), { unique: true }).default([]),
  /**
   * Other regions that ECR replicates the repositories to, by a rule that is not ours to make: `["eu-west-1"]`. Environments
   * there look images up in their own region. See docs/guides/environments.md.
   * @default []
   */
  replicatedTo: list(literal(REGION), { unique: true }).default([]),
  /**
   * Tags of every repository, besides `managed-by`: at most 49. Keys are 1 to 128, and values 1 to 256 letters,
   * digits, spaces or `_.:/=+-@`.
   * @default {}
   */
  tags: tags("managed-by").default({}),
}).superRefine((registry, context) => {
  checkPlace(registry, context);
  const { region, replicatedTo } = registry;
  if (replicatedTo.includes(region)) {
    problem(context, ["replicatedTo"], `${region} is the region of the registry itself; remove it`);
  }
  const fault = regionFault("kmsKeyArn", registry.kmsKeyArn, registry.region);
  if (fault !== undefined) problem(context, [], fault);
});
export interface RegistryConfig extends z.input<typeof registryConfig> {}
