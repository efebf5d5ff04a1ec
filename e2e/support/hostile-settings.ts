import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Settings for AWS such as a machine may have, none of which is meant for the local AWS. */
export interface HostileSettings {
  readonly env: NodeJS.ProcessEnv;
  /** Whether somebody asked the machine's profile for credentials. */
  credentialsAsked(): boolean;
}

/** Makes a home directory whose profiles lead elsewhere, and variables that do so too. */
export function hostileSettings(folder: string): HostileSettings {
  const home = join(folder, "home");
  const asked = join(folder, "credentials-asked");
  mkdirSync(join(home, ".aws"), { recursive: true });
  const settings = `region = mars-north-1
endpoint_url = http://127.0.0.1:1
use_fips_endpoint = true
use_dualstack_endpoint = true
credential_process = /bin/sh -c "touch '${asked}'"
`;
  writeFileSync(join(home, ".aws", "config"), `[default]\n${settings}\n[profile work]\n${settings}`);
  writeFileSync(join(home, ".aws", "credentials"), "[default\nthis is no INI file\n");
  return {
    env: {
      HOME: home,
      AWS_PROFILE: "work",
      AWS_REGION: "mars-south-1",
      AWS_DEFAULT_REGION: "mars-south-1",
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_ENDPOINT_URL_ECR: "http://127.0.0.1:1",
      AWS_USE_FIPS_ENDPOINT: "true",
      AWS_USE_DUALSTACK_ENDPOINT: "true",
      AWS_CA_BUNDLE: join(home, "missing.pem"),
      AWS_SESSION_TOKEN: "expired",
      MOTO_ACCOUNT_ID: "999999999999",
    },
    credentialsAsked: () => existsSync(asked),
  };
}
