import type { ContainerProps } from "../../src/model/container";
import { object } from "../../src/model/leaves";
import { linuxParameters, systemControls, tmpfs } from "../../src/model/linux-parameters";
import { TASK, checkTask } from "../../src/model/task";
import { REFERENCE, describeProperties, lines } from "../support/problems";

const task = object(TASK).superRefine(checkTask);
const linesOf = (...containers: Partial<ContainerProps>[]): string[] =>
  lines(task, {
    cpu: 256,
    memory: 512,
    containers: containers.map((more, index) => ({
      name: `c${index}`,
      image: { repository: "demo", tag: "1.10" },
      ...more,
    })),
  });

describe("linuxParameters", () => {
  test.each<object>([
    {},
    { initProcessEnabled: true },
    { capabilities: { add: ["SYS_PTRACE"], drop: ["ALL"] } },
    { capabilities: { drop: ["NET_RAW", "WAKE_ALARM"] } },
  ])("accept %j", (value) => expect(lines(linuxParameters, value)).toEqual([]));

  test.each<[object, string]>([
    [{ capabilities: { add: ["NET_ADMIN"] } }, 'capabilities: add[0] "NET_ADMIN" is not valid; choose SYS_PTRACE'],
    [{ sharedMemorySize: 64 }, 'unknown property "sharedMemorySize"; choose initProcessEnabled, capabilities or tmpfs'],
    [{ capabilities: { drop: ["ALL", "ALL"] } }, 'capabilities: drop has "ALL" twice; remove one'],
  ])("reject %j", (value, fault) => expect(lines(linuxParameters, value)).toEqual([`it: ${fault}`]));

  test("know the capabilities of Docker", () =>
    expect(lines(linuxParameters, { capabilities: { drop: ["net_raw"] } })).toEqual([
      expect.stringMatching(
        /^it: capabilities: drop\[0\] "net_raw" is not valid; choose ALL, .*NET_RAW, .* or WAKE_ALARM$/,
      ),
    ]));
});

describe("tmpfs", () => {
  const VALID = { containerPath: "/run", size: 64 };

  describeProperties(tmpfs, VALID, [
    ["size", [1, 249_856], [0, 249_857], "use a whole number from 1 to 249856"],
    ["containerPath", ["/run", REFERENCE], [], ""],
  ]);

  test.each([
    "noexec",
    "nosuid",
    "nodev",
    "mode=1777",
    "uid=1000",
    "gid=1000",
    "nr_inodes=4k",
    "mpol=bind:0",
    "rbind",
    "ro",
  ])("accepts the option %s", (option) => expect(lines(tmpfs, { ...VALID, mountOptions: [option] })).toEqual([]));

  test.each(["no-exec", "mode", "uid=app", "mode=9", "size=1", "rw,noexec"])("rejects the option %s", (option) =>
    expect(lines(tmpfs, { ...VALID, mountOptions: [option] })).toEqual([
      `it: mountOptions[0] "${option}" is not valid; use an option of tmpfs, like "noexec", "nosuid", "mode=1777" or "uid=1000"`,
    ]),
  );

  test("must fit into the memory of the task", () => {
    const folders = (...sizes: number[]): Partial<ContainerProps> => ({
      linuxParameters: { tmpfs: sizes.map((size, index) => ({ containerPath: `/t${index}`, size })) },
    });
    expect(linesOf(folders(256, 256))).toEqual([]);
    expect(linesOf(folders(1), folders(256, 257))).toEqual([
      'it: containers[1] "c1": linuxParameters: tmpfs needs 513 MiB, but the task has 512 MiB of memory; lower size or choose a larger task',
    ]);
  });
});

describe("systemControls", () => {
  test.each([
    "net.core.somaxconn",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.conf.all/rp_filter",
    "fs.mqueue.msg_max",
    "kernel.shmmax",
  ])("accept %s", (parameter) => expect(lines(systemControls, { [parameter]: "1024" })).toEqual([]));

  test.each(["kernel.panic", "vm.swappiness", "fs.file-max", "net", "netx.a", ""])("reject %j", (parameter) =>
    expect(lines(systemControls, { [parameter]: "1" })).toEqual([
      `it: name ${JSON.stringify(parameter)} is not valid; use net.…, fs.mqueue.…, or kernel.msgmax, msgmnb, msgmni, sem, shmall, shmmax, shmmni or shm_rmid_forced`,
    ]),
  );

  test("are text", () =>
    expect(lines(systemControls, { "net.core.somaxconn": 1024 })).toEqual([
      'it: "net.core.somaxconn" is not text; write it in quotes',
    ]));

  test("of the network must agree, since containers of a task share it", () => {
    const somaxconn = (value: string) => ({ systemControls: { "net.core.somaxconn": value, "kernel.msgmax": value } });
    expect(linesOf(somaxconn("1"), somaxconn("1"))).toEqual([]);
    expect(linesOf(somaxconn("1"), somaxconn("2"))).toEqual([
      'it: containers[1] "c1": systemControls: net.core.somaxconn has another value in container "c0", and containers of a task share its network; set it in one of them',
    ]);
  });
});

describe("a task", () => {
  describeProperties(
    task,
    { cpu: 256, memory: 512, containers: [{ name: "web", image: { repository: "demo", tag: "1.10" } }] },
    [
      ["ephemeralStorage", [21, 200], [20, 201, 21.5], "use a whole number from 21 to 200"],
      ["pidMode", ["task"], ["host"], "choose task"],
    ],
  );
});
