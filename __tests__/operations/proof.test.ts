import { faultOf } from "../../src/operations/proof";

const plan = (exitCode: number | null, messages: object[], more = {}) => ({
  exitCode,
  signal: null,
  stdout: messages.map((message) => `${JSON.stringify(message)}\n`).join(""),
  stderr: "",
  ...more,
});
const change = (addr: string, action = "update") => ({
  type: "planned_change",
  change: { resource: { addr }, action },
});
const outputs = (action: string) => ({ type: "outputs", outputs: { planned_images: { action }, images: { action } } });

test("a stack is proven if nothing is left to change", () => {
  expect(faultOf(plan(0, [outputs("noop")]))).toBeUndefined();
});

test("names what is left to change", () => {
  expect(faultOf(plan(2, [change("aws_ecs_service.service"), change("x", "noop"), outputs("noop")]))).toBe(
    "it is not as planned: the next plan still changes aws_ecs_service.service (update)",
  );
});

test("names only the first few changes", () => {
  const changes = ["a", "b", "c", "d", "e", "f", "g"].map((address) => change(address));
  expect(faultOf(plan(2, changes))).toMatch(/e \(update\) and 2 more$/);
});

test("names outputs if only those change", () => {
  expect(faultOf(plan(2, [{ type: "outputs", outputs: { url: { action: "update" }, id: { action: "noop" } } }]))).toBe(
    "it is not as planned: the next plan still changes output url",
  );
});

test("says that an image has moved since, or another deploy has changed which build is kept", () => {
  expect(faultOf(plan(2, [change("aws_ecs_task_definition.task-definition", "replace"), outputs("update")]))).toBe(
    "an image has moved since the plan, or another deploy came in between, and the next plan differs in aws_ecs_task_definition.task-definition (replace); deploy again",
  );
  expect(faultOf(plan(2, [outputs("update")]))).toBe(
    "an image has moved since the plan, or another deploy came in between; deploy again",
  );
});

test("what cannot be looked up is not proven, and the error is named", () => {
  const diagnostic = { severity: "error", summary: "reading ECS Cluster (x)", detail: "empty\nresult" };
  const warning = { severity: "warning", summary: "old", detail: "" };
  expect(
    faultOf(
      plan(1, [
        { type: "diagnostic", diagnostic: warning },
        { type: "diagnostic", diagnostic },
      ]),
    ),
  ).toBe("it cannot be proven what runs: reading ECS Cluster (x): empty result");
  expect(faultOf(plan(1, [], { stderr: "not JSON\nError: no such flag\n" }))).toBe(
    "it cannot be proven what runs: no such flag",
  );
});

test("a plan that was killed proves nothing", () => {
  expect(faultOf(plan(null, [], { signal: "SIGKILL" }))).toBe(
    "it cannot be proven what runs: terraform plan was ended by SIGKILL",
  );
});
