import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";

import { synthesized, type SynthesizedStack } from "../../support/synthesized-stack";
import { addTask, containerProps, synthesizedTask } from "../../support/task-stack";

const FILE = "arn:aws:s3:::shop-settings/staging/web.env";

const rights = (stack: SynthesizedStack): unknown =>
  stack
    .statements()
    .filter(({ Action }) => (Action as string[])[0]?.startsWith("s3:"))
    .map(({ Action, Resource }) => [Action, Resource]);

test("ECS reads the files in their order, and the execution role may fetch these and no others", () => {
  const other = "arn:aws:s3:::shop-settings/all.env";
  const stack = synthesizedTask({ containers: [containerProps({ environmentFiles: [FILE, other] })] });
  expect(stack.container()["environmentFiles"]).toEqual([
    { value: FILE, type: "s3" },
    { value: other, type: "s3" },
  ]);
  expect(rights(stack)).toEqual([
    [["s3:GetObject"], [FILE, other]],
    [["s3:GetBucketLocation"], ["arn:aws:s3:::shop-settings"]],
  ]);
});

test("a file may be in a bucket that is a reference", () => {
  const stack = synthesized((scope) => {
    const { arn } = new S3Bucket(scope, "settings", {});
    addTask(scope, { containers: [containerProps({ environmentFiles: [`${arn}/all.env`] })] });
  });
  expect(stack.container()["environmentFiles"]).toEqual([
    { value: "${aws_s3_bucket.settings.arn}/all.env", type: "s3" },
  ]);
  expect(rights(stack)).toEqual([
    [["s3:GetObject"], ["${aws_s3_bucket.settings.arn}/all.env"]],
    [["s3:GetBucketLocation"], ["${aws_s3_bucket.settings.arn}"]],
  ]);
});

test("a file may be a reference, from which Terraform takes the bucket", () => {
  const stack = synthesized((scope) => {
    const { arn } = new S3Object(scope, "web", { bucket: "shop-settings", key: "web.env" });
    addTask(scope, { containers: [containerProps({ environmentFiles: [arn] })] });
  });
  expect(stack.container()["environmentFiles"]).toEqual([{ value: "${aws_s3_object.web.arn}", type: "s3" }]);
  expect(stack.resource("aws_iam_role_policy")["policy"]).toContain(
    '["s3:GetBucketLocation"],"Resource":["${element(split("/", aws_s3_object.web.arn), 0)}"]',
  );
});
