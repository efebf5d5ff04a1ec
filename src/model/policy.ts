import { z } from "zod";

import { list, literal, object, pattern, record, reference } from "./leaves";
import { filledText, text } from "./text";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATOR = literal(
  pattern(
    /^((ForAllValues|ForAnyValue):)?((String(Not)?(Equals(IgnoreCase)?|Like)|(Numeric|Date)((Not)?Equals|(Less|Greater)Than(Equals)?)|Arn(Not)?(Equals|Like)|(Not)?IpAddress|Bool|BinaryEquals)(IfExists)?|Null)$/,
    'use an operator of IAM like "StringEquals"',
  ),
);

/** IAM allows no other characters in a policy. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
function ofPolicy(text: z.ZodType<string, string>): z.ZodType<string, string> {
  return text.refine((value) => /^[\t\n\r\u0020-\u00ff]*$/.test(value), {
    error: "has a character that IAM allows in no policy; use those up to U+00FF (ÿ)",
  });
}

const conditionValue = ofPolicy(text);

/**
 * One statement of an IAM policy that allows something.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export const policyStatement = object({
  /** At least one: `sqs:ReceiveMessage`. */
  actions: list(literal(pattern(/^[a-z0-9-]+:[A-Za-z0-9*?]+$/, 'use an action like "sqs:ReceiveMessage"')), {
    minimum: 1,
  }),
  /** At least one ARN; `*` only where the action does not support resource-level permissions. */
  resources: list(
    ofPolicy(reference(pattern(/^(\*|arn:.+)$/, "use an ARN, or * where the action supports nothing else"))),
    { minimum: 1 },
  ),
  /** By operator and key: `{ StringEquals: { "aws:ResourceTag/team": "web" } }`. @default - none */
  conditions: record(
    OPERATOR,
    record(
      ofPolicy(filledText),
      z.union([conditionValue, list(conditionValue)], {
        error: ({ input }) =>
          typeof input === "string"
            ? conditionValue.safeParse(input).error?.issues[0]?.message
            : "is not text; write it in quotes",
      }),
    ),
  ).optional(),
});
export interface PolicyStatement extends z.input<typeof policyStatement> {}

/** The ARN of a managed policy. */
export const managedPolicyArn = reference(
  pattern(
    /^arn:[\w-]+:iam::(aws|[0-9]{12}):policy\/[\w+=,.@/-]+$/,
    "use the ARN of a managed policy: arn:aws:iam::aws:policy/NAME",
  ),
);
