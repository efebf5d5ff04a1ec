import type { z } from "zod";

import { alternatives, quote } from "../errors";
import { kmsKeyArn, roleArn } from "./arn";
import type { ParsedContainer } from "./container";
import { shiftsTraffic, type ParsedStrategy } from "./deployment-strategy";
import { flag, isToken, object, pattern, propertyName, record, reference, wholeNumber } from "./leaves";
import { problem } from "./problems";

const port = wholeNumber(1, 65_535);

/** AWS Cloud Map names them, or gives them an id. */
export const namespace = reference(
  pattern(
    /^(arn:[\w-]+:servicediscovery:[\w-]+:[0-9]{12}:namespace\/ns-[a-z0-9]+|[\w.-]{1,1024})$/,
    "use the name of a Cloud Map namespace, or its ARN: arn:aws:servicediscovery:REGION:ACCOUNT:namespace/ns-ID",
  ),
);

/**
 * A header of HTTP requests. AWS can also leave the value open, which the AWS provider does not know.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectTestTrafficRules.html
 */
const testHeader = object({
  /** Name of the header: 1 to 40 letters, digits, `-` or `_`. */
  name: reference(pattern(/^[A-Za-z0-9_-]{1,40}$/, 'use 1 to 40 letters, digits, "-" or "_": "X-Test"')),
  /** The whole value: 1 to 128 printable ASCII characters. */
  value: reference(
    pattern(/^(?:(?![$%]\{)[\x20-\x7e]){1,128}$/, 'use 1 to 128 printable ASCII characters without "${" or "%{"'),
  ),
});

/**
 * The name and port under which clients reach the service.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectClientAlias.html
 */
const clientAlias = object({
  /** Port that clients connect to, in their own task: 1 to 65535. @default - the port of the container */
  port: port.optional(),
  /**
   * Name that clients use: 1 to 127 lower-case letters, digits, `_`, `-` or `.`, not beginning with `-`. If the namespace is
   * given by its ARN, AWS provider 5 keeps a name that is removed.
   * @default - `<discoveryName>.<namespace>`
   */
  dnsName: reference(
    pattern(
      /^(?!-)[a-z0-9_.-]{1,127}$/,
      'use 1 to 127 lower-case letters, digits, "_", "-" or ".", not beginning with "-"',
    ),
  ).optional(),
  /**
   * Which requests go to the new tasks while they are tested: `{ name: "X-Test", value: "yes" }`. Only with a
   * `deploymentStrategy` that moves traffic, and of a port with an `appProtocol`.
   * @default - those with the header `x-amzn-ecs-blue-green-test`
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-blue-green.html
   */
  testHeader: testHeader.optional(),
});

/**
 * How long the proxy waits.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TimeoutConfiguration.html
 */
const timeout = object({
  /**
   * Seconds after which an idle connection is closed; 0 means never.
   * @default - 300, or 3600 of a port without `appProtocol`
   */
  idleTimeoutSeconds: wholeNumber(0, 2_147_483_647).optional(),
  /** Seconds that a response may take; 0 means any time. Only of a port with an `appProtocol`. @default 15 */
  perRequestTimeoutSeconds: wholeNumber(0, 2_147_483_647).optional(),
});

/**
 * Encryption of what clients send to the service.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-tls.html
 */
const tls = object({
  /** ARN of the authority in AWS Private CA that issues the certificates, in the region of the service. */
  awsPcaAuthorityArn: reference(
    pattern(
      /^arn:[\w-]+:acm-pca:[\w-]+:[0-9]{12}:certificate-authority\/[\w-]+$/,
      "use the ARN of a certificate authority: arn:aws:acm-pca:REGION:ACCOUNT:certificate-authority/ID",
    ),
  ),
  /** ARN of the KMS key that encrypts the private key of the certificate, in the same region. @default - a key of AWS */
  kmsKey: kmsKeyArn.optional(),
  /** ARN of a role under which ECS issues certificates. @default - a role of the service's own, which may do just that */
  roleArn: roleArn.optional(),
});

/** A port of the service that others in the namespace reach. */
export const connectedPort = object({
  /**
   * Name of the service in Cloud Map, unique in the namespace: 1 to 64 lower-case letters, digits, `_` or `-`, not
   * beginning with `-`.
   * @default - the name of the port mapping
   */
  discoveryName: reference(
    pattern(/^(?!-)[a-z0-9_-]{1,64}$/, 'use 1 to 64 lower-case letters, digits, "_" or "-", not beginning with "-"'),
  ).optional(),
  /** Where clients connect to. @default - the port of the container, at `<discoveryName>.<namespace>` */
  clientAlias: clientAlias.default({}),
  /** Port that the proxy listens on in the tasks of the service. @default - the port of the container */
  ingressPortOverride: port.optional(),
  /** How long the proxy waits. @default - AWS's defaults */
  timeout: timeout.optional(),
  /** Encrypts what clients send. @default - nothing is encrypted */
  tls: tls.optional(),
});
export interface ConnectedPort extends z.input<typeof connectedPort> {}

/**
 * Service Connect: a proxy in each task, through which services in a namespace reach each other by name.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html
 */
export const serviceConnect = object({
  /** The Cloud Map namespace, which must exist in the region of the service: its name, or its ARN. */
  namespace,
  /**
   * What others in the namespace can reach, by the names of port mappings: `{ http: {} }`.
   * @default {} - the service only reaches others
   */
  services: record(
    propertyName(pattern(/^[a-z0-9][a-z0-9_-]{0,63}$/, "use the name of a port mapping")),
    connectedPort,
  ).default({}),
  /** Whether the proxy writes to the log group of the service, under `service-connect/`. @default true */
  logging: flag.default(true),
});
export interface ServiceConnectProps extends z.input<typeof serviceConnect> {}
export type ParsedServiceConnect = z.output<typeof serviceConnect>;

/** A port mapping that has a name. */
interface NamedPort {
  readonly name: string;
  readonly containerPort: number;
  readonly protocol: string;
  readonly appProtocol?: string | undefined;
}

/** The port mappings of all containers that have a name. */
function namedPorts(containers: readonly ParsedContainer[]): NamedPort[] {
  return containers.flatMap(({ portMappings }) =>
    portMappings.flatMap(({ name, ...mapping }) => (name === undefined ? [] : [{ ...mapping, name }])),
  );
}

/** A port of a service that others reach, with what it takes from its port mapping. */
export interface ResolvedPort extends Omit<z.output<typeof connectedPort>, "clientAlias" | "discoveryName"> {
  readonly portName: string;
  readonly discoveryName: string;
  readonly alias: { readonly port: number; readonly dnsName?: string | undefined };
  readonly testHeader?: z.output<typeof testHeader> | undefined;
  /** Whether the proxy knows requests, not only connections. */
  readonly hasRequests: boolean;
}

/**
 * What others reach, with AWS's defaults, since the provider keeps a name that is removed; once `checkServiceConnect` has
 * found nothing. Only AWS knows the default of the alias if the namespace is not given by its name.
 */
export function resolvedPorts(connect: ParsedServiceConnect, containers: readonly ParsedContainer[]): ResolvedPort[] {
  const { namespace, services } = connect;
  const ports = namedPorts(containers);
  const isName = !isToken(namespace) && !namespace.startsWith("arn:");
  return Object.entries(services).map(([portName, { clientAlias, discoveryName = portName, ...given }]) => {
    const mapping = ports.find(({ name }) => name === portName);
    const dnsName = clientAlias.dnsName ?? (isName ? `${discoveryName}.${namespace}` : undefined);
    return {
      ...given,
      portName,
      discoveryName,
      alias: { port: clientAlias.port ?? mapping?.containerPort ?? 0, ...(dnsName !== undefined && { dnsName }) },
      testHeader: clientAlias.testHeader,
      hasRequests: mapping?.appProtocol !== undefined,
    };
  });
}

/** The parts of a service that this is about. */
interface Connected {
  readonly serviceConnect?: ParsedServiceConnect | undefined;
  readonly containers: readonly ParsedContainer[];
  readonly deploymentStrategy?: ParsedStrategy | undefined;
}

/** Checks that what others reach is a port of the service, and no two things are the same. */
export function checkServiceConnect(whole: Connected, context: z.core.$RefinementCtx): void {
  const { serviceConnect: connect, containers, deploymentStrategy } = whole;
  if (connect === undefined) return;
  const ports = namedPorts(containers);
  const taken = new Set<string>();
  for (const [name, service] of Object.entries(connect.services)) {
    const path = ["serviceConnect", "services", name];
    const fault = portFault(name, service, ports);
    if (fault !== undefined) problem(context, path, fault);
    if (service.clientAlias.testHeader && !shiftsTraffic(deploymentStrategy)) {
      problem(context, path, "testHeader needs a deploymentStrategy that moves traffic; give one, or remove it");
    }
    const { discoveryName = name, clientAlias } = service;
    const { port = 0, dnsName } = clientAlias;
    const names = [
      ...(isToken(discoveryName) ? [] : [`discoveryName ${quote(discoveryName)}`]),
      ...(dnsName === undefined || isToken(dnsName) ? [] : [`clientAlias ${dnsName}:${String(port)}`]),
    ];
    for (const each of names) {
      if (taken.has(each)) problem(context, path, `${each} is another one's already; change one`);
      taken.add(each);
    }
  }
}

function portFault(
  name: string,
  service: z.output<typeof connectedPort>,
  ports: readonly NamedPort[],
): string | undefined {
  const mapping = ports.find((port) => port.name === name);
  if (mapping === undefined) {
    const literal = ports.map((port) => port.name).filter((each) => !isToken(each));
    if (literal.length === ports.length) {
      const wayOut = literal.length > 0 ? `choose ${alternatives(literal.map(quote))}` : "give one a name";
      return `no port mapping is named ${quote(name)}; ${wayOut}`;
    }
    return service.clientAlias.port === undefined
      ? "clientAlias: port is missing, and the name of the port mapping is a reference; give it"
      : undefined;
  }
  if (mapping.protocol === "udp") return "is a UDP port, which Service Connect does not support; remove it";
  if (service.timeout?.perRequestTimeoutSeconds !== undefined && mapping.appProtocol === undefined) {
    return "timeout: perRequestTimeoutSeconds needs an appProtocol of the port mapping; give it one, or remove it";
  }
  if (service.clientAlias.testHeader && mapping.appProtocol === undefined) {
    return "testHeader needs an appProtocol of the port mapping; give it one, or remove it";
  }
  const { ingressPortOverride: override } = service;
  const taken = ports.find(({ containerPort }) => containerPort === override);
  return taken && `ingressPortOverride ${String(override)} is the port of a container; choose another`;
}
