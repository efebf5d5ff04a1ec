import { InvalidInputError, inContext, quote } from "../errors";
import { isToken } from "./aws-names";
import type { ContainerProps } from "./container";
import { checkContainer } from "./container-validation";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const MAX_CONTAINERS = 10;

/**
 * Checks the containers of a task, each alone and all together.
 * @param cpu CPU units of the task
 * @param memory MiB of the task
 * @throws InvalidInputError naming the container, the property, the value and the way out
 */
export function checkTaskContainers(containers: readonly ContainerProps[], cpu: number, memory: number): void {
  if (containers.length === 0) throw new InvalidInputError("containers is empty; a task needs at least one");
  if (containers.length > MAX_CONTAINERS) {
    throw new InvalidInputError(
      `${String(containers.length)} containers; Amazon ECS takes ${String(MAX_CONTAINERS)} in a task`,
    );
  }
  containers.forEach(checkContainer);
  checkNames(containers);
  checkPorts(containers);
  if (!containers.some(({ essential = true }) => essential)) {
    throw new InvalidInputError("no container is essential; leave essential out of the one that the task is for");
  }
  checkSum("cpu", "cpu units", cpu, containers, (container) => container.cpu);
  checkSum("memory", "MiB", memory, containers, (container) => container.memoryReservation ?? container.memory);
  checkEachMemory(containers, memory);
}

function checkNames(containers: readonly ContainerProps[]): void {
  rejectRepeated(
    containers.map(({ name }) => name),
    (name) => `two containers are named ${quote(name)}; give each a name of its own`,
  );
}

/** Containers of a task share one network interface, and so one set of ports. */
function checkPorts(containers: readonly ContainerProps[]): void {
  const owners = new Map<string, string>();
  for (const { name, portMappings = [] } of containers) {
    for (const { containerPort, protocol = "tcp" } of portMappings) {
      if (isToken(containerPort)) continue;
      const port = `${String(containerPort)}/${protocol}`;
      const owner = owners.get(port);
      if (owner !== undefined) {
        throw new InvalidInputError(
          `container ${quote(name)}: portMappings: port ${port} is taken by container ${quote(owner)}; containers of a task share its network`,
        );
      }
      owners.set(port, name);
    }
  }
  rejectRepeated(
    containers.flatMap(({ portMappings = [] }) => portMappings.flatMap(({ name }) => name ?? [])),
    (name) => `two port mappings are named ${quote(name)}; give each a name of its own`,
  );
}

function rejectRepeated(names: readonly string[], message: (name: string) => string): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new InvalidInputError(message(repeated));
}

function checkSum(
  property: string,
  unit: string,
  available: number,
  containers: readonly ContainerProps[],
  valueOf: (container: ContainerProps) => number | undefined,
): void {
  const values = containers.map((container) => valueOf(container) ?? 0);
  const sum = values.reduce((total, value) => total + value, 0);
  if ([available, ...values].some(isToken) || sum <= available) return;
  throw new InvalidInputError(
    `the containers ask for ${String(sum)} ${unit} of ${property} and the task has ${String(available)}; ask for less or choose a larger task`,
  );
}

function checkEachMemory(containers: readonly ContainerProps[], available: number): void {
  for (const { name, memory } of containers) {
    if (memory === undefined || isToken(memory) || isToken(available) || memory <= available) continue;
    inContext(`container ${quote(name)}`, () => {
      throw new InvalidInputError(`memory ${String(memory)} MiB is more than the ${String(available)} MiB of the task`);
    });
  }
}
