import type { ContainerProps } from "../../src/constructs/container";
import { FOREIGN_IMAGE, synthesizedTask, taskRejection } from "../support/task-stack";

const container = (name: string, props: Partial<ContainerProps> = {}): ContainerProps => ({
  name,
  image: FOREIGN_IMAGE,
  ...props,
});
const numbered = (count: number): ContainerProps[] =>
  Array.from({ length: count }, (_, index) => container(`web-${index}`));
const namesOf = (containers: ContainerProps[]): unknown[] =>
  synthesizedTask({ containers })
    .containers()
    .map(({ name }) => name);
const rejectionOf = (...containers: ContainerProps[]): string => taskRejection({ containers });

describe("a task", () => {
  test("takes ten containers", () => {
    expect(namesOf(numbered(10))).toHaveLength(10);
  });

  test("rejects eleven containers", () => {
    expect(rejectionOf(...numbered(11))).toBe("11 containers; Amazon ECS takes 10 in a task");
  });

  test("rejects no containers", () => {
    expect(rejectionOf()).toBe("containers is empty; a task needs at least one");
  });

  test("rejects two containers of one name", () => {
    expect(rejectionOf(container("web"), container("agent"), container("web"))).toBe(
      'two containers are named "web"; give each a name of its own',
    );
  });

  test("rejects containers that are all not essential", () => {
    expect(rejectionOf(container("web", { essential: false }), container("agent", { essential: false }))).toBe(
      "no container is essential; leave essential out of the one that the task is for",
    );
  });

  test("names the container that is rejected", () => {
    expect(rejectionOf(container("web"), container("agent", { stopTimeout: 1 }))).toBe(
      'container "agent": stopTimeout 1 is not valid; use a whole number from 2 to 120',
    );
  });
});

describe("ports", () => {
  const on = (name: string, ...portMappings: NonNullable<ContainerProps["portMappings"]>): ContainerProps =>
    container(name, { portMappings });

  test("of two containers may differ", () => {
    expect(namesOf([on("web", { containerPort: 80 }), on("agent", { containerPort: 81 })])).toEqual(["web", "agent"]);
  });

  test("may be the same for tcp and udp", () => {
    const mappings = [{ containerPort: 53 }, { containerPort: 53, protocol: "udp" } as const];
    expect(namesOf([on("dns", ...mappings)])).toEqual(["dns"]);
  });

  test("rejects one that two containers have", () => {
    expect(rejectionOf(on("web", { containerPort: 80 }), on("agent", { containerPort: 80, protocol: "tcp" }))).toBe(
      'container "agent": portMappings: port 80/tcp is taken by container "web"; containers of a task share its network',
    );
  });

  test("rejects one that a container has twice", () => {
    const udp = { containerPort: 53, protocol: "udp" } as const;
    expect(rejectionOf(on("dns", udp, udp))).toBe(
      'container "dns": portMappings: port 53/udp is taken by container "dns"; containers of a task share its network',
    );
  });

  test("rejects two of one name", () => {
    expect(
      rejectionOf(on("web", { containerPort: 80, name: "api" }), on("b", { containerPort: 81, name: "api" })),
    ).toBe('two port mappings are named "api"; give each a name of its own');
  });

  test("may all be without a name", () => {
    expect(namesOf([on("web", { containerPort: 80 }, { containerPort: 81 })])).toEqual(["web"]);
  });
});

describe("the size of the task", () => {
  test("may be handed out to the last cpu unit and MiB", () => {
    const half = { cpu: 128, memory: 256 };
    expect(namesOf([container("web", half), container("agent", half)])).toEqual(["web", "agent"]);
  });

  test("rejects containers that ask for more cpu units", () => {
    expect(rejectionOf(container("web", { cpu: 128 }), container("agent", { cpu: 129 }), container("c"))).toBe(
      "the containers ask for 257 cpu units of cpu and the task has 256; ask for less or choose a larger task",
    );
  });

  test("rejects containers that ask for more memory", () => {
    expect(rejectionOf(container("web", { memory: 256 }), container("agent", { memory: 257 }))).toBe(
      "the containers ask for 513 MiB of memory and the task has 512; ask for less or choose a larger task",
    );
  });

  test("rejects containers that reserve more memory", () => {
    expect(
      rejectionOf(container("web", { memoryReservation: 256 }), container("agent", { memoryReservation: 257 })),
    ).toBe("the containers ask for 513 MiB of memory and the task has 512; ask for less or choose a larger task");
  });

  test("lets memory limits overlap where less is reserved", () => {
    const overlapping = { memory: 400, memoryReservation: 100 };
    expect(namesOf([container("web", overlapping), container("agent", overlapping)])).toEqual(["web", "agent"]);
  });

  test("rejects a memory limit above that of the task", () => {
    expect(rejectionOf(container("web", { memory: 513, memoryReservation: 100 }))).toBe(
      'container "web": memory 513 MiB is more than the 512 MiB of the task',
    );
  });

  test("takes a memory limit of all the task has", () => {
    expect(namesOf([container("web", { memory: 512, memoryReservation: 100 })])).toEqual(["web"]);
  });
});
