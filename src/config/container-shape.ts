import type { ContainerProps } from "../constructs/container";
import { InvalidInputError, checkList, checkObject, inContext, isObject, quote } from "../errors";
import { checkEcrRepository } from "../image";
import type { ContainerOverride } from "./types";

const LISTS = ["command", "entryPoint", "portMappings", "ulimits"] as const;
const OBJECTS = ["environment", "dockerLabels", "healthCheck", "restartPolicy", "logging"] as const;

/**
 * Checks that containers are made of what the config reads of them; the constructs check the values. A repository is
 * checked here, since the registry stack no longer knows which service wants it.
 * @throws InvalidInputError naming the container and the property
 */
export function checkContainers(containers: readonly ContainerProps[]): void {
  checkList("containers", containers);
  for (const container of containers) {
    checkObject("container", container);
    inContext(`container ${quote(container.name)}`, () => {
      checkImage(container.image);
      checkParts(container);
    });
  }
}

/**
 * Checks the same of what an environment states anew.
 * @throws InvalidInputError naming the container and the property
 */
export function checkOverrides(overrides: Readonly<Record<string, ContainerOverride>>): void {
  checkObject("containers", overrides);
  for (const [name, override] of Object.entries(overrides)) {
    inContext(`container ${quote(name)}`, () => {
      checkObject("override", override);
      if (override.image !== undefined) checkImage(override.image);
      checkParts(override);
    });
  }
}

function checkImage(image: ContainerProps["image"]): void {
  if (typeof image === "string") return;
  if (!isObject(image)) {
    throw new InvalidInputError(
      `image ${quote(image)} is not an image; write { repository, tag }, or a reference with its digest`,
    );
  }
  inContext("image", () => checkEcrRepository(image.repository));
}

function checkParts(container: ContainerOverride): void {
  for (const property of LISTS) {
    if (container[property] !== undefined) checkList(property, container[property]);
  }
  for (const property of OBJECTS) {
    if (container[property] !== undefined) checkObject(property, container[property]);
  }
}
