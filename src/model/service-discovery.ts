import type { z } from "zod";

import { alternatives, quote } from "../errors";
import type { ParsedContainer } from "./container";
import { literal, object, oneOf, pattern, reference, wholeNumber } from "./leaves";
import { problem } from "./problems";

/**
 * Names in DNS for the tasks of a service, which AWS Cloud Map keeps: a service of it that exists, or one of the
 * service's own in a private DNS namespace that exists.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html
 */
export const serviceDiscovery = object({
  /**
   * ARN of a Cloud Map service that exists, in the region of the service:
   * `arn:aws:servicediscovery:REGION:ACCOUNT:service/srv-ID`. Cannot be combined with `namespaceId`.
   * @default - the service makes its own in `namespaceId`
   */
  registryArn: reference(
    pattern(
      /^arn:[\w-]+:servicediscovery:[\w-]+:[0-9]{12}:service\/srv-[a-z0-9]+$/,
      "use the ARN of a Cloud Map service: arn:aws:servicediscovery:REGION:ACCOUNT:service/srv-ID",
    ),
  ).optional(),
  /** Id of the private DNS namespace that the service makes its own Cloud Map service in: `ns-…`. @default - none */
  namespaceId: reference(pattern(/^ns-[a-z0-9]+$/, "use the id of a namespace: ns-0123456789abcdef")).optional(),
  /**
   * Name of its own Cloud Map service, which comes before that of the namespace in DNS: 1 to 127 letters, digits, `_`, `-`
   * or `.`. Another name gets another Cloud Map service.
   * @default - the name of the service
   */
  name: reference(
    pattern(/^[A-Za-z0-9_](?:[\w.-]{0,125}[A-Za-z0-9_])?$/, 'use 1 to 127 letters, digits, "_", "-" or "."'),
  ).optional(),
  /**
   * Kind of the DNS records: `"A"` for addresses, `"SRV"` for addresses and ports. Another kind needs another `name`.
   * @default "A"
   */
  recordType: oneOf("A", "SRV").optional(),
  /** Seconds that others may keep a record: 0 to 2147483647. @default 10 */
  ttl: wholeNumber(0, 2_147_483_647).optional(),
  /** Container whose port `"SRV"` records have. @default - the only one with a port */
  container: literal(pattern(/^[A-Za-z0-9_-]{1,255}$/, "name a container of the service")).optional(),
  /** Port that `"SRV"` records have. @default - the only one of the container */
  containerPort: wholeNumber(1, 65_535).optional(),
});
export interface ServiceDiscoveryProps extends z.input<typeof serviceDiscovery> {}
export type ParsedServiceDiscovery = z.output<typeof serviceDiscovery>;

/** A port of a container. */
export interface ContainerPort {
  readonly container: string;
  readonly containerPort: number;
}

/** The ports that may be meant. */
function candidates(discovery: ParsedServiceDiscovery, containers: readonly ParsedContainer[]): ContainerPort[] {
  return containers
    .flatMap(({ name, portMappings }) => portMappings.map(({ containerPort }) => ({ container: name, containerPort })))
    .filter(({ container }) => discovery.container === undefined || container === discovery.container)
    .filter(({ containerPort }) => discovery.containerPort === undefined || containerPort === discovery.containerPort);
}

/** The port that is registered, if one is; once `checkServiceDiscovery` has found nothing. */
export function registeredPort(
  discovery: ParsedServiceDiscovery,
  containers: readonly ParsedContainer[],
): ContainerPort | undefined {
  const { recordType, container, containerPort } = discovery;
  if (recordType !== "SRV" && container === undefined && containerPort === undefined) return undefined;
  return candidates(discovery, containers)[0];
}

/** Checks that it is one thing or the other, and that the port is one of the service. */
export function checkServiceDiscovery(
  discovery: ParsedServiceDiscovery | undefined,
  containers: readonly ParsedContainer[],
  context: z.core.$RefinementCtx,
): void {
  if (discovery === undefined) return;
  const path = ["serviceDiscovery"];
  const { registryArn, namespaceId, container, containerPort, recordType } = discovery;
  if ((registryArn === undefined) === (namespaceId === undefined)) {
    const fault =
      registryArn === undefined
        ? "neither registryArn nor namespaceId"
        : "registryArn and namespaceId exclude each other";
    problem(context, path, `${fault}; give one of them`);
    return;
  }
  for (const property of ["name", "recordType", "ttl"] as const) {
    if (registryArn === undefined || discovery[property] === undefined) continue;
    problem(context, path, `${property} is that of the Cloud Map service; remove it, or give a namespaceId`);
  }
  const isPortGiven = container !== undefined || containerPort !== undefined;
  if (isPortGiven && namespaceId !== undefined && recordType !== "SRV") {
    problem(context, path, 'A records have no port; set recordType: "SRV", or remove container and containerPort');
  } else if (isPortGiven || recordType === "SRV") {
    checkPort(discovery, containers, context);
  }
}

function checkPort(
  discovery: ParsedServiceDiscovery,
  containers: readonly ParsedContainer[],
  context: z.core.$RefinementCtx,
): void {
  const meant = candidates(discovery, containers);
  if (meant.length === 1) return;
  const all = candidates({}, containers).map(
    ({ container, containerPort }) => `${quote(container)} ${String(containerPort)}`,
  );
  const wayOut = all.length > 0 ? `choose ${alternatives(all)}` : "give a container a port mapping";
  const fault = meant.length === 0 ? "no port is meant by container and containerPort" : "several ports may be meant";
  problem(context, ["serviceDiscovery"], `${fault}; ${wayOut}`);
}
