import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import type { Construct } from "constructs";

import { isToken } from "../../model/leaves";
import type { ParsedVpc } from "../../model/network";
import { withPath } from "../named-lookup";

/** A VPC. The provider's error does not say which one does not exist, or exists twice; the path of the lookup does. */
export class VpcLookup extends DataAwsVpc {
  constructor(
    scope: Construct,
    id: string,
    private readonly vpc: ParsedVpc,
  ) {
    super(scope, id, vpc === "default" ? { default: true } : vpc);
  }

  protected override get constructNodeMetadata(): Record<string, unknown> {
    return withPath(super.constructNodeMetadata, `${this.node.path} ${whichVpc(this.vpc)}`);
  }
}

/** `default`, `vpc-0123…` or `Name=main` */
function whichVpc(vpc: ParsedVpc): string {
  if (vpc === "default") return vpc;
  return "id" in vpc ? shown(vpc.id) : tagText(vpc.tags);
}

/** Tags on one line, `Name=main, tier=private`, with `…` for what only Terraform knows. */
export function tagText(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map(([key, value]) => `${key}=${shown(value)}`)
    .join(", ");
}

export function shown(value: string): string {
  return isToken(value) ? "…" : value;
}
