import { Fn, TerraformResource, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";

import { isToken } from "../model/leaves";
import type { Tags } from "../model/tags";

/** A resource that has tags. */
interface Tagged {
  readonly tagsInput?: Tags;
  tags: Tags;
}

/**
 * Sets tags on every resource of a construct, also on those that code adds later. The provider's default tags are the same
 * for a whole stack.
 */
export class ResourceTags implements IAspect {
  constructor(private readonly tags: Tags) {}

  visit(node: IConstruct): void {
    // A lookup has tags too, by which it looks something up.
    if (!TerraformResource.isTerraformResource(node) || !("tagsInput" in node)) return;
    const resource = node as unknown as Tagged;
    const { tagsInput = {} } = resource;
    resource.tags = isToken(tagsInput) ? (Fn.merge([this.tags, tagsInput]) as Tags) : { ...this.tags, ...tagsInput };
  }
}
