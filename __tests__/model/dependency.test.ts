import type { ContainerProps } from "../../src/model/container";
import { object } from "../../src/model/leaves";
import { TASK, checkTask } from "../../src/model/task";
import { lines } from "../support/problems";

const task = object(TASK).superRefine(checkTask);
const healthCheck = { command: ["CMD", "true"] };

function container(name: string, properties: Partial<ContainerProps> = {}): ContainerProps {
  return { name, image: { repository: "demo", tag: "1.10" }, ...properties };
}

const linesOf = (...containers: ContainerProps[]): string[] => lines(task, { cpu: 256, memory: 512, containers });

describe("dependsOn", () => {
  test.each<[string, ContainerProps]>([
    ["START", container("db")],
    ["HEALTHY", container("db", { healthCheck })],
    ["COMPLETE", container("db", { essential: false })],
    ["SUCCESS", container("db", { essential: false, restartPolicy: { enabled: false } })],
    ["SUCCESS", container("db", { essential: false, restartPolicy: { enabled: true, ignoredExitCodes: [0] } })],
  ])("%s can be waited for", (condition, db) =>
    expect(linesOf(container("web", { dependsOn: { db: condition as "START" } }), db)).toEqual([]),
  );

  test.each<[string, ContainerProps, string]>([
    [
      "HEALTHY",
      container("db"),
      '"db" has no healthCheck, so it never is HEALTHY; give it one (ECS ignores that of the image), or wait for START',
    ],
    [
      "SUCCESS",
      container("db"),
      '"db" is essential, so the task stops when it exits; set its essential to false, or wait for START or HEALTHY instead of SUCCESS',
    ],
    [
      "COMPLETE",
      container("db", { essential: true }),
      '"db" is essential, so the task stops when it exits; set its essential to false, or wait for START or HEALTHY instead of COMPLETE',
    ],
    [
      "COMPLETE",
      container("db", { essential: false, restartPolicy: { enabled: true } }),
      '"db" is restarted when it exits, so it may never reach COMPLETE; add 0 to ignoredExitCodes of its restartPolicy',
    ],
  ])("rejects %s where it cannot be reached", (condition, db, fault) =>
    expect(linesOf(container("web", { dependsOn: { db: condition as "START" } }), db)).toEqual([
      `it: containers[0] "web": dependsOn: ${fault}`,
    ]),
  );

  test("rejects a condition that ECS does not have", () =>
    expect(linesOf(container("web", { dependsOn: { db: "READY" as "START" } }), container("db"))).toEqual([
      'it: containers[0] "web": dependsOn: db "READY" is not valid; choose START, COMPLETE, SUCCESS or HEALTHY',
    ]));

  test("a container can be named like what every object has", () =>
    expect(linesOf(container("web", { dependsOn: { valueOf: "START" as const } }), container("valueOf"))).toEqual([]));
});

describe.each([
  ["dependsOn", "START"],
  ["volumesFrom", {}],
])("%s", (property, value) => {
  const waiting = (name: string, ...others: string[]): ContainerProps =>
    container(name, {
      [property]: Object.fromEntries(others.map((other) => [other, value])),
    });

  test("rejects a container that does not exist", () =>
    expect(linesOf(waiting("web", "bd"), container("db"), container("log"))).toEqual([
      `it: containers[0] "web": ${property}: there is no container "bd"; choose "db" or "log"`,
    ]));

  test("rejects a container where there is only one", () =>
    expect(linesOf(waiting("web", "db"))).toEqual([
      `it: containers[0] "web": ${property}: there is no container "db"; the task has no other one`,
    ]));

  test("rejects the container itself", () =>
    expect(linesOf(waiting("web", "web"))).toEqual([
      `it: containers[0] "web": ${property}: "web" is the container itself; name another one`,
    ]));

  test("rejects a cycle, and names its path", () =>
    expect(linesOf(waiting("log", "web"), waiting("web", "db"), waiting("db", "init"), waiting("init", "web"))).toEqual(
      [
        'it: containers wait for each other: "web" → "db" → "init" → "web"; remove one of these from dependsOn or volumesFrom',
      ],
    ));

  test("accepts two ways to one container", () =>
    expect(
      linesOf(waiting("web", "db", "log"), waiting("db", "init"), waiting("log", "init"), container("init")),
    ).toEqual([]));
});

test("a container that waits for one that mounts its volumes is a cycle", () =>
  expect(
    linesOf(container("web", { dependsOn: { db: "START" } }), container("db", { volumesFrom: { web: {} } })),
  ).toEqual([
    'it: containers wait for each other: "web" → "db" → "web"; remove one of these from dependsOn or volumesFrom',
  ]));
