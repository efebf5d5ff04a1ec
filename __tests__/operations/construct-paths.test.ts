import { withConstructPaths } from "../../src/operations/construct-paths";

const at = (path: string) => ({ "//": { metadata: { path } } });
const named = withConstructPaths(
  "web-test",
  JSON.stringify({
    data: { aws_ecr_image: { "web-image": at("web-test/web-image/web:1.10") }, aws_vpc: { plain: {} } },
    resource: { aws_iam_role: { task: at("web-test/Default/task"), "task-role": at("web-test/role/task") } },
  }),
);

test.each([
  ["  with data.aws_ecr_image.web-image,", "  with data.aws_ecr_image.web-image (web-image/web:1.10),"],
  ["│   with data.aws_ecr_image.web-image,", "│   with data.aws_ecr_image.web-image (web-image/web:1.10),"],
  ["\u001b[0m\u001b[1maws_iam_role.task: Creating", "\u001b[0m\u001b[1maws_iam_role.task (Default/task): Creating"],
  ["aws_iam_role.task-role: Creating", "aws_iam_role.task-role (role/task): Creating"],
])("%j names the construct", (line, expected) => {
  expect(named(line)).toBe(expected);
});

test.each([
  "aws_ecr_image.web-image",
  "data.aws_iam_role.task",
  "data.aws_vpc.plain",
  "aws_iam_role.task-2",
  "my_aws_iam_role.task",
  "${aws_iam_role.task.arn}",
])("%s is left as it is", (line) => {
  expect(named(line)).toBe(line);
});

test("a stack without resources has no constructs to name", () => {
  expect(withConstructPaths("a", "{}")("aws_iam_role.task")).toBe("aws_iam_role.task");
});
