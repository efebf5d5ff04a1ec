import type { ContainerProps } from "../constructs/container";
import { InvalidInputError, inContext, quote } from "../errors";
import { checkTag } from "../image";
import type { ServiceConfig } from "./types";

/** The variables of a process. */
export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

const SUFFIX = "_IMAGE_TAG";

/** `DEMO_IMAGE_TAG` for `demo`, `ORDER_API_IMAGE_TAG` for `order-api`. */
export function imageTagVariable(service: string): string {
  return service.toUpperCase().replaceAll("-", "_") + SUFFIX;
}

/**
 * The containers with the tag of the first one set from `<SERVICE>_IMAGE_TAG`, if that is set.
 *
 * @param containers those of the service, with what the environment states anew
 * @param warn gets a line where the environment pins the first image, which then stays
 * @throws InvalidInputError for a tag outside the grammar, or where the service itself pins the first image
 */
export function withImageTag(
  service: ServiceConfig,
  containers: readonly ContainerProps[],
  processEnvironment: ProcessEnvironment,
  warn: (line: string) => void,
): readonly ContainerProps[] {
  const variable = imageTagVariable(service.name);
  const tag = processEnvironment[variable];
  const [first, ...others] = containers;
  if (tag === undefined || !first) return containers;
  if (typeof first.image === "string") {
    if (typeof service.containers[0]?.image !== "string") {
      warn(
        `${variable} is set, but the image of container ${quote(first.name)} is pinned for this environment, and stays`,
      );
      return containers;
    }
    throw new InvalidInputError(
      `${variable} is set, but the image of container ${quote(first.name)} is pinned in the config; unset ${variable}, or give the image as { repository, tag }`,
    );
  }
  inContext(variable, () => checkTag(tag));
  return [{ ...first, image: { ...first.image, tag } }, ...others];
}

/** A line for each variable that looks like the tag of a service which does not exist: a typing error in CI. */
export function unknownImageTags(services: readonly ServiceConfig[], processEnvironment: ProcessEnvironment): string[] {
  const known = services.map(({ name }) => imageTagVariable(name));
  return Object.entries(processEnvironment)
    .filter(([variable, tag]) => tag !== undefined && variable.endsWith(SUFFIX) && !known.includes(variable))
    .map(([variable]) => variable)
    .sort()
    .map((variable) => `warning: ${variable} is set, and no service has that name; known are ${known.join(", ")}`);
}
