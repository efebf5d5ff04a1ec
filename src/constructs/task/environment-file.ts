import { Fn, Token } from "cdktf";

import { bucketOf } from "../../model/environment-file";
import type { Role } from "../iam/role";

/**
 * Lets ECS fetch a file with environment variables, by its ARN, for tasks that start under `role`.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html#task-execution-environment-files
 */
export function grantFetch(file: string, role: Role): void {
  const bucket = bucketOf(file) ?? Token.asString(Fn.element(Fn.split("/", file), 0));
  role.grant({ actions: ["s3:GetObject"], resources: [file] });
  role.grant({ actions: ["s3:GetBucketLocation"], resources: [bucket] });
}
