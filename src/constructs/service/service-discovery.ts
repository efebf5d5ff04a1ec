import { ServiceDiscoveryService } from "@cdktf/provider-aws/lib/service-discovery-service";
import type { EcsServiceServiceRegistries } from "@cdktf/provider-aws/lib/ecs-service";
import { Construct } from "constructs";

import { registeredPort, type ParsedServiceDiscovery } from "../../model/service-discovery";
import type { ParsedContainer } from "../../model/container";

/** Where the tasks of a service are registered. */
export interface ServiceDiscoveryConstructProps {
  /** Name of the service, which is also that of its Cloud Map service unless it has another one. */
  readonly name: string;
  readonly discovery: ParsedServiceDiscovery;
  readonly containers: readonly ParsedContainer[];
}

const DEFAULT_TTL = 10;

/**
 * The Cloud Map service that the tasks of a service are registered with: one that exists, or one of its own. It goes with
 * what is still registered: ECS may not yet have removed the last task.
 *
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateService.html
 */
export class ServiceDiscovery extends Construct {
  /** The service's own. `undefined` if there is a `registryArn`. */
  readonly resource?: ServiceDiscoveryService;
  readonly arn: string;
  /** Goes into the service. */
  readonly registry: EcsServiceServiceRegistries;

  constructor(scope: Construct, id: string, { name, discovery, containers }: ServiceDiscoveryConstructProps) {
    super(scope, id);
    const { registryArn, namespaceId, recordType = "A", ttl = DEFAULT_TTL } = discovery;
    if (namespaceId !== undefined) {
      this.resource = new ServiceDiscoveryService(this, "Default", {
        name: discovery.name ?? name,
        dnsConfig: { namespaceId, dnsRecords: [{ type: recordType, ttl }], routingPolicy: "MULTIVALUE" },
        // ECS says which tasks are healthy. AWS accepts no other threshold any more.
        healthCheckCustomConfig: { failureThreshold: 1 },
        forceDestroy: true,
        lifecycle: { createBeforeDestroy: true },
      });
    }
    this.arn = registryArn ?? this.resource?.arn ?? "";
    const port = registeredPort(discovery, containers);
    this.registry = {
      registryArn: this.arn,
      ...(port && { containerName: port.container, containerPort: port.containerPort }),
    };
  }
}
