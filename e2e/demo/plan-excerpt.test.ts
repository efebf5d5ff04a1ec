import { planExcerpt } from "./plan-excerpt";

const REGISTRY = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
const [OLD, NEW] = [`sha256:f38068a5${"0".repeat(56)}`, `sha256:cdeb29a2${"0".repeat(56)}`];

const PLAN = `
Terraform used the selected providers to generate the following execution
plan. Resource actions are indicated with the following symbols:
  ~ update in-place
-/+ destroy and then create replacement

Terraform will perform the following actions:

  # aws_ecs_service.service will be updated in-place
  ~ resource "aws_ecs_service" "service" {
        id                                 = "arn:aws:ecs:us-east-1:123456789012:service/default/demo-local"
      ~ task_definition                    = "arn:aws:ecs:us-east-1:123456789012:task-definition/demo-local:1" -> (known after apply)
        # (15 unchanged attributes hidden)
    }

  # aws_ecs_task_definition.task-definition must be replaced
-/+ resource "aws_ecs_task_definition" "task-definition" {
      ~ container_definitions    = jsonencode(
          ~ [
              ~ {
                  ~ image            = "${REGISTRY}/demo@${OLD}" -> "${REGISTRY}/demo@${NEW}"
                  - mountPoints      = []
                    name             = "demo"
                },
            ] # forces replacement
        )
      ~ revision                 = 1 -> (known after apply)
    }

Plan: 1 to add, 1 to change, 1 to destroy.

Changes to Outputs:
  ~ images              = {
      ~ demo = {
          ~ digest     = "${OLD}" -> "${NEW}"
        }
    }
`;

describe("planExcerpt", () => {
  test("shows which resources change, the image and the revision of the service, and the count", () => {
    expect(planExcerpt(PLAN)).toEqual([
      '  ~ resource "aws_ecs_service" "service" {',
      '      ~ task_definition = "…/demo-local:1" -> (known after apply)',
      '-/+ resource "aws_ecs_task_definition" "task-definition" {',
      '      ~ image = "…/demo@sha256:f38068a5…" -> "…/demo@sha256:cdeb29a2…"',
      "Plan: 1 to add, 1 to change, 1 to destroy.",
    ]);
  });

  test("shows nothing of a plan without changes", () => {
    expect(planExcerpt("\nNo changes. Your infrastructure matches the configuration.\n")).toEqual([]);
  });
});
