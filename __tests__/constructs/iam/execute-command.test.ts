import { PinnedFargateService } from "../../../src/constructs/service/pinned-fargate-service";
import type { ContainerProps } from "../../../src/model/container";
import type { PinnedFargateServiceProps } from "../../../src/model/service";
import { inlinePolicy } from "../../support/inline-policy";
import { synthesized, type Block } from "../../support/synthesized-stack";
import { containerProps, serviceProps } from "../../support/task-stack";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const ACCOUNT = "123456789012";

/** What the task role of a service with `executeCommand` may do. */
function rightsOf(
  executeCommand: PinnedFargateServiceProps["executeCommand"],
  ...containers: Partial<ContainerProps>[]
): Block[] {
  const props = serviceProps({
    executeCommand,
    ...(containers.length > 0 && { containers: containers.map(containerProps) }),
  });
  const stack = synthesized((scope) => new PinnedFargateService(scope, "Default", props));
  return inlinePolicy(stack, "application");
}

const allow = (actions: string[], ...resources: string[]): Block => ({
  Effect: "Allow",
  Action: actions,
  Resource: resources,
});
const SESSION = allow(
  [
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
  ],
  "*",
);
const DESCRIBE = allow(["logs:DescribeLogGroups"], "*");
const writeTo = (...groups: string[]): Block =>
  allow(["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"], ...groups.map((arn) => `${arn}:*`));
const groupNamed = (name: string): string => `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:${name}`;
const OWN = "${aws_cloudwatch_log_group.log-group.arn}";
const BUCKET = "arn:aws:s3:::sessions";

describe("a task role", () => {
  test.each([undefined, false])("may do nothing with executeCommand %j", (executeCommand) =>
    expect(rightsOf(executeCommand)).toEqual([]),
  );

  test.each<[NonNullable<PinnedFargateServiceProps["executeCommand"]>, Block[]]>([
    [true, []],
    [{ logging: "NONE" }, []],
    [{}, [DESCRIBE, writeTo(OWN)]],
    [{ logging: "DEFAULT" }, [DESCRIBE, writeTo(OWN)]],
    [{ logGroup: "/exec", cloudWatchEncryptionEnabled: true }, [DESCRIBE, writeTo(groupNamed("/exec"))]],
    [{ s3Bucket: "sessions" }, [allow(["s3:GetBucketLocation"], BUCKET), allow(["s3:PutObject"], `${BUCKET}/*`)]],
    [
      { s3Bucket: "sessions", s3KeyPrefix: "exec/staging", s3EncryptionEnabled: true },
      [
        allow(["s3:GetBucketLocation"], BUCKET),
        allow(["s3:GetEncryptionConfiguration"], BUCKET),
        allow(["s3:PutObject"], `${BUCKET}/exec/staging/*`),
      ],
    ],
    [{ logging: "NONE", kmsKeyArn: KEY }, [allow(["kms:Decrypt"], KEY)]],
  ])("may open sessions and log them with executeCommand %j", (executeCommand, logging) =>
    expect(rightsOf(executeCommand)).toEqual([SESSION, ...logging]),
  );

  test("may log sessions where the containers log", () => {
    const containers = [{ logging: { logGroup: "/shared" } }, { name: "other" }];
    expect(rightsOf({ logging: "DEFAULT" }, ...containers)).toEqual([
      SESSION,
      DESCRIBE,
      writeTo(groupNamed("/shared"), OWN),
    ]);
  });

  test("may log no sessions where no container logs to CloudWatch Logs", () => {
    const logging = {
      driver: "splunk" as const,
      options: { "splunk-url": "https://splunk:8088" },
      secretOptions: { "splunk-token": { ssmParameter: "/splunk/token" } },
    };
    expect(rightsOf({ logging: "DEFAULT" }, { logging })).toEqual([SESSION]);
  });
});
