import { InvalidInputError, checkList, inContext, quote, rejectUnknownProperties } from "../errors";
import { rejectIdentityLabels } from "../image";
import { checkBoolean, checkEcsName, checkOneOf, checkWholeNumber, isToken } from "./aws-names";
import {
  CONTAINER_PROPERTIES,
  ULIMIT_NAMES,
  type ContainerProps,
  type HealthCheckProps,
  type LoggingProps,
  type PortMappingProps,
  type RestartPolicyProps,
  type UlimitProps,
} from "./container";
import { checkText } from "./literal-text";

/** ECS takes no container with less memory. */
const MIN_MEMORY = 6;
const MAX_MEMORY = 249_856;
const MAX_CPU = 32_768;

/**
 * Checks what can be told from one container alone.
 * @throws InvalidInputError naming the container, the property, the value and the way out
 */
export function checkContainer(container: ContainerProps): void {
  checkEcsName("container name", container.name);
  inContext(`container ${quote(container.name)}`, () => {
    rejectUnknownProperties(container, CONTAINER_PROPERTIES.container);
    if (container.essential !== undefined) checkBoolean("essential", container.essential);
    checkSize(container);
    if (container.stopTimeout !== undefined) checkWholeNumber("stopTimeout", container.stopTimeout, 2, 120);
    checkTexts(container);
    for (const mapping of container.portMappings ?? []) inContext("portMappings", () => checkPortMapping(mapping));
    if (container.healthCheck) checkHealthCheck(container.healthCheck);
    for (const ulimit of container.ulimits ?? []) inContext("ulimits", () => checkUlimit(ulimit));
    if (container.restartPolicy) checkRestartPolicy(container.restartPolicy);
    if (container.logging) checkLogging(container.logging);
  });
}

function checkSize({ cpu, memory, memoryReservation }: ContainerProps): void {
  if (cpu !== undefined) checkWholeNumber("cpu", cpu, 1, MAX_CPU);
  if (memory !== undefined) checkWholeNumber("memory", memory, MIN_MEMORY, MAX_MEMORY);
  if (memoryReservation === undefined) return;
  checkWholeNumber("memoryReservation", memoryReservation, MIN_MEMORY, MAX_MEMORY);
  if (memory === undefined || [memory, memoryReservation].some(isToken)) return;
  if (memoryReservation >= memory) {
    throw new InvalidInputError(
      `memoryReservation ${String(memoryReservation)} MiB must be less than memory ${String(memory)} MiB`,
    );
  }
}

function checkTexts({ environment = {}, dockerLabels = {}, ...container }: ContainerProps): void {
  for (const [name, value] of Object.entries(environment)) {
    checkEnvironmentVariable(name, value);
  }
  rejectIdentityLabels(dockerLabels);
  for (const [name, value] of Object.entries(dockerLabels)) {
    checkText("dockerLabels: label name", name);
    if (name === "") throw new InvalidInputError("dockerLabels: a label has no name; give it one, or remove it");
    checkText(`dockerLabels: ${quote(name)}`, value);
  }
  container.command?.forEach((argument) => checkText("command", argument));
  container.entryPoint?.forEach((argument) => checkText("entryPoint", argument));
  if (container.workingDirectory !== undefined) checkWorkingDirectory(container.workingDirectory);
  if (container.user !== undefined) checkUser(container.user);
}

function checkUser(user: string): void {
  checkText("user", user);
  if (user === "") throw new InvalidInputError("user is empty; leave it out for the image's own");
}

/** A container runtime starts nothing in a relative one. */
function checkWorkingDirectory(path: string): void {
  checkText("workingDirectory", path);
  if (isToken(path) || path.startsWith("/")) return;
  throw new InvalidInputError(`workingDirectory ${quote(path)} is not absolute; begin it with "/"`);
}

/** Never shows the value, nor what stands after "=" in a name: it may be a secret in the wrong place. */
function checkEnvironmentVariable(name: string, value: string): void {
  checkText("environment: variable name", name);
  if (name === "" || name.includes("=")) {
    const shown = name.replace(/=.*/s, "=…");
    throw new InvalidInputError(`environment: variable name ${quote(shown)} is not valid; use a name without "="`);
  }
  checkText(`environment: ${quote(name)}`, value);
  if (value === "") {
    throw new InvalidInputError(
      `environment: ${quote(name)} is empty, which Terraform would show as a change in every plan; leave it out`,
    );
  }
}

