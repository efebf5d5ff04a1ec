import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

/**
 * A line for each element below `scope` that gets the same address as another one. CDKTF leaves the id `Default` out of
 * addresses and silently writes two elements with the same address as one.
 */
export function repeatedAddresses(scope: Construct): string[] {
  const paths = new Map<string, string>();
  return scope.node.findAll().flatMap((element) => {
    if (!TerraformElement.isTerraformElement(element)) return [];
    const { path } = element.node;
    const address = `${element.constructor.name} ${element.friendlyUniqueId}`;
    const first = paths.get(address);
    paths.set(address, first ?? path);
    return first === undefined ? [] : [`${path} gets the same Terraform address as ${first}; choose another id`];
  });
}
