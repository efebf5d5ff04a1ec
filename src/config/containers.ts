import type { ContainerProps } from "../constructs/container";
import { InvalidInputError, alternatives, quote } from "../errors";
import { onlyDefined } from "./defined";
import type { ContainerOverride } from "./types";

/**
 * The containers with what an environment states anew. Environment variables and labels are merged one by one.
 * @throws InvalidInputError for an override of a container that does not exist, or of a name
 */
export function withOverrides(
  containers: readonly ContainerProps[],
  overrides: Readonly<Record<string, ContainerOverride>>,
): readonly ContainerProps[] {
  const names = containers.map(({ name }) => name);
  for (const [name, override] of Object.entries(overrides)) {
    if (!names.includes(name)) {
      throw new InvalidInputError(
        `containers: there is no container ${quote(name)}; choose ${alternatives(names.map(quote))}`,
      );
    }
    if ("name" in override) {
      throw new InvalidInputError(`containers: ${quote(name)} cannot be named anew; remove name`);
    }
  }
  return containers.map((container) => {
    const override = overrides[container.name];
    return override ? merge(container, override) : container;
  });
}

function merge(container: ContainerProps, override: ContainerOverride): ContainerProps {
  const environment = { ...container.environment, ...override.environment };
  const dockerLabels = { ...container.dockerLabels, ...override.dockerLabels };
  return {
    ...container,
    ...onlyDefined(override),
    ...(Object.keys(environment).length > 0 && { environment }),
    ...(Object.keys(dockerLabels).length > 0 && { dockerLabels }),
  };
}

/**
 * The containers without environment variables that are empty, which Terraform would show as a change in every plan.
 * @param warn gets a line for each variable that is left out
 */
export function withoutEmptyVariables(
  containers: readonly ContainerProps[],
  warn: (line: string) => void,
): readonly ContainerProps[] {
  return containers.map((container) => {
    const { name, environment } = container;
    if (!environment) return container;
    const kept = Object.entries(environment).filter(([variable, value]) => {
      if (value === "") {
        warn(
          `container ${quote(name)}: environment: ${quote(variable)} is empty and left out; give it a value or remove it`,
        );
      }
      return value !== "";
    });
    return { ...container, environment: Object.fromEntries(kept) };
  });
}
