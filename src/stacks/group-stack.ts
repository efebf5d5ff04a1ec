import { Aspects, TerraformElement } from "cdktf";
import type { Construct, Node } from "constructs";

import type { StackProps } from "../model/place";
import { ResourceTags } from "../constructs/resource-tags";
import { ServicesStack, type ServiceInStack } from "./services-stack";

/** One of the services of a group. */
export interface GroupedService extends ServiceInStack {
  /** Name of the service in the config, which tells it from the others: `shop`. */
  readonly name: string;
}

/** Services of an environment that share a stack. */
export interface GroupStackProps extends StackProps {
  readonly services: readonly GroupedService[];
}

/** The names of services by the ids of their constructs, for each stack: known before a construct asks for its address. */
const NAMES = new WeakMap<GroupStack, ReadonlyMap<string, string>>();

/**
 * ECS services that are deployed together, with one state. Terraform's addresses of a service begin with its name, and go
 * on as in a stack of its own: `aws_ecs_service.shop_service`. So does the name of each output: `shop_images`.
 */
export class GroupStack extends ServicesStack {
  constructor(scope: Construct, props: GroupStackProps) {
    super(scope, props);
    NAMES.set(this, new Map(props.services.map(({ name, service }) => [service.name, name])));
    for (const grouped of props.services) {
      // The name in AWS has a "-", unlike the id of any other construct here.
      const service = this.addService(grouped.service.name, grouped, `${grouped.name}_`);
      Aspects.of(service).add(new ResourceTags({ service: grouped.name }));
    }
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const { scopes } = TerraformElement.isTerraformElement(element) ? element.node : element;
    const [service, ...below] = scopes.slice(scopes.indexOf(this) + 1);
    const name = service && NAMES.get(this)?.get(service.node.id);
    if (name === undefined) return super.allocateLogicalId(element);
    // A path without the service, of which CDKTF makes what it makes in a stack of its own.
    return `${name}_${super.allocateLogicalId({ scopes: [this, ...below] } as unknown as Node)}`;
  }
}
