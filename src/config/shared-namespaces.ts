import { quote } from "../errors";
import type { PinnedFargateServiceProps } from "../model/service";
import type { PlacedService } from "./groups";

/** A name in a namespace, and what no other service may have in common with it. */
interface Name {
  /** Where it is written, and the name. */
  readonly what: string;
  readonly namespace: string;
  readonly scope: readonly unknown[];
}

/**
 * A line for each name that another service has too in the same namespace of AWS Cloud Map, which refuses it: "SC service is
 * already used", or `ServiceAlreadyExists`. A namespace is the same if its id is, or its name in one account and region.
 * Environments without `accountId` may be in any account, and are compared with themselves alone.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateService.html
 */
export function sharedNamespaceProblems(placed: readonly PlacedService[]): string[] {
  const owners = new Map<string, string>();
  return placed.flatMap((each) => {
    const context = `service ${quote(each.name)} in ${quote(each.environment)}`;
    return [...connectedNames(each), ...discoveredNames(each)].flatMap((names) => {
      const lines = names.flatMap(({ what, namespace, scope }) => {
        const key = JSON.stringify(scope);
        const owner = owners.get(key) ?? context;
        owners.set(key, owner);
        if (owner === context) return [];
        return [`${context}: ${what} ${owner} in the namespace ${quote(namespace)}; choose another`];
      });
      return lines.slice(0, 1); // a name that is taken takes the alias with it
    });
  });
}

/** For each port that others reach, its name and its alias. */
function connectedNames(each: PlacedService): Name[][] {
  const { serviceConnect, containers } = each.resolved.service;
  if (serviceConnect === undefined) return [];
  const { namespace, services = {} } = serviceConnect;
  const [, id] = /:namespace\/(ns-\w+)$/.exec(namespace) ?? [];
  const scope = id === undefined ? [...regionOf(each), namespace] : [id];
  return Object.entries(services).map(([port, { discoveryName = port, clientAlias = {} }]) => {
    const path = `serviceConnect: services: ${port}:`;
    const { dnsName = id === undefined ? `${discoveryName}.${namespace}` : undefined } = clientAlias;
    const number = clientAlias.port ?? portNamed(port, containers);
    const alias = `${String(dnsName)}:${String(number)}`;
    const name: Name = {
      what: `${path} discoveryName ${quote(discoveryName)} is also a name of`,
      namespace,
      scope: ["name", ...scope, discoveryName],
    };
    if (dnsName === undefined || number === undefined) return [name];
    return [
      name,
      { what: `${path} clientAlias ${alias} is also that of`, namespace, scope: ["alias", ...scope, alias] },
    ];
  });
}

/** The name of a Cloud Map service of its own. In DNS, names that differ only by case are the same. */
function discoveredNames({ resolved: { service } }: PlacedService): Name[][] {
  const { namespaceId, name = service.name } = service.serviceDiscovery ?? {};
  if (namespaceId === undefined) return [];
  const what = `serviceDiscovery: name ${quote(name)} is also a name of`;
  return [[{ what, namespace: namespaceId, scope: ["name", namespaceId, name.toLowerCase()] }]];
}

function regionOf({ environment, resolved: { accountId, region } }: PlacedService): string[] {
  return [accountId ?? `environment ${environment}`, region];
}

/** The port of the mapping with a name. */
function portNamed(wanted: string, containers: PinnedFargateServiceProps["containers"]): number | undefined {
  const mappings = containers.flatMap(({ portMappings = [] }) => [...portMappings]);
  return mappings.find(({ name }) => name === wanted)?.containerPort;
}
