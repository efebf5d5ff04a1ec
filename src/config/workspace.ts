import { quote } from "../errors";
import type { ProcessEnvironment } from "../model/build-variables";

/**
 * A line if Terraform would use another workspace: it has states of its own, so that what is deployed without it exists
 * already and is unknown. A local state would even be in cdktf.out.
 * @see https://developer.hashicorp.com/terraform/cli/config/environment-variables#tf_workspace
 */
export function workspaceProblems({ TF_WORKSPACE: workspace = "" }: ProcessEnvironment): string[] {
  return ["", "default"].includes(workspace)
    ? []
    : [`TF_WORKSPACE ${quote(workspace)} would use other states; unset it`];
}
