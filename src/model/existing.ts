import type { z } from "zod";

import { ROLE_ARN } from "./arn";
import { object, pattern, reference } from "./leaves";
import { logGroupName } from "./logging";
import { ROLE_NAME, type taskNames } from "./names";
import { problem } from "./problems";

/** A role that exists, by its name or its ARN. */
const role = reference(
  pattern(
    new RegExp(`${ROLE_NAME.source}|${ROLE_ARN.source}`),
    'use the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME, or its name: 1 to 64 letters, digits or "_+=,.@-"',
  ),
);

/** What exists already, is used as it is, and is neither changed nor deleted. */
export const existing = object({
  /**
   * Execution role: its name, which is looked up, or its ARN, which is not. A reference must be to the ARN. It must let
   * ECS pull the images, write to the log group and read the secrets.
   * @default - a role of the service's own
   */
  executionRole: role.optional(),
  /**
   * Task role: its name, which is looked up, or its ARN, which is not. A reference must be to the ARN.
   * @default - a role of the service's own
   */
  taskRole: role.optional(),
  /** CloudWatch Logs group: its name. How long it keeps logs, and with which key, is not changed. @default - its own */
  logGroup: logGroupName.optional(),
});
export type Existing = z.output<typeof existing>;

/** What the checks below look at. */
interface Checked {
  readonly names?: z.output<typeof taskNames>;
  readonly existing?: Existing;
  readonly taskRole?: object;
  readonly executionRole?: object;
  readonly logRetentionDays?: number;
  readonly logKmsKeyArn?: string;
}

/** What is taken as it is cannot be named or changed too. */
export function checkExisting(task: Checked, context: z.core.$RefinementCtx): void {
  const { existing = {}, names = {} } = task;
  const reject = (path: readonly string[], property: keyof Existing, wayOut: string): void => {
    problem(context, path, `existing.${property} is used as it is; ${wayOut}, or remove existing.${property}`);
  };
  for (const property of ["executionRole", "taskRole", "logGroup"] as const) {
    if (existing[property] !== undefined && names[property] !== undefined) {
      reject(["names", property], property, "remove this name");
    }
  }
  for (const property of ["executionRole", "taskRole"] as const) {
    if (existing[property] !== undefined && task[property] !== undefined) {
      reject([property], property, "remove this, and allow it where that role is managed");
    }
  }
  for (const property of ["logRetentionDays", "logKmsKeyArn"] as const) {
    if (existing.logGroup !== undefined && task[property] !== undefined) {
      reject([property], "logGroup", "remove this, and set it where that log group is managed");
    }
  }
}
