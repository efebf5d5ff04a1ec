import { InvalidInputError, alternatives, quote } from "../errors";
import { isToken } from "./aws-names";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size */
const MEMORY_OF_CPU: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024, 2048]],
  [512, range(1024, 4096, 1024)],
  [1024, range(2048, 8192, 1024)],
  [2048, range(4096, 16_384, 1024)],
  [4096, range(8192, 30_720, 1024)],
  [8192, range(16_384, 61_440, 4096)],
  [16_384, range(32_768, 122_880, 8192)],
  [32_768, [61_440, 122_880, 249_856]],
]);

/**
 * Checks that Fargate has a task of this size.
 * @param cpu CPU units: 1024 are one vCPU
 * @param memory MiB
 * @throws InvalidInputError listing the valid values
 */
export function checkFargateSize(cpu: number, memory: number): void {
  if (isToken(cpu)) return;
  const memories = MEMORY_OF_CPU.get(cpu);
  if (!memories) {
    throw new InvalidInputError(
      `cpu ${quote(cpu)} is not valid on Fargate; choose ${alternatives([...MEMORY_OF_CPU.keys()])} cpu units`,
    );
  }
  if (!isToken(memory) && !memories.includes(memory)) {
    throw new InvalidInputError(
      `memory ${quote(memory)} MiB is not valid with ${String(cpu)} cpu units; choose ${alternatives(memories)}`,
    );
  }
}

function range(minimum: number, maximum: number, step: number): number[] {
  return Array.from({ length: (maximum - minimum) / step + 1 }, (_, index) => minimum + index * step);
}
