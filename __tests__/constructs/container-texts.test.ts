import type { ContainerProps } from "../../src/constructs/container";
import { containerRejection, definitionOf } from "../support/task-stack";

const CHANGED = "e\u0301";
const REASON = 'is not in Unicode normal form C, and Terraform would change it; write it as text.normalize("NFC")';

describe("rejects a text that Terraform would change", () => {
  test.each<[string, Partial<ContainerProps>]>([
    ["environment: variable name", { environment: { [CHANGED]: "a" } }],
    ['environment: "NAME"', { environment: { NAME: CHANGED } }],
    ["dockerLabels: label name", { dockerLabels: { [CHANGED]: "a" } }],
    ['dockerLabels: "team"', { dockerLabels: { team: CHANGED } }],
    ["command", { command: ["a", CHANGED] }],
    ["entryPoint", { entryPoint: ["a", CHANGED] }],
    ["workingDirectory", { workingDirectory: `/${CHANGED}` }],
    ["user", { user: CHANGED }],
    ["healthCheck: command", { healthCheck: { command: ["CMD", CHANGED] } }],
  ])("in %s", (where, container) => {
    expect(containerRejection(container)).toBe(`container "web": ${where} ${REASON}`);
  });
});

describe("an environment variable", () => {
  test.each([
    ["", '""'],
    ["A=pa55", '"A=…"'],
    ["=", '"=…"'],
  ])("rejects the name %j, never showing what follows the =", (name, shown) => {
    expect(containerRejection({ environment: { [name]: "secret" } })).toBe(
      `container "web": environment: variable name ${shown} is not valid; use a name without "="`,
    );
  });

  test("rejects an empty value, which Terraform would never see settled", () => {
    expect(containerRejection({ environment: { LEVEL: "" } })).toBe(
      'container "web": environment: "LEVEL" is empty, which Terraform would show as a change in every plan; leave it out',
    );
  });

  test("rejects a value that is a number", () => {
    expect(containerRejection({ environment: { PORT: 80 } as unknown as Record<string, string> })).toBe(
      'container "web": environment: "PORT" is not text; write it in quotes',
    );
  });

  test("rejects a value that is missing, as process.env gives it", () => {
    expect(containerRejection({ environment: { PORT: undefined } as unknown as Record<string, string> })).toBe(
      'container "web": environment: "PORT" is not text; write it in quotes',
    );
  });

  test("may hold = in its value", () => {
    expect(definitionOf({ environment: { OPTIONS: "a=b" } })).toMatchObject({
      environment: [{ name: "OPTIONS", value: "a=b" }],
    });
  });
});

test.each([[""], ["app"], ["./app"], ["C:\\app"]])(
  "rejects the working directory %j, which is not absolute",
  (workingDirectory) => {
    expect(containerRejection({ workingDirectory })).toBe(
      `container "web": workingDirectory ${JSON.stringify(workingDirectory)} is not absolute; begin it with "/"`,
    );
  },
);

describe("a Docker label", () => {
  test.each(["image_tag", "image_digest"])("rejects %s, which says which image runs", (label) => {
    expect(containerRejection({ dockerLabels: { team: "blue", [label]: "latest" } })).toBe(
      `container "web": dockerLabels: "${label}" is written by the pinned image and cannot be set; remove it or choose another name`,
    );
  });

  test("may be empty", () => {
    expect(definitionOf({ dockerLabels: { team: "" } })).toMatchObject({ dockerLabels: { team: "" } });
  });
});
