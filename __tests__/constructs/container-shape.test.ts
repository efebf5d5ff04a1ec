import { containerRejection } from "../support/task-stack";

/** The compiler refuses all of these; a spread or a cast gets past it. */
describe("rejects a container whose", () => {
  test.each<[string, object, string]>([
    ["essential is text", { essential: "false" }, 'essential "false" is not valid; use true or false'],
    ["essential is null", { essential: null }, "essential null is not valid; use true or false"],
    ["health check is empty", { healthCheck: {} }, "healthCheck: command is missing; write it as [ … ]"],
    [
      "health check is text",
      { healthCheck: { command: "curl -u user:pa55" } },
      "healthCheck: command is not a list; write it as [ … ]",
    ],
    [
      "restart policy is neither on nor off",
      { restartPolicy: {} },
      "restartPolicy: enabled undefined is not valid; use true or false",
    ],
    [
      "restart policy is text",
      { restartPolicy: { enabled: "true" } },
      'restartPolicy: enabled "true" is not valid; use true or false',
    ],
    [
      "exit codes are text",
      { restartPolicy: { enabled: true, ignoredExitCodes: "1" } },
      "restartPolicy: ignoredExitCodes is not a list; write it as [ … ]",
    ],
    ["user is empty", { user: "" }, "user is empty; leave it out for the image's own"],
    [
      "label has no name",
      { dockerLabels: { "": "web" } },
      "dockerLabels: a label has no name; give it one, or remove it",
    ],
  ])("%s", (_, container, message) => {
    expect(containerRejection(container)).toBe(`container "web": ${message}`);
  });
});
