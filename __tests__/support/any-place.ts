import fc from "fast-check";

import type { EnvironmentConfig } from "../../src/config";

type State = EnvironmentConfig["state"];
type AssumeRole = NonNullable<EnvironmentConfig["assumeRole"]>;

/** A role of an account. */
export const assumeRole = (account: string): fc.Arbitrary<AssumeRole> =>
  fc.record(
    {
      roleArn: fc.constantFrom(`arn:aws:iam::${account}:role/deploy`, `arn:aws:iam::${account}:role/ci/a+b`),
      externalId: fc.constantFrom("team-web", "a:b/c=@"),
      sessionName: fc.constantFrom("ci", "a@b"),
      duration: fc.constantFrom("15m", "1h30m", "12h"),
    },
    { requiredKeys: ["roleArn"] },
  );

/** A state in HCP Terraform. */
export const cloudState: fc.Arbitrary<State> = fc.record(
  {
    backend: fc.constant("cloud" as const),
    organization: fc.constantFrom("web", "team_web-1"),
    prefix: fc.constantFrom("shop", "a".repeat(40)),
    project: fc.constant("Web shop"),
    hostname: fc.constant("terraform.company.net"),
  },
  { requiredKeys: ["backend", "organization", "prefix"] },
);
