import { existing } from "../../src/model/existing";
import { object } from "../../src/model/leaves";
import { TASK, checkTask } from "../../src/model/task";
import { REFERENCE, describeProperties, lines } from "../support/problems";

const VALID = { cpu: 256, memory: 512, containers: [{ name: "web", image: { repository: "demo", tag: "1.10" } }] };
const linesOf = (properties: object): string[] =>
  lines(object(TASK).superRefine(checkTask), { ...VALID, ...properties });

const ROLE = 'use the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME, or its name: 1 to 64 letters, digits or "_+=,.@-"';
const ROLES = ["web", "Web_+=,.@-", "arn:aws:iam::111122223333:role/web", "arn:aws-cn:iam::111122223333:role/a/b/web"];
const NO_ROLES = [
  "",
  "a/b",
  "a".repeat(65),
  "arn:aws:iam::111122223333:user/web",
  "arn:aws:iam::aws:role/web",
  "arn:aws:iam::111122223333:role/a/",
  `arn:aws:iam::111122223333:role/${"a".repeat(65)}`,
];

describeProperties(existing, {}, [
  ["executionRole", [...ROLES, REFERENCE], NO_ROLES, ROLE],
  ["taskRole", [...ROLES, REFERENCE], NO_ROLES, ROLE],
  [
    "logGroup",
    ["/aws/ecs/web", REFERENCE],
    ["", "a b"],
    'use the name of a log group: 1 to 512 letters, digits or "._-/#"',
  ],
]);

test.each([
  [
    { existing: { taskRole: "web" }, names: { taskRole: "own" } },
    "names: taskRole: existing.taskRole is used as it is; remove this name, or remove existing.taskRole",
  ],
  [
    { existing: { executionRole: "web" }, names: { executionRole: "own" } },
    "names: executionRole: existing.executionRole is used as it is; remove this name, or remove existing.executionRole",
  ],
  [
    { existing: { logGroup: "/web" }, names: { logGroup: "/own" } },
    "names: logGroup: existing.logGroup is used as it is; remove this name, or remove existing.logGroup",
  ],
  [
    { existing: { taskRole: "web" }, taskRole: { xray: true } },
    "taskRole: existing.taskRole is used as it is; remove this, and allow it where that role is managed, or remove existing.taskRole",
  ],
  [
    { existing: { executionRole: REFERENCE }, executionRole: {} },
    "executionRole: existing.executionRole is used as it is; remove this, and allow it where that role is managed, or remove existing.executionRole",
  ],
  [
    { existing: { logGroup: "/web" }, logRetentionDays: 30 },
    "logRetentionDays: existing.logGroup is used as it is; remove this, and set it where that log group is managed, or remove existing.logGroup",
  ],
  [
    { existing: { logGroup: "/web" }, logKmsKeyArn: REFERENCE },
    "logKmsKeyArn: existing.logGroup is used as it is; remove this, and set it where that log group is managed, or remove existing.logGroup",
  ],
])("what exists is neither named nor changed: %#", (properties, line) =>
  expect(linesOf(properties)).toEqual([`it: ${line}`]),
);

test("one role may be both", () =>
  expect(linesOf({ existing: { executionRole: "web", taskRole: "web" } })).toEqual([]));

test("the rest may still be one's own", () =>
  expect(
    linesOf({ existing: { executionRole: "web" }, names: { taskRole: "own", logGroup: "/web" }, taskRole: {} }),
  ).toEqual([]));
