import { lastWords, StepFailed } from "./failure";

describe("lastWords", () => {
  test("begins at the first error, without empty lines or counters", () => {
    const output = `registry  Initializing the backend...
          Error: Failed to install provider

          Error while installing hashicorp/aws

0 Stacks deploying     0 Stacks done     1 Stack waiting
Error: terraform init failed with exit code 1
`;
    expect(lastWords(output)).toEqual([
      "Error: Failed to install provider",
      "Error while installing hashicorp/aws",
      "Error: terraform init failed with exit code 1",
    ]);
  });

  test("is the end of what was said if no error is named", () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);
    expect(lastWords(lines.join("\n"))).toEqual(lines.slice(18));
  });
});

test("a failed step is named above the last words of its command", () => {
  expect(new StepFailed("[2/8] Deploy", new Error("exit code 1:\nError: no")).message).toBe(
    "failed at [2/8] Deploy:\n  Error: no",
  );
});
