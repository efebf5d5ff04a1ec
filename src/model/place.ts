import { type z } from "zod";

import { quote } from "../errors";
import { accountId, REGION } from "./arn";
import { accountOfRole, assumeRole } from "./assume-role";
import { isToken, leaf, literal } from "./leaves";
import { problem } from "./problems";
import { state } from "./state";

/** Versions of the AWS provider that have everything the stacks use by default. */
const PROVIDER_VERSIONS = ">= 5.100.0, < 7.0.0";
/** The one that our tests run with. Exact, so that review, plan and apply all use the same, in any checkout. */
export const PROVIDER_VERSION = "5.100.0";

const providerVersion = leaf<string>((version) => {
  const [, major, minor] = /^([0-9]+)\.([0-9]+)\.[0-9]+$/.exec(typeof version === "string" ? version : "") ?? [];
  if (major === undefined) return `${quote(version)} is not an exact version; use one like ${quote(PROVIDER_VERSION)}`;
  if (major === "6" || (major === "5" && Number(minor) >= 100)) return undefined;
  return `${quote(version)} is not supported; use a version ${PROVIDER_VERSIONS}`;
});

/** The version that the bindings are made from: what is new since 5.100.0 is known as it is there. */
const NEW_FEATURES_VERSION = "6.25.0";

/** What is wrong if something needs a newer provider than the one of a place. */
export function providerFault(
  needing: string,
  { providerVersion: version = PROVIDER_VERSION }: Place,
): string | undefined {
  const [, major, minor] = /^([0-9]+)\.([0-9]+)\./.exec(version) ?? [];
  if (major === "6" && Number(minor) >= 25) return undefined;
  return `${needing} needs AWS provider ${NEW_FEATURES_VERSION} or newer, but the environment has ${version}; give it providerVersion: ${quote(NEW_FEATURES_VERSION)}`;
}

/** Where stacks are deployed, and where their state is kept. */
export const PLACE = {
  /** AWS region to deploy to: `us-east-1`. */
  region: literal(REGION),
  /**
   * The only account to deploy to: 12 digits, in quotes. Credentials for any other account are refused before anything
   * changes. Needed if the state is in S3 or HCP Terraform.
   * @default - the account that the credentials belong to
   */
  accountId: accountId.optional(),
  /**
   * A role that Terraform assumes to deploy: of the account that it deploys to. The state has a role of its own:
   * `state.assumeRole`.
   * @default - the credentials that Terraform is started with
   */
  assumeRole: assumeRole.optional(),
  /** Where Terraform keeps its state: in a file, for trying things out, or in S3 or HCP Terraform, for teams and CI. */
  state,
  /**
   * Exact version of the AWS provider, at least 5.100.0 and below 7: `6.25.0`. Going back from 6 to 5 is not supported.
   * @default "5.100.0"
   */
  providerVersion: providerVersion.optional(),
};

/** A place, as the user writes it. */
export interface Place extends z.input<z.ZodObject<typeof PLACE>> {}

/** Checks what only the place as a whole can show. */
export function checkPlace({ state, accountId, assumeRole }: Place, context: z.core.$RefinementCtx): void {
  // States of several accounts may be in one place, and the name of a stack is the same in all of them.
  if (state.backend !== "local" && accountId === undefined) {
    const where = state.backend === "s3" ? "S3" : "HCP Terraform";
    problem(
      context,
      [],
      `accountId is missing; state in ${where} is kept by account, so give its 12 digits, in quotes`,
    );
  }
  const account = assumeRole && accountOfRole(assumeRole);
  if (account === undefined || accountId === undefined || isToken(accountId) || account === accountId) return;
  const fault = `roleArn is a role in account ${account}, but accountId is ${accountId}; correct one of them`;
  problem(context, ["assumeRole"], fault);
}

/** What every stack needs. */
export interface StackProps extends Place {
  /** What the stack is called in `cdktf deploy`: `demo-staging`. */
  readonly stackName: string;
  /** Tags of every resource of the stack. */
  readonly tags: Readonly<Record<string, string>>;
}
