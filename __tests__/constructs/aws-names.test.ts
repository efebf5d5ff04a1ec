import {
  checkAccountId,
  checkBoolean,
  checkEcsName,
  checkKmsKeyArn,
  checkKmsKeyRegion,
  checkOneOf,
  checkWholeNumber,
  isToken,
} from "../../src/constructs/aws-names";
import { emptyStack, variable } from "../support/synthesized-stack";
import { rejection } from "../support/rejection";

const stack = emptyStack();
const text = variable(stack, "text").stringValue;
const number = variable(stack, "number").numberValue;

test("no check looks at a value that only Terraform knows", () => {
  expect(() => {
    checkAccountId("accountId", text);
    checkKmsKeyArn("logKmsKeyArn", text);
    checkKmsKeyRegion("logKmsKeyArn", text, "us-east-1");
    checkKmsKeyRegion("logKmsKeyArn", "arn:aws:kms:us-east-1:123456789012:key/a", text);
    checkEcsName("family", text);
    checkWholeNumber("cpu", number, 1, 2);
    checkOneOf("mode", text, ["a"]);
    checkBoolean("essential", variable(stack, "boolean").booleanValue);
  }).not.toThrow();
});

describe("isToken", () => {
  test.each([
    ["a reference", text],
    ["text around a reference", `a-${text}`],
    ["a number", number],
    ["a list", variable(stack, "list").listValue],
  ])("is true for %s of Terraform", (_, value) => {
    expect(isToken(value)).toBe(true);
  });

  test.each([["a"], ["${var.x}"], [1], [undefined], [["a"]]])("is false for %j", (value) => {
    expect(isToken(value)).toBe(false);
  });
});

describe("checkAccountId", () => {
  test("takes 12 digits, a leading zero too", () => {
    expect(() => checkAccountId("accountId", "012345678901")).not.toThrow();
  });

  test.each([[""], ["12345678901"], ["1234567890123"], ["12345678901x"], [123456789012], [undefined]])(
    "rejects %j",
    (value) => {
      expect(rejection(() => checkAccountId("accountId", value as string))).toBe(
        `accountId ${value === undefined ? "undefined" : JSON.stringify(value)} is not an AWS account id; use 12 digits in quotes`,
      );
    },
  );
});

describe("checkKmsKeyArn", () => {
  test.each([
    "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab",
  ])("takes %s", (arn) => {
    expect(() => checkKmsKeyArn("logKmsKeyArn", arn)).not.toThrow();
  });

  test.each([
    "",
    "1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn:aws:kms:us-east-1:123456789012:alias/logs",
    "arn:aws:kms:us-east-1:12345678901:key/a",
    "arn:aws:s3:us-east-1:123456789012:key/a",
    "arn:aws:kms:us-east-1:123456789012:key/",
    "x arn:aws:kms:us-east-1:123456789012:key/a",
    "arn:aws:kms:us-east-1:123456789012:key/a b",
  ])("rejects %j", (arn) => {
    expect(rejection(() => checkKmsKeyArn("logKmsKeyArn", arn))).toBe(
      `logKmsKeyArn "${arn}" is not the ARN of a KMS key; use arn:aws:kms:REGION:ACCOUNT:key/ID`,
    );
  });
});

describe("checkEcsName", () => {
  test.each(["a", "Web_1-a", "a".repeat(255)])("takes %s", (name) => {
    expect(() => checkEcsName("family", name)).not.toThrow();
  });

  test.each([[""], ["a.b"], ["a/b"], ["a b"], ["é"], [1], [null]])("rejects %j", (name) => {
    expect(rejection(() => checkEcsName("family", name as string))).toBe(
      `family ${JSON.stringify(name)} is not valid; use 1 to 255 letters, digits, "_" or "-"`,
    );
  });
});

describe("checkWholeNumber", () => {
  test.each([-1, 0, 3])("takes %d, which lies in the range", (value) => {
    expect(() => checkWholeNumber("count", value, -1, 3)).not.toThrow();
  });

  test.each([[-2], [4], [0.5], ["1"], [true], [undefined]])("rejects %p", (value) => {
    expect(rejection(() => checkWholeNumber("count", value as number, -1, 3))).toBe(
      `count ${value === undefined ? "undefined" : JSON.stringify(value)} is not valid; use a whole number from -1 to 3`,
    );
  });
});

describe("checkBoolean", () => {
  test.each([true, false])("takes %j", (value) => {
    expect(() => checkBoolean("essential", value)).not.toThrow();
  });

  test.each([
    ["false", '"false"'],
    [0, "0"],
    [null, "null"],
    [undefined, "undefined"],
  ])("rejects %j", (value, shown) => {
    expect(rejection(() => checkBoolean("essential", value))).toBe(
      `essential ${shown} is not valid; use true or false`,
    );
  });
});

describe("checkOneOf", () => {
  test("takes each of the words", () => {
    expect(() => ["a", "b"].forEach((word) => checkOneOf("mode", word, ["a", "b"]))).not.toThrow();
  });

  test.each(["", "A", "a,b"])("rejects %j", (word) => {
    expect(rejection(() => checkOneOf("mode", word, ["a", "b"]))).toBe(`mode "${word}" is not valid; choose a, b`);
  });
});
