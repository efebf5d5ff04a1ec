import { z } from "zod";

import { list, literal, object, pattern, record, reference } from "./leaves";
import { filledText, text } from "./text";

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
  resources: list(reference(pattern(/^(\*|arn:.+)$/, "use an ARN, or * where the action supports nothing else")), {
    minimum: 1,
  }),
  /** By operator and key: `{ StringEquals: { "aws:ResourceTag/team": "web" } }`. @default - none */
  conditions: record(
    filledText,
    record(filledText, z.union([text, list(text)], { error: "is not text; write it in quotes" })),
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
