import { Token } from "cdktf";
import type { z } from "zod";

import { quote } from "../../src/errors";
import { isToken } from "../../src/model/leaves";
import { problemsOf } from "../../src/model/problems";
import { ONE_LINE } from "./rejection";

/** Values that only Terraform knows. */
export const REFERENCE = Token.asString({ value: "text" });
export const NUMBER_REFERENCE = Token.asNumber({ value: "number" });
export const LIST_REFERENCE = Token.asList({ value: "list" });

/** The problems of a value, a line each; what it belongs to is called `it`. */
export function lines(schema: z.ZodType, value: unknown): string[] {
  const found = problemsOf(schema, value, "it");
  found.forEach((line) => expect(line).toMatch(ONE_LINE));
  return found;
}

/** What a property may be, what it may not be, and the way out that the problem names. */
export type PropertyCase = readonly [
  property: string,
  accepted: readonly unknown[],
  rejected: readonly unknown[],
  wayOut: string,
];

/** What is said of a value that a leaf does not accept. */
export function faultOf(value: unknown): string {
  if (isToken(value)) return "is a reference, whose value only Terraform knows";
  if (typeof value === "object" && value !== null) return `is ${Array.isArray(value) ? "a list" : "an object"}`;
  return `${quote(value)} is not valid`;
}

/** Tests a property in each line; `valid` has every other property that is needed. */
export function describeProperties(schema: z.ZodType, valid: object, cases: readonly PropertyCase[]): void {
  describe.each(cases)("%s", (property, accepted, rejected, wayOut) => {
    for (const value of accepted) {
      test(`accepts ${quote(value)}`, () => expect(lines(schema, { ...valid, [property]: value })).toEqual([]));
    }
    for (const value of rejected) {
      test(`rejects ${quote(value)}`, () =>
        expect(lines(schema, { ...valid, [property]: value })).toEqual([
          `it: ${property} ${faultOf(value)}; ${wayOut}`,
        ]));
    }
  });
}
