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
import type { ContainerProps } from "../model/container";
import { inEcr, isSameRepository, type EcrImage } from "../model/image";
import type { WithContainers } from "./repositories";
import type { Config, Surroundings } from "./types";

/** Whose variables name a build, and of which image. */
export interface BuildOwner {
  /** Name of the service, or of a job that belongs to none. */
  readonly name: string;
  /** Its first container, in its environment. */
  readonly container: ContainerProps | undefined;
  /** Whether that container's image is pinned before any override. */
  readonly isPinned: boolean;
}

/**
 * What runs in an environment, with the build that the variables of its owner name. It replaces the tag and the digest of
 * every container that runs an image of the same repository as the first container of the owner.
 * @param props with the environment's overrides, and the images in their accounts
 */
export function withNamedBuild<T extends WithContainers>(owner: BuildOwner, props: T, surroundings: Surroundings): T {
  const { variables, registry, environment, reject } = surroundings;
  if (!owner.container) return props;
  const { image } = owner.container;
  if (typeof image === "string") return keepPinned(owner, props, surroundings);
  const { repository, registryId = environment.accountId } = image;
  const source = { repository, accountId: registryId, regions: [...new Set([environment.region, registry.region])] };
  try {
    const build = namedBuild(owner.name, source, variables);
    return build ? withBuild(props, image, build) : props;
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    reject(error.message);
    return props;
  }
}

function withBuild<T extends WithContainers>(props: T, first: EcrImage, build: Build): T {
  const other = props.containers.find(({ image }) => isSameRepository(image, first) && !isSameBuild(image, first));
  if (other) {
    throw new InvalidInputError(
      `CI names one build of repository ${quote(first.repository)}, but container ${quote(other.name)} runs another one than the first container; give them the same tag and digest, or none`,
    );
  }
  const containers = props.containers.map((container) => {
    if (!isSameRepository(container.image, first)) return container;
    const { tag, digest, ...image } = container.image;
    return { ...container, image: { ...image, ...build } };
  });
  return { ...props, containers };
}

/** A build cannot be named for an image that is pinned in the config. */
function keepPinned<T>(
  { name, container, isPinned }: BuildOwner,
  props: T,
  { variables, reject, warn }: Surroundings,
): T {
  const { tag, digest, reference } = buildVariables(name);
  const variable = [tag, digest, reference].find((each) => variables[each] !== undefined);
  if (variable === undefined) return props;
  const pinned = `${variable} is set, but the image of container ${quote(container?.name)} is pinned`;
  if (!isPinned) warn(`${pinned} for this environment; ${variable} is ignored`);
  else reject(`${pinned} in the config; unset ${variable}, or give the image as { repository, tag }`);
  return props;
}

/**
 * A line for each variable that looks like the build of a service or job that does not exist: a typo in CI. Many tools have
 * variables that end in `_IMAGE`; of these, only a reference to a repository of the config counts.
 */
export function unknownBuilds({ services, jobs = [] }: Config, variables: ProcessEnvironment): string[] {
  const owners = [...services, ...jobs.filter(({ service }) => service === undefined)];
  const known = owners.map(({ name }) => buildVariables(name));
  const repositories = owners.flatMap(({ containers }) => inEcr(containers).map(({ image }) => image.repository));
  const unknown = (kind: keyof BuildVariables, suffix: string, counts: (value: string) => boolean): string[] => {
    const names = known.map((each) => each[kind]);
    const wayOut = names.length > 0 ? `choose ${alternatives(names)}` : "unset it";
    return Object.entries(variables)
      .filter(([name, value]) => name.endsWith(suffix) && !names.includes(name) && value !== undefined && counts(value))
      .map(([name]) => `warning: ${name} is set, but no service or job has that name; ${wayOut}`)
      .sort();
  };
  return [
    ...unknown("tag", "_IMAGE_TAG", () => true),
    ...unknown("digest", "_IMAGE_DIGEST", () => true),
    ...unknown("reference", "_IMAGE", (value) => repositories.includes(repositoryOf(value) ?? "")),
  ];
}
