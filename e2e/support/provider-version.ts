import { PROVIDER_VERSION } from "../../src/model/place";

/** `ECS_PIN_PROVIDER_VERSION=6.25.0 npm run test:e2e` tells all stories with another version of the AWS provider. */
export function chosenProviderVersion(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const version = env["ECS_PIN_PROVIDER_VERSION"];
  return version === "" ? undefined : version;
}

/** The version of the AWS provider that Terraform gets: the one that stacks name, unless another is chosen. */
export function providerVersion(env: NodeJS.ProcessEnv = process.env): string {
  return chosenProviderVersion(env) ?? PROVIDER_VERSION;
}
