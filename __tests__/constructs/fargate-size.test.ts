import { checkFargateSize } from "../../src/constructs/fargate-size";
import { emptyStack, variable } from "../support/synthesized-stack";
import { rejection } from "../support/rejection";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size */
const SIZES: readonly [number, string][] = [
  [256, "512, 1024 or 2048"],
  [512, "1024, 2048, 3072 or 4096"],
  [1024, "2048, 3072, 4096, 5120, 6144, 7168 or 8192"],
  [2048, "4096, 5120, 6144, 7168, 8192, 9216, 10240, 11264, 12288, 13312, 14336, 15360 or 16384"],
  [
    4096,
    "8192, 9216, 10240, 11264, 12288, 13312, 14336, 15360, 16384, 17408, 18432, 19456, 20480, 21504, 22528, 23552, 24576, 25600, 26624, 27648, 28672, 29696 or 30720",
  ],
  [8192, "16384, 20480, 24576, 28672, 32768, 36864, 40960, 45056, 49152, 53248, 57344 or 61440"],
  [16384, "32768, 40960, 49152, 57344, 65536, 73728, 81920, 90112, 98304, 106496, 114688 or 122880"],
  [32768, "61440, 122880 or 249856"],
];

describe.each(SIZES)("%d cpu units", (cpu, memories) => {
  test("go with every memory that Fargate has with them", () => {
    for (const memory of memories.split(/, | or /)) {
      expect(() => checkFargateSize(cpu, Number(memory))).not.toThrow();
    }
  });

  test.each([500, 249_857])("rejects %d MiB and lists what there is", (memory) => {
    expect(rejection(() => checkFargateSize(cpu, memory))).toBe(
      `memory ${memory} MiB is not valid with ${cpu} cpu units; choose ${memories}`,
    );
  });
});

test.each([0, 255, 1, 65_536])("rejects %d cpu units and lists what there is", (cpu) => {
  expect(rejection(() => checkFargateSize(cpu, 512))).toBe(
    `cpu ${cpu} is not valid on Fargate; choose 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768 cpu units`,
  );
});

test("rejects memory that goes with other cpu units", () => {
  expect(rejection(() => checkFargateSize(256, 4096))).toBe(
    "memory 4096 MiB is not valid with 256 cpu units; choose 512, 1024 or 2048",
  );
});

test("values that only Terraform knows are not checked", () => {
  const size = variable(emptyStack(), "size").numberValue;
  expect(() => checkFargateSize(size, 1)).not.toThrow();
  expect(() => checkFargateSize(256, size)).not.toThrow();
});
