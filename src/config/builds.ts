import { InvalidInputError, alternatives, quote } from "../errors";
import {
  buildVariables,
  isSameBuild,
  namedBuild,
  repositoryOf,
  type Build,
  type BuildVariables,
  type ProcessEnvironment,
} from "../model/build-variables";
import { isSameRepository, type EcrImage } from "../model/image";
import type { PinnedFargateServiceProps } from "../model/service";
import type { ServiceConfig, Surroundings } from "./types";

/**
 * A service in an environment, with the build that the variables of the service name. It replaces the tag and the digest
 * of the first container, and of every other container that runs an image of the same repository.
 * @param props the service with the environment's overrides, and its images in their accounts
 */
export function withNamedBuild(
  service: ServiceConfig,
  props: PinnedFargateServiceProps,
  surroundings: Surroundings,
): PinnedFargateServiceProps {
  const { variables, registry, environment, reject } = surroundings;
  const [first] = props.containers;
  if (!first) return props;
  if (typeof first.image === "string") return keepPinned(service, props, surroundings);
  const { image } = first;
  const { repository, registryId = environment.accountId } = image;
  const source = { repository, accountId: registryId, regions: [...new Set([environment.region, registry.region])] };
  try {
    const build = namedBuild(service.name, source, variables);
    return build ? withBuild(props, image, build) : props;
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    reject(error.message);
    return props;
  }
}

function withBuild(props: PinnedFargateServiceProps, first: EcrImage, build: Build): PinnedFargateServiceProps {
  const moves = (image: string | EcrImage): image is EcrImage =>
    typeof image !== "string" && isSameRepository(image, first);
  const other = props.containers.find(({ image }) => moves(image) && !isSameBuild(image, first));
  if (other) {
    throw new InvalidInputError(
      `CI names one build of repository ${quote(first.repository)}, but container ${quote(other.name)} runs another one than the first container; give them the same tag and digest, or none`,
    );
  }
  const containers = props.containers.map((container) => {
    if (!moves(container.image)) return container;
    const { tag, digest, ...image } = container.image;
    return { ...container, image: { ...image, ...build } };
  });
  return { ...props, containers };
}

/** A build cannot be named for an image that is pinned in the config. */
function keepPinned(
  service: ServiceConfig,
  props: PinnedFargateServiceProps,
  { variables, reject, warn }: Surroundings,
): PinnedFargateServiceProps {
  const { tag, digest, reference } = buildVariables(service.name);
  const variable = [tag, digest, reference].find((name) => variables[name] !== undefined);
  if (variable === undefined) return props;
  const pinned = `${variable} is set, but the image of container ${quote(props.containers[0]?.name)} is pinned`;
  if (typeof service.containers[0]?.image !== "string") warn(`${pinned} for this environment; ${variable} is ignored`);
  else reject(`${pinned} in the config; unset ${variable}, or give the image as { repository, tag }`);
  return props;
}

/**
 * A line for each variable that looks like the build of a service that does not exist: a typo in CI. Many tools have
 * variables that end in `_IMAGE`; of these, only a reference to a repository of the config counts.
 */
export function unknownBuilds(services: readonly ServiceConfig[], variables: ProcessEnvironment): string[] {
  const known = services.map(({ name }) => buildVariables(name));
  const repositories = services.flatMap(({ containers }) =>
    containers.flatMap(({ image }) => (typeof image === "string" ? [] : image.repository)),
  );
  const unknown = (kind: keyof BuildVariables, suffix: string, counts: (value: string) => boolean): string[] => {
    const names = known.map((each) => each[kind]);
    const wayOut = names.length > 0 ? `choose ${alternatives(names)}` : "unset it";
    return Object.entries(variables)
      .filter(([name, value]) => name.endsWith(suffix) && !names.includes(name) && value !== undefined && counts(value))
      .map(([name]) => `warning: ${name} is set, but no service has that name; ${wayOut}`)
      .sort();
  };
  return [
    ...unknown("tag", "_IMAGE_TAG", () => true),
    ...unknown("digest", "_IMAGE_DIGEST", () => true),
    ...unknown("reference", "_IMAGE", (value) => repositories.includes(repositoryOf(value) ?? "")),
  ];
}
