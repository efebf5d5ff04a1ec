import { alternatives, quote } from "../errors";
import { imageTag } from "../model/image";
import { problemsOf } from "../model/problems";
import type { PinnedFargateServiceProps } from "../model/service";
import type { ServiceConfig } from "./types";

/** The variables of a process. */
export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

const SUFFIX = "_IMAGE_TAG";

/** `DEMO_IMAGE_TAG` for `demo`, `ORDER_API_IMAGE_TAG` for `order-api`. */
export function imageTagVariable(service: string): string {
  return service.toUpperCase().replaceAll("-", "_") + SUFFIX;
}

/** Where a line goes. */
interface Listener {
  /** A tag that is not valid, or one for a service whose first image is pinned already. */
  readonly reject: (line: string) => void;
  /** A tag for an environment in which the first image is pinned already; that image is kept. */
  readonly warn: (line: string) => void;
}

/**
 * A service in an environment, with the tag of its first container from `<SERVICE>_IMAGE_TAG`, if that is set.
 * @param props the service with the environment's overrides
 */
export function withImageTag(
  service: ServiceConfig,
  props: PinnedFargateServiceProps,
  variables: ProcessEnvironment,
  { reject, warn }: Listener,
): PinnedFargateServiceProps {
  const variable = imageTagVariable(service.name);
  const tag = variables[variable];
  const [first, ...others] = props.containers;
  if (tag === undefined || !first) return props;
  if (typeof first.image !== "string") {
    const problems = problemsOf(imageTag, tag, variable);
    problems.forEach(reject);
    return problems.length > 0
      ? props
      : { ...props, containers: [{ ...first, image: { ...first.image, tag } }, ...others] };
  }
  const pinned = `${variable} is set, but the image of container ${quote(first.name)} is pinned`;
  if (typeof service.containers[0]?.image !== "string") warn(`${pinned} for this environment; ${variable} is ignored`);
  else reject(`${pinned} in the config; unset ${variable}, or give the image as { repository, tag }`);
  return props;
}

/** A line for each variable that looks like the tag of a service that does not exist: a typo in CI. */
export function unknownImageTags(services: readonly ServiceConfig[], variables: ProcessEnvironment): string[] {
  const known = services.map(({ name }) => imageTagVariable(name));
  return Object.entries(variables)
    .filter(([variable, tag]) => tag !== undefined && variable.endsWith(SUFFIX) && !known.includes(variable))
    .map(([variable]) => variable)
    .sort()
    .map((variable) => `warning: ${variable} is set, but no service has that name; choose ${alternatives(known)}`);
}
