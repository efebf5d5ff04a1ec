import { abbreviate } from "./abbreviate";

const DIGEST = `sha256:86e2db63${"0".repeat(56)}`;
const REGISTRY = "123456789012.dkr.ecr.us-east-1.amazonaws.com";

test.each([
  ["a digest", DIGEST, "sha256:86e2db63…"],
  ["an image by digest", `${REGISTRY}/demo@${DIGEST}`, "…/demo@sha256:86e2db63…"],
  ["an image by tag, in a repository with a slash", `"${REGISTRY}/team/demo:1.10"`, '"…/demo:1.10"'],
  ["an ARN", `"arn:aws:ecs:us-east-1:123456789012:task-definition/demo-local:1"`, '"…/demo-local:1"'],
  ["two in a line", `"${REGISTRY}/demo@${DIGEST}" -> "${REGISTRY}/demo:1"`, '"…/demo@sha256:86e2db63…" -> "…/demo:1"'],
  ["a sign of a plan", '-/+ resource "x" "y" {', '-/+ resource "x" "y" {'],
  ["a name", "demo-local", "demo-local"],
])("abbreviates %s", (_, text, abbreviated) => {
  expect(abbreviate(text)).toBe(abbreviated);
});
