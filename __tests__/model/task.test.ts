import type { ContainerProps } from "../../src/model/container";
import { object } from "../../src/model/leaves";
import { TASK, checkTask } from "../../src/model/task";
import { NUMBER_REFERENCE, REFERENCE, describeProperties, lines } from "../support/problems";

const task = object(TASK).superRefine(checkTask);

const container = (name: string, properties: Partial<ContainerProps> = {}): ContainerProps => ({
  name,
  image: { repository: "demo", tag: "1.10" },
  ...properties,
});
const VALID = { cpu: 256, memory: 512, containers: [container("web")] };

const linesOf = (properties: object): string[] => lines(task, { ...VALID, ...properties });
const linesOfContainers = (...containers: ContainerProps[]): string[] => linesOf({ containers });
const numbered = (count: number): ContainerProps[] =>
  Array.from({ length: count }, (_, index) => container(`web-${index}`));

test("a task has defaults", () => expect(task.parse(VALID)).toMatchObject({ cpuArchitecture: "X86_64" }));

test("a task without size or containers is rejected", () =>
  expect(lines(task, {})).toEqual([
    "it: cpu is missing; choose 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768",
    "it: memory is missing; use a whole number from 512 to 249856",
    "it: containers is missing; write it as [ … ]",
  ]));

describeProperties(task, VALID, [
  ["cpu", [256], [0, 255, 65_536, "256", NUMBER_REFERENCE], "choose 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768"],
  ["memory", [512, 1024, 2048], [511, 249_857, NUMBER_REFERENCE], "use a whole number from 512 to 249856"],
  ["cpuArchitecture", ["X86_64", "ARM64"], ["arm64"], "choose X86_64 or ARM64"],
  [
    "logKmsKeyArn",
    ["arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab", REFERENCE],
    ["alias/logs"],
    "use the ARN of a KMS key: arn:aws:kms:REGION:ACCOUNT:key/ID",
  ],
]);

describe("logRetentionDays", () => {
  /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
  test("is one of the periods of CloudWatch Logs", () => {
    const accepted = Array.from({ length: 4000 }, (_, days) => days).filter(
      (logRetentionDays) => task.safeParse({ ...VALID, logRetentionDays }).success,
    );
    expect(accepted).toEqual([
      ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
      ...[1096, 1827, 2192, 2557, 2922, 3288, 3653],
    ]);
  });

  test.each([0, 2, 31, 30.5, 3654, -1])("rejects %d and lists the periods", (logRetentionDays) =>
    expect(linesOf({ logRetentionDays })).toEqual([
      expect.stringMatching(
        new RegExp(`^it: logRetentionDays ${logRetentionDays} is not valid; choose 1, 3, 5, .+, 3288 or 3653$`),
      ),
    ]),
  );
});

describe("the memory of a task", () => {
  /** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size */
  test.each([
    { cpu: 256, sizes: 3, smallest: 512, largest: 2048 },
    { cpu: 512, sizes: 4, smallest: 1024, largest: 4096 },
    { cpu: 1024, sizes: 7, smallest: 2048, largest: 8192 },
    { cpu: 2048, sizes: 13, smallest: 4096, largest: 16_384 },
    { cpu: 4096, sizes: 23, smallest: 8192, largest: 30_720 },
    { cpu: 8192, sizes: 12, smallest: 16_384, largest: 61_440 },
    { cpu: 16_384, sizes: 12, smallest: 32_768, largest: 122_880 },
    { cpu: 32_768, sizes: 3, smallest: 61_440, largest: 249_856 },
  ])(
    "is with $cpu cpu units one of $sizes sizes from $smallest to $largest MiB",
    ({ cpu, sizes, smallest, largest }) => {
      const candidates = Array.from({ length: 249_856 / 512 }, (_, index) => (index + 1) * 512);
      const accepted = candidates.filter((memory) => task.safeParse({ ...VALID, cpu, memory }).success);
      expect([accepted.length, accepted[0], accepted.at(-1)]).toEqual([sizes, smallest, largest]);
    },
  );

  test.each([
    [256, 4096, "512, 1024 or 2048"],
    [256, 513, "512, 1024 or 2048"],
    [32_768, 512, "61440, 122880 or 249856"],
  ])("is rejected with %d cpu units as %d MiB", (cpu, memory, sizes) =>
    expect(linesOf({ cpu, memory })).toEqual([
      `it: memory ${memory} MiB is not valid with ${cpu} cpu units; choose ${sizes}`,
    ]),
  );
});

describe("the containers of a task", () => {
  test("may be ten", () => expect(linesOfContainers(...numbered(10))).toEqual([]));

  test.each([0, 11])("may not be %d", (count) =>
    expect(linesOfContainers(...numbered(count))).toEqual([`it: containers has ${count} entries; give 1 to 10`]),
  );

  test("must have unique names", () =>
    expect(linesOfContainers(container("web"), container("agent"), container("web"))).toEqual([
      'it: two containers are named "web"; give each a name of its own',
    ]));

  test("may not all be non-essential", () =>
    expect(linesOfContainers(container("web", { essential: false }), container("a", { essential: false }))).toEqual([
      "it: no container is essential; remove essential: false from the main one",
    ]));

  test("may be non-essential except for one", () =>
    expect(linesOfContainers(container("web"), container("agent", { essential: false }))).toEqual([]));
});

