import { Op, conditional } from "cdktf";
import type { Construct } from "constructs";

import { PinnedFargateService } from "../constructs/service/pinned-fargate-service";
import type { StackProps } from "../model/place";
import type { PinnedFargateServiceProps } from "../model/service";
import { AwsStack } from "./aws-stack";
import { plannedImages } from "./planned-images";

/** A service in an environment. */
export interface ServiceStackProps extends StackProps {
  readonly service: PinnedFargateServiceProps;
  /** Adds to the service what data cannot express. @default - nothing is added */
  readonly extend?: (service: PinnedFargateService) => void;
}

/** An ECS service with pinned images, and the outputs that say what was deployed. */
export class ServiceStack extends AwsStack {
  constructor(scope: Construct, props: ServiceStackProps) {
    super(scope, props);
    // CDKTF leaves the id "Default" out of addresses; the stack has only this one service.
    const service = new PinnedFargateService(this, "Default", props.service);
    this.output("service_name", "Name of the service", service.service.name);
    this.output("cluster_arn", "ARN of the cluster", service.cluster.arn);
    this.output("task_definition_arn", "ARN of the revision that the service runs", service.service.taskDefinitionArn);
    this.output("log_group_name", "CloudWatch Logs group of the containers", service.logGroup.name);
    const { securityGroup } = service;
    if (securityGroup) this.output("security_group_id", "The service's own security group", securityGroup.id);
    this.declareImages(service);
    props.extend?.(service);
  }

  private declareImages({ images, service, taskDefinition }: PinnedFargateService): void {
    const planned = plannedImages(this, images);
    this.output("planned_images", "Image of each container, as planned: known before anything is deployed", planned);
    // The planned image is known at plan time, so Terraform would keep it in the state even if ECS rolled it back. If
    // the state is refreshed while another revision runs, this is null.
    const isDeployed = Op.eq(service.taskDefinitionArn, taskDefinition.arn);
    const running: unknown = conditional(isDeployed, planned, null);
    this.output("images", "Image of each container that the service runs", running);
  }
}
