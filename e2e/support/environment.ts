/** Variables that would affect Terraform, the AWS provider, CDKTF or the config from outside. */
const INHERITED = /^(AWS_|TF_|CDKTF_|TERRAFORM_)|_IMAGE_TAG$/;

/** Keeps the SDKs, which also read `~/.aws` and ask the metadata service, from whatever is not said to them. */
export const NO_AWS_PROFILE = {
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_EC2_METADATA_DISABLED: "true",
} as const;

/**
 * Makes a process, and what it starts, forget the settings for AWS on this machine, variables and profiles: even a
 * client that is given its endpoint, region and credentials reads the others, such as `AWS_USE_FIPS_ENDPOINT`.
 * @param env @default - of this process
 */
export function forgetAwsSettings(env: NodeJS.ProcessEnv = process.env): void {
  for (const name of Object.keys(env).filter((name) => name.startsWith("AWS_"))) Reflect.deleteProperty(env, name);
  Object.assign(env, NO_AWS_PROFILE);
}

/**
 * The environment of a command that deploys to the local AWS and cannot reach any other: it has only made-up
 * credentials, and reads no profile.
 *
 * @param endpoint of the emulator: `http://127.0.0.1:5555`
 * @param terraformConfig file of `writeTerraformConfig`
 */
export function localAwsEnvironment(
  endpoint: string,
  terraformConfig: string,
  more: NodeJS.ProcessEnv = {},
): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !INHERITED.test(name))),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    ...NO_AWS_PROFILE,
    TF_CLI_CONFIG_FILE: terraformConfig,
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1", // parallel runs of Terraform break a shared cache, and a mirror needs none
    CHECKPOINT_DISABLE: "1",
    CI: "1",
    NO_COLOR: "1",
    FORCE_COLOR: "0",
    ...more,
  };
}
