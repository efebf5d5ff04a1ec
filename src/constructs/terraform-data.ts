import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/**
 * A value that Terraform keeps in the state, for others to be replaced with. CDKTF's own `DataResource` asks the
 * installed Terraform for its version at every synth, which needs a Terraform, and 0.1 seconds for each service.
 * @see https://developer.hashicorp.com/terraform/language/resources/terraform-data
 */
export class TerraformData extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly input: Readonly<Record<string, unknown>>,
  ) {
    super(scope, id, {
      terraformResourceType: "terraform_data",
      terraformGeneratorMetadata: { providerName: "terraform" },
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.input };
  }
}