describe("the ports of a task", () => {
  const on = (name: string, ...portMappings: NonNullable<ContainerProps["portMappings"]>): ContainerProps =>
    container(name, { portMappings });

  test.each<[string, ContainerProps[]]>([
    ["differ", [on("web", { containerPort: 80 }), on("agent", { containerPort: 81 })]],
    ["be the same for tcp and udp", [on("dns", { containerPort: 53 }, { containerPort: 53, protocol: "udp" })]],
    ["all be without a name", [on("web", { containerPort: 80 }, { containerPort: 81 })]],
  ])("may %s", (_, containers) => expect(linesOfContainers(...containers)).toEqual([]));

  test("are not shared by two containers", () =>
    expect(
      linesOfContainers(
        on("web", { containerPort: 80 }),
        on("agent", { containerPort: 81 }, { containerPort: 80, protocol: "tcp" }),
      ),
    ).toEqual([
      'it: containers[1] "agent": portMappings[1]: port 80/tcp is already used by container "web"; containers of a task share its network',
    ]));

  test("are not listed twice by a container", () => {
    const udp = { containerPort: 53, protocol: "udp" } as const;
    expect(linesOfContainers(on("dns", udp, udp))).toEqual([
      'it: containers[0] "dns": portMappings[1]: port 53/udp is already used by container "dns"; containers of a task share its network',
    ]);
  });

  test("must have unique names", () =>
    expect(
      linesOfContainers(on("web", { containerPort: 80, name: "api" }), on("b", { containerPort: 81, name: "api" })),
    ).toEqual(['it: two port mappings are named "api"; give each a name of its own']));
});

describe("the size of a task", () => {
  test.each<[string, Partial<ContainerProps>]>([
    ["shared out to the last cpu unit and MiB", { cpu: 128, memory: 256 }],
    ["overcommitted in memory that is not reserved", { memory: 400, memoryReservation: 256 }],
    ["the limit of each container", { memory: 512, memoryReservation: 100 }],
    ["left to the containers", { cpu: 0 }],
  ])("may be %s", (_, half) => expect(linesOfContainers(container("web", half), container("agent", half))).toEqual([]));

  test.each<[Partial<ContainerProps>, Partial<ContainerProps>, string]>([
    [
      { cpu: 128 },
      { cpu: 129 },
      "the containers need 257 cpu units in total, but the task has 256; lower their cpu or choose a larger task",
    ],
    [
      { memory: 256 },
      { memory: 257 },
      "the containers need 513 MiB of memory in total, but the task has 512; lower their memory or choose a larger task",
    ],
    [
      { memoryReservation: 256 },
      { memory: 512, memoryReservation: 257 },
      "the containers need 513 MiB of memory in total, but the task has 512; lower their memory or choose a larger task",
    ],
    [
      {},
      { memory: 513, memoryReservation: 100 },
      'containers[1] "agent": memory 513 MiB is more than the 512 MiB of the task; lower it or choose a larger task',
    ],
  ])("is exceeded by %j and %j", (web, agent, message) =>
    expect(linesOfContainers(container("web", web), container("agent", agent), container("c"))).toEqual([
      `it: ${message}`,
    ]),
  );
});

test("all that is wrong with a task as a whole is reported", () =>
  expect(
    linesOf({
      memory: 4096,
      containers: [container("web", { essential: false, cpu: 257 }), container("web", { essential: false })],
    }),
  ).toEqual([
    "it: memory 4096 MiB is not valid with 256 cpu units; choose 512, 1024 or 2048",
    "it: no container is essential; remove essential: false from the main one",
    'it: two containers are named "web"; give each a name of its own',
    "it: the containers need 257 cpu units in total, but the task has 256; lower their cpu or choose a larger task",
  ]));

describe("containers of one repository", () => {
  const kept = { repository: "demo" };
  const named = { repository: "demo", tag: "1.10" };

  test.each([
    [[named, named]],
    [[kept, kept]],
    [[named, { ...named, tag: "1.11" }]],
    [[named, { repository: "other" }]],
    [[named, { ...kept, registryId: "012345678901" }]],
  ])("may be %j", (images) =>
    expect(linesOfContainers(...images.map((image, index) => container(`c${index}`, { image })))).toEqual([]),
  );

  test.each([
    [named, kept],
    [kept, { ...kept, digest: `sha256:${"a".repeat(64)}` }],
  ])("may not be %j and %j, of which only one names its build", (first, second) => {
    const name = "tag" in first ? "second" : "first";
    expect(linesOfContainers(container("first", { image: first }), container("second", { image: second }))).toEqual([
      `it: container "${name}" names no build of repository "demo", but another container does; give all of them a tag or a digest, or none`,
    ]);
  });
});
