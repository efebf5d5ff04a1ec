import type { TerraformStack } from "cdktf";

import { PinnedFargateService } from "../../src/constructs/service/pinned-fargate-service";
import type { LoadBalancing } from "../../src/model/load-balancing";
import type { PinnedFargateServiceProps } from "../../src/model/service";
import { balancedProps, type Balancers } from "./load-balancers";
import { synthesized, type SynthesizedStack } from "./synthesized-stack";

type Changes = Partial<PinnedFargateServiceProps>;
export type Written = Balancers | ((stack: TerraformStack) => Balancers);

/** Adds the service `demo` behind load balancers. */
export function add(stack: TerraformStack, written: Written, changes: Changes = {}): PinnedFargateService {
  const balancers = typeof written === "function" ? written(stack) : written;
  return new PinnedFargateService(stack, "Default", balancedProps(balancers, changes));
}
export const stackOf = (written: Written, changes: Changes = {}): SynthesizedStack =>
  synthesized((stack) => add(stack, written, changes));
/** The same with one entry, `public`. */
export const one = (entry: LoadBalancing, changes: Changes = {}): SynthesizedStack =>
  stackOf({ public: entry }, changes);

/** The reference to an attribute of the only block of a type. */
export function ref(stack: SynthesizedStack, type: string, attribute: string): string {
  const isData = Object.keys(stack.data(type)).length > 0;
  const [id = ""] = Object.keys(isData ? stack.data(type) : stack.resources(type));
  return `${isData ? "data." : ""}${type}.${id}.${attribute}`;
}
