import type {
  EcsServiceServiceConnectConfiguration,
  EcsServiceServiceConnectConfigurationService,
} from "@cdktf/provider-aws/lib/ecs-service";

import { resolvedPorts, type ResolvedPort } from "../../model/service-connect";
import type { ParsedService } from "../../model/service";
import type { Role } from "../iam/role";
import type { LogDestination } from "../task/log-configuration";

/** What Service Connect uses of a service. */
export interface ServiceConnectParts {
  /** Where the proxy writes its logs. */
  readonly logDestination: LogDestination;
  /** Under which ECS issues certificates; made when it is asked for. */
  readonly infrastructureRole: () => Role;
}

/** AWS's defaults. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TimeoutConfiguration.html */
const IDLE_SECONDS = { requests: 300, connections: 3600 };
const REQUEST_SECONDS = 15;

/**
 * Service Connect of a service, as an argument of its resource.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecs_service#service_connect_configuration
 */
export function serviceConnectArguments(
  { serviceConnect, containers }: ParsedService,
  parts: ServiceConnectParts,
): { serviceConnectConfiguration?: EcsServiceServiceConnectConfiguration } {
  if (serviceConnect === undefined) return {};
  const services = resolvedPorts(serviceConnect, containers).map((port) => portArguments(port, parts));
  return {
    serviceConnectConfiguration: {
      enabled: true,
      namespace: serviceConnect.namespace,
      ...(services.length > 0 && { service: services }),
      ...(serviceConnect.logging && { logConfiguration: logConfiguration(parts.logDestination) }),
    },
  };
}

function portArguments(port: ResolvedPort, parts: ServiceConnectParts): EcsServiceServiceConnectConfigurationService {
  const { portName, alias, testHeader, discoveryName, ingressPortOverride, timeout, tls } = port;
  return {
    portName,
    clientAlias: { ...alias, ...(testHeader && { testTrafficRules: [testRule(testHeader)] }) },
    discoveryName,
    ...(ingressPortOverride !== undefined && { ingressPortOverride }),
    ...(timeout && { timeout: timeoutArguments(port) }),
    ...(tls && { tls: tlsArguments(tls, parts) }),
  };
}

function testRule({ name, value }: NonNullable<ResolvedPort["testHeader"]>) {
  return { header: { name, value: { exact: value } } };
}

/** The provider sends 0 for what is missing, which means no limit. */
function timeoutArguments({ timeout = {}, hasRequests }: ResolvedPort) {
  const { idleTimeoutSeconds, perRequestTimeoutSeconds = REQUEST_SECONDS } = timeout;
  if (!hasRequests) return { idleTimeoutSeconds: idleTimeoutSeconds ?? IDLE_SECONDS.connections };
  return { idleTimeoutSeconds: idleTimeoutSeconds ?? IDLE_SECONDS.requests, perRequestTimeoutSeconds };
}

function tlsArguments(tls: NonNullable<ResolvedPort["tls"]>, { infrastructureRole }: ServiceConnectParts) {
  const { awsPcaAuthorityArn, kmsKey, roleArn } = tls;
  return {
    issuerCertAuthority: { awsPcaAuthorityArn },
    ...(kmsKey !== undefined && { kmsKey }),
    roleArn: roleArn ?? roleForCertificates(infrastructureRole(), kmsKey).arn,
  };
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-tls.html */
function roleForCertificates(role: Role, kmsKey: string | undefined): Role {
  const policy = "service-role/AmazonECSInfrastructureRolePolicyForServiceConnectTransportLayerSecurity";
  role.attach(role.account.managedPolicy(policy));
  if (kmsKey !== undefined) {
    const actions = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyPair"];
    role.allow({ actions, resources: [kmsKey] });
  }
  return role;
}

/** Into streams next to those of the containers. */
function logConfiguration({ logGroup, region }: LogDestination) {
  return {
    logDriver: "awslogs",
    options: {
      "awslogs-group": logGroup,
      "awslogs-region": region,
      "awslogs-stream-prefix": "service-connect",
      mode: "non-blocking",
      "max-buffer-size": "25m",
    },
  };
}
