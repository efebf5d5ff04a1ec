import { Token } from "cdktf";

import { InvalidInputError, quote } from "../errors";

/**
 * Checks an AWS account id: 12 digits, as a string, since a leading zero counts.
 * @throws InvalidInputError naming the property and the value
 */
export function checkAccountId(property: string, accountId: string): void {
  if (isToken(accountId) || (typeof accountId === "string" && /^[0-9]{12}$/.test(accountId))) return;
  throw new InvalidInputError(`${property} ${quote(accountId)} is not an AWS account id; use 12 digits in quotes`);
}

/**
 * Checks the ARN of a KMS key: an alias or a bare id works in some services only.
 * @throws InvalidInputError naming the property and the value
 */
export function checkKmsKeyArn(property: string, arn: string): void {
  if (isToken(arn) || /^arn:[\w-]+:kms:[\w-]+:[0-9]{12}:key\/[\w-]+$/.test(arn)) return;
  throw new InvalidInputError(
    `${property} ${quote(arn)} is not the ARN of a KMS key; use arn:aws:kms:REGION:ACCOUNT:key/ID`,
  );
}

/**
 * Checks the ARN of a KMS key, and that the key is of the region that it is needed in.
 * @throws InvalidInputError naming the property, and the value or both regions
 */
export function checkKmsKeyRegion(property: string, arn: string, region: string): void {
  checkKmsKeyArn(property, arn);
  if ([arn, region].some(isToken)) return;
  const [, , , keyRegion = ""] = arn.split(":");
  if (keyRegion === region) return;
  throw new InvalidInputError(`${property} is a key of ${keyRegion}; use one of ${region}, where it is needed`);
}

/**
 * Checks the name of a family, service, cluster or container.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 * @throws InvalidInputError naming what it is for and the value
 */
export function checkEcsName(what: string, name: string): void {
  if (isToken(name) || (typeof name === "string" && /^[A-Za-z0-9_-]{1,255}$/.test(name))) return;
  throw new InvalidInputError(`${what} ${quote(name)} is not valid; use 1 to 255 letters, digits, "_" or "-"`);
}

/**
 * Checks a whole number that lies in a range, both ends included.
 * @throws InvalidInputError naming the property, the value and the range
 */
export function checkWholeNumber(property: string, value: number, minimum: number, maximum: number): void {
  if (isToken(value) || (Number.isInteger(value) && value >= minimum && value <= maximum)) return;
  throw new InvalidInputError(
    `${property} ${quote(value)} is not valid; use a whole number from ${String(minimum)} to ${String(maximum)}`,
  );
}

/**
 * Checks one of a few words that the compiler did not see.
 * @throws InvalidInputError naming the property, the value and the words
 */
export function checkOneOf(property: string, value: string, words: readonly string[]): void {
  if (isToken(value) || words.includes(value)) return;
  throw new InvalidInputError(`${property} ${quote(value)} is not valid; choose ${words.join(", ")}`);
}

/**
 * Checks a boolean: the text "false" would count as true.
 * @throws InvalidInputError naming the property and the value
 */
export function checkBoolean(property: string, value: unknown): void {
  if (isToken(value) || typeof value === "boolean") return;
  throw new InvalidInputError(`${property} ${quote(value)} is not valid; use true or false`);
}

/** Whether a value is only known to Terraform, and so cannot be checked here. */
export function isToken(value: unknown): boolean {
  return Token.isUnresolved(value);
}
