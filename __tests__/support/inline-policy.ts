import type { Block, SynthesizedStack } from "./synthesized-stack";

/** The statements of the inline policy of this name, if there is one, in the account 123456789012 of the partition `aws`. */
export function inlinePolicy(stack: SynthesizedStack, policyName: string): Block[] {
  const found = Object.values(stack.resources("aws_iam_role_policy")).find(({ name }) => name === policyName);
  const { policy = '{"Statement":[]}' } = found ?? {};
  const { Statement } = JSON.parse(policy as string) as { Statement: Block[] };
  const text = JSON.stringify(Statement)
    .replace(/\$\{data\.aws_partition\.[^}]*\}/g, "aws")
    .replace(/\$\{data\.aws_caller_identity\.[^}]*\}/g, "123456789012");
  return JSON.parse(text) as Block[];
}
