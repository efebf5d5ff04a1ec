import type { z } from "zod";

import { ROLE, ROLE_ARN } from "./arn";
import { literal, object, pattern } from "./leaves";

const SECONDS = { h: 3600, m: 60, s: 1 } as const;

function secondsOf(duration: string): number {
  const parts = duration.matchAll(/(\d+)([hms])/g);
  return [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * SECONDS[unit as keyof typeof SECONDS], 0);
}

/**
 * A role that Terraform assumes with the credentials that it is started with.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const assumeRole = object({
  /** ARN of the role: `arn:aws:iam::ACCOUNT:role/NAME`. */
  roleArn: literal(ROLE),
  /**
   * What the trust policy of the role asks for as `sts:ExternalId`: 2 to 1224 letters, digits or `_+=,.@:/-`. AWS does
   * not treat it as a secret, and neither do we: it stands in the synthesized JSON.
   * @default - none is sent
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html
   */
  externalId: literal(
    pattern(/^[\w+=,.@:/-]{2,1224}$/, 'use 2 to 1224 letters, digits or "_+=,.@:/-", without spaces'),
  ).optional(),
  /**
   * Who CloudTrail says it was: 2 to 64 letters, digits or `_+=,.@-`.
   * @default - a name that the AWS SDK makes up for each session
   */
  sessionName: literal(pattern(/^[\w+=,.@-]{2,64}$/, 'use 2 to 64 letters, digits or "_+=,.@-"')).optional(),
  /**
   * How long the credentials are valid before Terraform renews them: `"15m"` to `"12h"`, in hours, minutes and seconds. At
   * most an hour if the credentials that it is started with are those of a role too, as they are in most CI systems.
   * @default - the AWS SDK decides
   */
  duration: literal({
    accepts: (duration) =>
      /^(?=.)(\d{1,2}h)?(\d{1,3}m)?(\d{1,5}s)?$/.test(duration) &&
      secondsOf(duration) >= 900 &&
      secondsOf(duration) <= 43_200,
    hint: 'use 15 minutes to 12 hours, like "15m", "1h" or "1h30m"',
  }).optional(),
});
export interface AssumeRole extends z.input<typeof assumeRole> {}

/** The account that a role belongs to, and so do the credentials that it gives. */
export function accountOfRole({ roleArn }: AssumeRole): string | undefined {
  return ROLE_ARN.exec(roleArn)?.[1];
}