function checkPortMapping(mapping: PortMappingProps): void {
  rejectUnknownProperties(mapping, CONTAINER_PROPERTIES.portMapping);
  const { containerPort, protocol, name, appProtocol } = mapping;
  checkWholeNumber("containerPort", containerPort, 1, 65_535);
  if (protocol !== undefined) checkOneOf("protocol", protocol, ["tcp", "udp"]);
  if (appProtocol !== undefined) checkOneOf("appProtocol", appProtocol, ["http", "http2", "grpc"]);
  if (name !== undefined && !isToken(name) && !(typeof name === "string" && /^[a-z0-9][a-z0-9_-]{0,63}$/.test(name))) {
    throw new InvalidInputError(
      `name ${quote(name)} is not valid; use 1 to 64 lower-case letters, digits, "_" or "-", beginning with a letter or digit`,
    );
  }
}

function checkHealthCheck(healthCheck: HealthCheckProps): void {
  inContext("healthCheck", () => {
    rejectUnknownProperties(healthCheck, CONTAINER_PROPERTIES.healthCheck);
    const { command, interval, timeout, retries, startPeriod } = healthCheck;
    checkList("command", command);
    checkHealthCommand(command);
    command.forEach((argument) => checkText("command", argument));
    if (interval !== undefined) checkWholeNumber("interval", interval, 5, 300);
    if (timeout !== undefined) checkWholeNumber("timeout", timeout, 2, 60);
    if (retries !== undefined) checkWholeNumber("retries", retries, 1, 10);
    if (startPeriod !== undefined) checkWholeNumber("startPeriod", startPeriod, 0, 300);
  });
}

/** Shows a first word like those that are valid, and nothing else: a command may hold a password. */
function checkHealthCommand([word = "", ...others]: readonly string[]): void {
  if (["CMD", "CMD-SHELL"].includes(word) && others.length > 0) return;
  const shown = /^[A-Z-]+$/.test(word) ? ` that begins with ${quote(word)}` : "";
  throw new InvalidInputError(`command${shown} is not valid; use "CMD" or "CMD-SHELL" and then the command`);
}

function checkUlimit(ulimit: UlimitProps): void {
  rejectUnknownProperties(ulimit, CONTAINER_PROPERTIES.ulimit);
  const { name, softLimit, hardLimit } = ulimit;
  checkOneOf("name", name, ULIMIT_NAMES);
  checkWholeNumber("hardLimit", hardLimit, -1, Number.MAX_SAFE_INTEGER);
  checkWholeNumber("softLimit", softLimit, -1, Number.MAX_SAFE_INTEGER);
  if ([softLimit, hardLimit].some(isToken)) return;
  if (hardLimit !== -1 && (softLimit === -1 || softLimit > hardLimit)) {
    const shown = softLimit === -1 ? "-1 (unlimited)" : String(softLimit);
    throw new InvalidInputError(`softLimit ${shown} of ${quote(name)} is above hardLimit ${String(hardLimit)}`);
  }
}

function checkRestartPolicy(policy: RestartPolicyProps): void {
  inContext("restartPolicy", () => {
    rejectUnknownProperties(policy, CONTAINER_PROPERTIES.restartPolicy);
    const { enabled, ignoredExitCodes = [], restartAttemptPeriod } = policy;
    checkBoolean("enabled", enabled);
    if (restartAttemptPeriod !== undefined) checkWholeNumber("restartAttemptPeriod", restartAttemptPeriod, 60, 1800);
    checkList("ignoredExitCodes", ignoredExitCodes);
    if (ignoredExitCodes.length > 50) {
      throw new InvalidInputError(`${String(ignoredExitCodes.length)} ignoredExitCodes; Amazon ECS takes 50`);
    }
    ignoredExitCodes.forEach((code) => checkWholeNumber("ignoredExitCodes", code, 0, 255));
  });
}

function checkLogging(logging: LoggingProps): void {
  inContext("logging", () => {
    rejectUnknownProperties(logging, CONTAINER_PROPERTIES.logging);
    const { mode, maxBufferSize } = logging;
    if (mode !== undefined) checkOneOf("mode", mode, ["blocking", "non-blocking"]);
    if (maxBufferSize === undefined) return;
    if (!isToken(maxBufferSize) && !/^[1-9][0-9]*[kmg]$/.test(maxBufferSize)) {
      throw new InvalidInputError(
        `maxBufferSize ${quote(maxBufferSize)} is not valid; use a number and k, m or g: "25m"`,
      );
    }
    if (mode === "blocking") throw new InvalidInputError('maxBufferSize goes with mode "non-blocking"; remove it');
  });
}
