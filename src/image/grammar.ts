/**
 * The parts of an image reference, as the OCI distribution specification defines them.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
const COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const REPOSITORY_PATH = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const HOST =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*(?::[0-9]{1,5})?$/;

/** A part of a reference: what it must look like, and what to say if it does not. */
export interface Rule {
  readonly accepts: (text: string) => boolean;
  readonly hint: string;
}

/** A letter, digit or underscore, then up to 127 letters, digits, `_`, `.` or `-`. */
export const TAG: Rule = {
  accepts: (text) => /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(text),
  hint: 'use 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"',
};

/** `sha256:` and 64 lower-case hexadecimal digits. */
export const DIGEST: Rule = {
  accepts: (text) => /^sha256:[0-9a-f]{64}$/.test(text),
  hint: 'use "sha256:" and 64 lower-case hexadecimal digits',
};

const COMPONENTS = 'use lower-case letters and digits, joined by ".", "_", "__", "-" or "/"';

/** A repository path in any registry: lower-case components joined by `/`, at most 255 characters. */
export const REPOSITORY: Rule = {
  accepts: (text) => text.length <= 255 && REPOSITORY_PATH.test(text),
  hint: `${COMPONENTS}, at most 255 characters`,
};

/**
 * The name of an Amazon ECR repository: a repository path of 2 to 256 characters, without the registry host.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
 */
export const ECR_REPOSITORY: Rule = {
  accepts: (text) =>
    text.length >= 2 && text.length <= 256 && REPOSITORY_PATH.test(text) && !isPrivateEcr(text.split("/")[0] ?? ""),
  hint: `${COMPONENTS}, 2 to 256 characters, without the registry host (registryId names another account)`,
};

/** A registry host: `public.ecr.aws`, `localhost:5000`. */
export const REGISTRY: Rule = {
  accepts: (text) => HOST.test(text),
  hint: "use a host name with an optional port",
};

/** Whether a registry host is a private registry in Amazon ECR: `123456789012.dkr.ecr.us-east-1.amazonaws.com`. */
export function isPrivateEcr(registry: string): boolean {
  return /^[0-9]{12}\.dkr[.-]ecr[.-]/.test(registry);
}

/** Account and region of a private registry in Amazon ECR; `undefined` for any other registry. */
export function placeOfEcr(registry: string): { readonly accountId: string; readonly region: string } | undefined {
  const [, accountId, region] = /^([0-9]{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\./.exec(registry) ?? [];
  return accountId === undefined || region === undefined ? undefined : { accountId, region };
}
