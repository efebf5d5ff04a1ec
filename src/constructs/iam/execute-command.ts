import { sessionLogging, type ParsedSessions } from "../../model/execute-command";
import { logGroupArn } from "../task/log-group";
import type { Role } from "./role";

/**
 * Lets the agent of ECS Exec, which runs in the containers under the task role, open a session, and log and decrypt it as
 * the cluster is set up. The actions of `ssmmessages`, and `logs:DescribeLogGroups` as AWS documents it for this, do not
 * support resource-level permissions.
 * @param sessions `true` if nothing is known about the cluster: then sessions are not logged
 * @param ownLogGroups ARNs of the log groups that the containers write to
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsessionmanagermessagegatewayservice.html
 */
export function grantExecuteCommand(
  role: Role,
  sessions: ParsedSessions | true,
  ownLogGroups: readonly string[],
): void {
  role.grant({
    actions: [
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ],
    resources: ["*"],
  });
  if (sessions === true) return;
  const { logGroup, s3Bucket, s3KeyPrefix, s3EncryptionEnabled, kmsKeyArn } = sessions;
  const { account } = role;
  const logging = sessionLogging(sessions);
  if (logging === "DEFAULT") grantLogs(role, ownLogGroups);
  if (logging === "OVERRIDE" && logGroup !== undefined) {
    grantLogs(role, [logGroupArn(account, logGroup)]);
  }
  if (logging === "OVERRIDE" && s3Bucket !== undefined) {
    const bucket = `arn:${account.partition}:s3:::${s3Bucket}`;
    const objects = s3KeyPrefix === undefined ? bucket : `${bucket}/${s3KeyPrefix}`;
    role.grant({ actions: ["s3:GetBucketLocation"], resources: [bucket] });
    if (s3EncryptionEnabled === true) role.grant({ actions: ["s3:GetEncryptionConfiguration"], resources: [bucket] });
    role.grant({ actions: ["s3:PutObject"], resources: [`${objects}/*`] });
  }
  if (kmsKeyArn !== undefined) role.grant({ actions: ["kms:Decrypt"], resources: [kmsKeyArn] });
}

function grantLogs(role: Role, arns: readonly string[]): void {
  if (arns.length === 0) return;
  role.grant({ actions: ["logs:DescribeLogGroups"], resources: ["*"] });
  role.grant({
    actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
    resources: arns.map((arn) => `${arn}:*`),
  });
}
