import { Op, conditional } from "cdktf";

import { PinnedFargateService } from "../constructs/service/pinned-fargate-service";
import type { PinnedFargateServiceProps } from "../model/service";
import { AwsStack } from "./aws-stack";
import { plannedImages } from "./planned-images";

/** A service of a stack. */
export interface ServiceInStack {
  readonly service: PinnedFargateServiceProps;
  /** Adds to the service what data cannot express. @default - nothing is added */
  readonly extend?: (service: PinnedFargateService) => void;
}

/** A stack of ECS services with pinned images, and the outputs that say what was deployed. */
export abstract class ServicesStack extends AwsStack {
  /**
   * Adds a service and its outputs.
   * @param id of its construct
   * @param prefix what the names of its outputs begin with @default - nothing
   */
  protected addService(id: string, { service: props, extend }: ServiceInStack, prefix = ""): PinnedFargateService {
    const service = new PinnedFargateService(this, id, props);
    const output = (name: string, description: string, value: unknown): void =>
      this.output(`${prefix}${name}`, description, value);
    output("service_name", "Name of the service", service.service.name);
    output("cluster_arn", "ARN of the cluster", service.cluster.arn);
    output("task_definition_arn", "ARN of the revision that the service runs", service.service.taskDefinitionArn);
    output("log_group_name", "CloudWatch Logs group of the containers", service.logGroup.name);
    const { securityGroup } = service;
    if (securityGroup) output("security_group_id", "The service's own security group", securityGroup.id);
    const dnsNames = [...service.targetGroups].flatMap(([name, { loadBalancer }]) =>
      loadBalancer ? [[name, loadBalancer.resource.dnsName] as const] : [],
    );
    if (dnsNames.length > 0) {
      output("load_balancer_dns_names", "DNS name of each load balancer of its own", Object.fromEntries(dnsNames));
    }
    this.declareImages(service, prefix);
    extend?.(service);
    return service;
  }

  private declareImages({ images, service, taskDefinition }: PinnedFargateService, prefix: string): void {
    const planned = plannedImages(this, `${prefix}planned-images`, images);
    this.output(
      `${prefix}planned_images`,
      "Image of each container, as planned: known before anything is deployed",
      planned,
    );
    // The planned image is known at plan time, so Terraform would keep it in the state even if ECS rolled it back. If
    // the state is refreshed while another revision runs, this is null.
    const isDeployed = Op.eq(service.taskDefinitionArn, taskDefinition.arn);
    const running: unknown = conditional(isDeployed, planned, null);
    this.output(`${prefix}images`, "Image of each container that the service runs", running);
  }
}
