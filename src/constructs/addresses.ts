import { TerraformDataSource, TerraformElement, TerraformResource } from "cdktf";
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
    const address = `${kindOf(element)} ${element.friendlyUniqueId}`;
    const first = paths.get(address);
    paths.set(address, first ?? path);
    return first === undefined ? [] : [`${path} gets the same Terraform address as ${first}; choose another id`];
  });
}

/** By the type in Terraform, not by the class: a subclass writes to the same address. */
function kindOf(element: TerraformElement): string {
  if (TerraformDataSource.isTerraformDataSource(element)) return `data ${element.terraformResourceType}`;
  if (TerraformResource.isTerraformResource(element)) return element.terraformResourceType;
  return element.constructor.name;
}
