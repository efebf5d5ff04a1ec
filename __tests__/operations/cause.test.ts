import { causeOf } from "../../src/operations/cause";

const ROLLED_BACK = `
Error: Resource postcondition failed

  on cdk.tf.json line 214, in resource.aws_ecs_service.service.lifecycle.postcondition[0]:
 214:               "condition": "\${(self.task_definition == aws_ecs_task_definition.task-definition.arn)}",
    ├────────────────
    │ self.task_definition is "arn:aws:ecs:us-east-1:123456789012:task-definition/demo-local:1"

demo-local ended on
arn:aws:ecs:us-east-1:123456789012:task-definition/demo-local:1, not on the
planned arn:aws:ecs:us-east-1:123456789012:task-definition/demo-local:2.
Either ECS rolled the deployment back, because its tasks did not start or did
not stay up, or another deploy came in between. The deployments and events of
the service say which; after a rollback, its stopped tasks and its log group
say why.
`;
const SAID =
  "Resource postcondition failed: demo-local ended on arn:aws:ecs:us-east-1:123456789012:task-definition/demo-local:1, not on the planned arn:aws:ecs:us-east-1:123456789012:task-definition/demo-local:2. Either ECS rolled the deployment back, because its tasks did not start or did not stay up, or another deploy came in between. The deployments and events of the service say which; after a rollback, its stopped tasks and its log group say why.";

test("is the error with its explanation in one line, without the excerpt of the configuration", () => {
  expect(causeOf(ROLLED_BACK)).toBe(SAID);
});

test("is the same in a terminal, with colours and a frame", () => {
  const framed = ROLLED_BACK.trim()
    .split("\n")
    .map((line) => `\u001b[31m│\u001b[0m \u001b[0m${line.replace("Error: ", "\u001b[1m\u001b[31mError: \u001b[0m")}`);
  expect(causeOf(["\u001b[31m╷\u001b[0m\u001b[0m", ...framed, "\u001b[31m╵\u001b[0m"].join("\n"))).toBe(SAID);
});

test("says how many more errors there are", () => {
  expect(causeOf("\nError: first\n\n  with aws_iam_role.a,\n  on x line 3:\n   3: {\n\n\nError: second\n\nwhy\n")).toBe(
    "first with aws_iam_role.a (and 1 more)",
  );
});

test("names the address, also after a long text", () => {
  const text = `Error: reading\n\n  with data.aws_ecr_image.web-image (web-image/web:1.10),\n  on x line 3\n\n${"why ".repeat(200)}\n`;
  expect(causeOf(text)).toMatch(/^reading: why why .*… with data\.aws_ecr_image\.web-image \(web-image\/web:1\.10\)$/);
});

test("leaves out a warning that follows, and what comes before", () => {
  expect(causeOf("Acquiring state lock.\nError: first\n\nwhy\n\nWarning: old\n\nargument\n")).toBe("first: why");
});

test("of a lock is who holds it, and its ID", () => {
  const text = `
Error: Error acquiring the state lock

Error message: operation error S3: PutObject, https response error
StatusCode: 412, RequestID: 8kQafhdpoI, api error PreconditionFailed
Lock Info:
  ID:        e0f00bc5-f772-0a61-0444-b83afb66179c
  Path:      locks/ecs-pin/demo-lock.tfstate
  Operation: OperationTypeApply
  Who:       root@vm
  Version:   1.11.4
  Created:   2026-11-26 11:52:55.805711425 +0000 UTC
  Info:      


Terraform acquires a state lock to protect the state from being written
by multiple users at the same time.
`;
  expect(causeOf(text)).toBe(
    "Error acquiring the state lock: root@vm has held lock e0f00bc5-f772-0a61-0444-b83afb66179c since 2026-11-26 11:52:55 UTC",
  );
});

test("is cut when it is long", () => {
  const cause = causeOf(`Error: ${"😀".repeat(700)}`) ?? "";
  expect(Array.from(cause)).toHaveLength(600);
  expect(cause).toMatch(/😀…$/u);
});

test.each(["", "Warning: nothing\n", "signal: killed"])("is unknown without an error: %j", (text) => {
  expect(causeOf(text)).toBeUndefined();
});
