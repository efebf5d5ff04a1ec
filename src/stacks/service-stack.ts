import type { Construct } from "constructs";

import type { StackProps } from "../model/place";
import { ServicesStack, type ServiceInStack } from "./services-stack";

/** A service in an environment. */
export interface ServiceStackProps extends StackProps, ServiceInStack {}

/** An ECS service in a stack of its own. */
export class ServiceStack extends ServicesStack {
  constructor(scope: Construct, props: ServiceStackProps) {
    super(scope, props);
    // CDKTF leaves the id "Default" out of addresses; the stack has only this one service.
    this.addService("Default", props);
  }
}
