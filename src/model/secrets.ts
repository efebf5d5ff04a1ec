import { z } from "zod";

import { kmsKeyArn, regionFault, regionOf } from "./arn";
import { isToken, leaf, object, record } from "./leaves";
import { problem } from "./problems";
import { variableName } from "./text";

/** Also names of secrets that AWS services manage, like `rds!cluster-…`. */
const SECRET_NAME = /^[\w/+=.@!-]{1,512}$/;
const SECRET_ARN = /^arn:[\w-]+:secretsmanager:[\w-]+:[0-9]{12}:secret:(.+)$/;
/** What Secrets Manager appends to the name in an ARN. */
const SUFFIX = /-[A-Za-z0-9]{6}$/;

/**
 * A secret in Secrets Manager, by its name or its ARN. The permission to read it is for its whole ARN, so ECS would be
 * refused one that is named by a part of it.
 */
const secretsManager = leaf<string>((value) => {
  if (typeof value !== "string") return `is ${value === undefined ? "missing" : "not text"}; ${SECRET_HINT}`;
  if (isToken(value)) return undefined;
  const [, name = value] = SECRET_ARN.exec(value) ?? [];
  if (name !== value && name.includes(":")) {
    return "has a JSON key or a version after the ARN; write them as key, versionStage or versionId";
  }
  if (!SECRET_NAME.test(name)) return `is not valid; ${SECRET_HINT}`;
  if (name === value || SUFFIX.test(name)) return undefined;
  return 'is an ARN without its last 7 characters, "-" and 6 random ones; add them, or write the name alone';
});

const SECRET_HINT =
  'use the ARN of a secret in Secrets Manager, or its name: 1 to 512 letters, digits or "/_+=.@!-", not a value';

const PARAMETER = /^((?!\/aws\/)(\/[\w.-]+){1,15}|[\w.-]+|arn:[\w-]+:ssm:[\w-]+:[0-9]{12}:parameter\/[\w./-]+)$/;

/** A parameter of one's own, by its name or its ARN, without a version. */
const ssmParameter = leaf<string>((value) => {
  if (typeof value === "string" && (isToken(value) || PARAMETER.test(value))) return undefined;
  return `is not valid; use the ARN of a parameter of your own, or its name: letters, digits or "_.-", like "/shop/token", not a value`;
});

/** A secret is encrypted with a key in its own region, which its ARN tells. */
function checkKey(source: string, { kmsKeyArn }: { kmsKeyArn?: string }, context: z.core.$RefinementCtx): void {
  const region = regionOf(source);
  const fault = region === undefined ? undefined : regionFault("kmsKeyArn", kmsKeyArn, region);
  if (fault !== undefined) problem(context, [], fault);
}

/** A part of `valueFrom`. It is not shown: it may be a secret in the wrong place. */
function versionPart(expression: RegExp, hint: string): z.ZodType<string, string> {
  return leaf((value) =>
    typeof value === "string" && !isToken(value) && expression.test(value) ? undefined : `is not valid; ${hint}`,
  );
}

/** The right to use the key that the secret is encrypted with. */
const DECRYPTION = {
  /**
   * ARN of the KMS key that the secret is encrypted with, in the region of the secret: `arn:aws:kms:REGION:ACCOUNT:key/ID`.
   * The execution role then may decrypt with it. Needed for a key of your own; a secret of another account always has one.
   * @default - the key that AWS manages, for which nothing is needed
   */
  kmsKeyArn: kmsKeyArn.optional(),
};

/**
 * User name and password of a registry that is not Amazon ECR: a secret in Secrets Manager that is a JSON object,
 * `{"username": "…", "password": "…"}`. ECS reads the secret as a whole.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html
 */
export const repositoryCredentials = object({
  /**
   * Name of the secret, in the account and region of the service: it is looked up when the plan is made. Or its ARN,
   * with the 6 random characters at its end, or a reference to that: also for another region or account.
   */
  secretsManager,
  ...DECRYPTION,
}).superRefine((secret, context) => checkKey(secret.secretsManager, secret, context));
export interface RepositoryCredentials extends z.input<typeof repositoryCredentials> {}

/**
 * A secret in Secrets Manager, or a part of it.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export const secretsManagerSecret = object({
  ...repositoryCredentials.shape,
  /** Key of the JSON object that the secret is: `password`. Anything but `:`. @default - the whole secret */
  key: versionPart(/^[^:\p{Cc}\p{Cs}]+$/u, 'use the key of a JSON object, without ":"').optional(),
  /** Label of the version: `AWSPREVIOUS`, at most 256 characters. Excludes `versionId`. @default - `AWSCURRENT` */
  versionStage: versionPart(/^[\w/+=.@!-]{1,256}$/, 'use the label of a version, like "AWSPREVIOUS"').optional(),
  /** Id of the version: 32 to 64 letters, digits or `-`. Excludes `versionStage`. @default - by `versionStage` */
  versionId: versionPart(/^[A-Za-z0-9-]{32,64}$/, "use the id of a version: 32 to 64 letters, digits or -").optional(),
}).superRefine((secret, context) => {
  checkKey(secret.secretsManager, secret, context);
  if (secret.versionStage === undefined || secret.versionId === undefined) return;
  problem(context, [], "versionStage and versionId exclude each other; remove one");
});
export interface SecretsManagerSecret extends z.input<typeof secretsManagerSecret> {}

/**
 * A parameter in SSM Parameter Store.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html
 */
export const ssmParameterSecret = object({
  /**
   * Name of the parameter, in the account and region of the service: `/shop/token`. It is not looked up, because Terraform
   * would keep its value in the state: a wrong name fails the first task. Or its ARN, or a reference to that: also for
   * another region or account.
   */
  ssmParameter,
  ...DECRYPTION,
}).superRefine((secret, context) => checkKey(secret.ssmParameter, secret, context));
export interface SsmParameterSecret extends z.input<typeof ssmParameterSecret> {}

/** Where ECS reads a value from when it starts a container: the value itself stands nowhere here. */
export const secret = z.union([secretsManagerSecret, ssmParameterSecret], {
  error: ({ input }) => {
    const isObject = typeof input === "object" && input !== null && !Array.isArray(input);
    return `${isObject ? "is not a secret" : "is not an object"}; write { secretsManager: "NAME" } or { ssmParameter: "NAME" }`;
  },
});
export type Secret = z.input<typeof secret>;
export type ParsedSecret = z.output<typeof secret>;

/** Secrets by the name of the environment variable that gets the value. */
export const containerSecrets = record(variableName, secret);

/** Whether one secret is in Secrets Manager and the other is a parameter: one then replaces the other as a whole. */
export function areSecretsOfTwoKinds(one: object, other: object): boolean {
  return ("secretsManager" in one && "ssmParameter" in other) || ("ssmParameter" in one && "secretsManager" in other);
}
