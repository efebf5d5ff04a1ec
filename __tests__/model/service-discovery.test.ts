import { fargateService } from "../../src/model/service";
import { registeredPort } from "../../src/model/service-discovery";
import { REFERENCE, lines } from "../support/problems";
import { VALID_SERVICE } from "../support/valid-service";

const [WEB] = VALID_SERVICE.containers;
const PROXY = { ...WEB, name: "proxy", portMappings: [{ containerPort: 443 }] };
const withPorts = (serviceDiscovery: unknown, ports = [8080], others: object[] = []) => ({
  ...VALID_SERVICE,
  containers: [{ ...WEB, portMappings: ports.map((containerPort) => ({ containerPort })) }, ...others],
  serviceDiscovery,
});
const linesOf = (discovery: unknown, ports?: number[]): string[] => lines(fargateService, withPorts(discovery, ports));
const REGISTRY = "arn:aws:servicediscovery:us-east-1:111122223333:service/srv-abc123";

test.each<object>([
  { registryArn: REGISTRY },
  { registryArn: REFERENCE },
  { registryArn: REGISTRY, container: "web" },
  { registryArn: REGISTRY, container: "web", containerPort: 8080 },
  { namespaceId: "ns-abc123" },
  { namespaceId: REFERENCE, name: "orders", ttl: 0 },
  { namespaceId: "ns-abc123", name: REFERENCE, recordType: "SRV" },
  { namespaceId: "ns-abc123", recordType: "SRV", containerPort: 8080 },
])("may be %j", (discovery) => expect(linesOf(discovery)).toEqual([]));

test.each<[object, string]>([
  [{}, ": neither registryArn nor namespaceId; give one of them"],
  [
    { registryArn: REGISTRY, namespaceId: "ns-abc123" },
    ": registryArn and namespaceId exclude each other; give one of them",
  ],
  [{ registryArn: REGISTRY, ttl: 5 }, ": ttl is that of the Cloud Map service; remove it, or give a namespaceId"],
  [
    { registryArn: "orders" },
    ': registryArn "orders" is not valid; use the ARN of a Cloud Map service: arn:aws:servicediscovery:REGION:ACCOUNT:service/srv-ID',
  ],
  [
    { namespaceId: "shop.local" },
    ': namespaceId "shop.local" is not valid; use the id of a namespace: ns-0123456789abcdef',
  ],
  [
    { namespaceId: "ns-abc123", container: "web" },
    ': A records have no port; set recordType: "SRV", or remove container and containerPort',
  ],
  [
    { namespaceId: "ns-abc123", recordType: "SRV", container: "proxy" },
    ': no port is meant by container and containerPort; choose "web" 8080',
  ],
  [{ namespaceId: "ns-abc123", recordType: "AAAA" }, ': recordType "AAAA" is not valid; choose A or SRV'],
  [
    { namespaceId: "ns-abc123", name: "a b" },
    ': name "a b" is not valid; use 1 to 127 letters, digits, "_", "-" or "."',
  ],
  [{ namespaceId: "ns-abc123", ttl: -1 }, ": ttl -1 is not valid; use a whole number from 0 to 2147483647"],
])("may not be %j", (discovery, message) => expect(linesOf(discovery)).toEqual([`it: serviceDiscovery${message}`]));

test("SRV records need one port", () => {
  const srv = { namespaceId: "ns-abc123", recordType: "SRV" };
  expect(linesOf(srv, [])).toEqual([
    "it: serviceDiscovery: no port is meant by container and containerPort; give a container a port mapping",
  ]);
  expect(lines(fargateService, withPorts(srv, [8080], [PROXY]))).toEqual([
    'it: serviceDiscovery: several ports may be meant; choose "web" 8080 or "proxy" 443',
  ]);
  expect(lines(fargateService, withPorts({ ...srv, container: "proxy" }, [8080], [PROXY]))).toEqual([]);
});

test.each<[object, object | undefined]>([
  [{ registryArn: REGISTRY }, undefined],
  [{ namespaceId: "ns-1" }, undefined],
  [
    { registryArn: REGISTRY, containerPort: 8080 },
    { container: "web", containerPort: 8080 },
  ],
  [
    { namespaceId: "ns-1", recordType: "SRV" },
    { container: "web", containerPort: 8080 },
  ],
])("%j registers the port %j", (discovery, port) => {
  const { serviceDiscovery, containers } = fargateService.parse(withPorts(discovery));
  expect(serviceDiscovery && registeredPort(serviceDiscovery, containers)).toEqual(port);
});
