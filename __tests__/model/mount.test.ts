import fc from "fast-check";

import { container, type ContainerProps } from "../../src/model/container";
import { object } from "../../src/model/leaves";
import { mountsOf } from "../../src/model/mount";
import { TASK, checkTask } from "../../src/model/task";
import { REFERENCE, lines } from "../support/problems";

const task = object(TASK).superRefine(checkTask);
const VALID: ContainerProps = { name: "web", image: { repository: "demo", tag: "1.10" } };

const linesOf = (web: Partial<ContainerProps>, volumes: object = {}): string[] =>
  lines(task, { cpu: 256, memory: 512, containers: [{ ...VALID, ...web }], volumes });
const mountsIn = (properties: Partial<ContainerProps>) => mountsOf(container.parse({ ...VALID, ...properties }));

describe("mountPoints", () => {
  test("are a path, a path with more, or several", () =>
    expect(
      mountsIn({
        mountPoints: {
          data: "/srv/data",
          config: { containerPath: "/etc/web", readOnly: true },
          both: ["/a", { containerPath: "/b", readOnly: false }],
        },
      }),
    ).toEqual([
      { sourceVolume: "data", containerPath: "/srv/data" },
      { sourceVolume: "config", containerPath: "/etc/web", readOnly: true },
      { sourceVolume: "both", containerPath: "/a" },
      { sourceVolume: "both", containerPath: "/b", readOnly: false },
    ]));

  test("may be references", () => expect(linesOf({ mountPoints: { data: REFERENCE } }, { data: {} })).toEqual([]));

  test.each<[unknown, string]>([
    ["srv", 'data "srv" is not absolute; begin it with "/"'],
    ["/", 'data "/" is the root of the container; name a folder'],
    ["//", 'data "//" is the root of the container; name a folder'],
    ["", 'data "" is not absolute; begin it with "/"'],
    [1, 'data is not valid; write "/path", { containerPath: "/path", readOnly: true }, or a list of these'],
    [{ readOnly: true }, "data: containerPath is missing; write it in quotes"],
    [{ containerPath: "/a", readonly: true }, 'data: unknown property "readonly"; did you mean "readOnly"?'],
    [[], 'data is not valid; write "/path", { containerPath: "/path", readOnly: true }, or a list of these'],
    [["a"], 'data[0] "a" is not absolute; begin it with "/"'],
    [[{ containerPath: "a" }], 'data[0]: containerPath "a" is not absolute; begin it with "/"'],
  ])("reject %j", (mounts, fault) =>
    expect(linesOf({ mountPoints: { data: mounts as string } }, { data: {} })).toEqual([
      `it: containers[0] "web": mountPoints: ${fault}`,
    ]),
  );

  test("reject a volume that does not exist", () => {
    const mountPoints = { dta: "/srv/data" };
    expect(linesOf({ mountPoints })).toEqual([
      'it: containers[0] "web": mountPoints: there is no volume "dta"; add it to volumes',
    ]);
    expect(linesOf({ mountPoints: { ...mountPoints, data: "/a" } }, { data: {} })).toEqual([
      'it: containers[0] "web": mountPoints: there is no volume "dta" (there is "data"); add it to volumes',
    ]);
  });

  test("must mount every volume", () =>
    expect(linesOf({ mountPoints: { data: "/srv" } }, { data: {}, toString: {} })).toEqual([
      'it: volumes: no container mounts "toString"; add it to mountPoints of one, or remove it',
    ]));
});

describe("a path in a container", () => {
  const TWICE =
    'it: containers[0] "web": two things are mounted at "/srv"; give each a path of its own, in mountPoints, writablePaths and tmpfs';
  const readOnly = { readonlyRootFilesystem: true };

  test.each<[string, Partial<ContainerProps>]>([
    ["two mounts", { mountPoints: { data: ["/srv", "/srv/"] } }],
    ["a mount and a writable path", { ...readOnly, mountPoints: { data: "/srv" }, writablePaths: ["/srv"] }],
    [
      "a mount and a folder in memory",
      { mountPoints: { data: "/srv/" }, linuxParameters: { tmpfs: [{ containerPath: "/srv", size: 1 }] } },
    ],
  ])("is not shared by %s", (_, web) => expect(linesOf(web, { data: {} })).toEqual([TWICE]));

  test("is not repeated in writablePaths", () =>
    expect(linesOf({ ...readOnly, writablePaths: ["/srv", "/srv"] })).toEqual([TWICE]));

  test("may be a folder of another mount", () =>
    expect(linesOf({ mountPoints: { data: ["/srv", "/srv/data"] } }, { data: {} })).toEqual([]));

  test("that is a reference is not compared", () =>
    expect(linesOf({ mountPoints: { data: [REFERENCE, REFERENCE] } }, { data: {} })).toEqual([]));
});

describe("writablePaths", () => {
  const volumesOf = (writablePaths: string[], name = "web"): string[] =>
    mountsIn({ name, readonlyRootFilesystem: true, writablePaths }).map(({ sourceVolume }) => sourceVolume);

  test("have volumes that are named after the container and the path", () =>
    expect(mountsIn({ readonlyRootFilesystem: true, writablePaths: ["/tmp", "/var/run/"] })).toEqual([
      { sourceVolume: "web_tmp", containerPath: "/tmp" },
      { sourceVolume: "web_var-run", containerPath: "/var/run/" },
    ]));

  test("have volumes that do not depend on each other", () =>
    expect(volumesOf(["/var/run", "/tmp"])).toEqual([...volumesOf(["/tmp", "/var/run"])].reverse()));

  test("have a hash where two names would be the same", () =>
    expect(new Set(volumesOf(["/var/run", "/var-run", "/var_run", "/var.run", "/var//run", "/é"])).size).toBe(6));

  test("have volumes that ECS accepts, each of one path and container", () => {
    const word = fc.stringMatching(/^[a-z0-9_.é-]{1,3}$/);
    const path = fc.array(word, { minLength: 1, maxLength: 150 }).map((words) => `/${words.join("/")}`);
    const place = fc.record({ path, name: fc.stringMatching(/^[a-z_-]{1,3}$/) });
    fc.assert(
      fc.property(place, place, (one, other) => {
        const [first = ""] = volumesOf([one.path], one.name);
        const [second = ""] = volumesOf([other.path], other.name);
        expect(first).toMatch(/^[A-Za-z0-9_-]{1,255}$/);
        expect(first === second).toBe(one.path === other.path && one.name === other.name);
      }),
    );
  });

  test("need a root that is read-only", () =>
    expect(linesOf({ writablePaths: ["/tmp"] })).toEqual([
      'it: containers[0] "web": writablePaths are for a read-only root; set readonlyRootFilesystem to true, or remove them',
    ]));

  test("mount nothing where an environment makes the root writable", () => {
    expect(linesOf({ readonlyRootFilesystem: false, writablePaths: ["/tmp"] })).toEqual([]);
    expect(mountsIn({ readonlyRootFilesystem: false, writablePaths: ["/tmp"] })).toEqual([]);
  });

  test("must not have the volume of somebody else", () =>
    expect(
      linesOf(
        { readonlyRootFilesystem: true, writablePaths: ["/tmp"], mountPoints: { web_tmp: "/srv" } },
        { web_tmp: {} },
      ),
    ).toEqual(['it: volumes: "web_tmp" is the volume of a writable path of container "web"; rename it']));

  test("are absolute", () =>
    expect(linesOf({ readonlyRootFilesystem: true, writablePaths: ["tmp"] })).toEqual([
      'it: containers[0] "web": writablePaths[0] "tmp" is not absolute; begin it with "/"',
    ]));
});
