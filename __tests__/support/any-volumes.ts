import fc from "fast-check";

/** Volumes, mounts and starts of a task whose containers are `web` and `proxy`: most fit together. */
export const taskVolumes = fc.record(
  {
    volumes: fc.dictionary(
      fc.constantFrom("data", "valueOf"),
      fc.oneof(
        fc.constant({}),
        fc.record({
          efs: fc.record(
            {
              fileSystemId: fc.constant("fs-1"),
              accessPointId: fc.constant("fsap-1"),
              rootDirectory: fc.constantFrom("/", "/a b"),
              iam: fc.constantFrom("ENABLED" as const, "DISABLED" as const),
            },
            { requiredKeys: ["fileSystemId"] },
          ),
        }),
        fc.record({ ebs: fc.record({ sizeInGiB: fc.constantFrom(1, 20), encrypted: fc.boolean() }) }),
      ),
      { minKeys: 1, maxKeys: 1 },
    ),
    ephemeralStorage: fc.constantFrom(21, 200),
    pidMode: fc.constant("task" as const),
  },
  { requiredKeys: [] },
);

const path = fc.constantFrom("/srv", "/var/run/", '/a "b"', "/${c}");
const mountPoint = fc.record({ containerPath: path, readOnly: fc.boolean() }, { requiredKeys: ["containerPath"] });

/** What a container mounts and waits for. */
export const containerStorage = {
  dependsOn: fc.dictionary(fc.constantFrom("web", "proxy"), fc.constantFrom("START", "HEALTHY", "SUCCESS"), {
    maxKeys: 1,
  }),
  startTimeout: fc.constantFrom(2, 120),
  mountPoints: fc.dictionary(fc.constantFrom("data", "valueOf"), fc.oneof(path, mountPoint), { maxKeys: 1 }),
  volumesFrom: fc.dictionary(fc.constant("proxy"), fc.record({ readOnly: fc.boolean() }, { requiredKeys: [] }), {
    maxKeys: 1,
  }),
  readonlyRootFilesystem: fc.boolean(),
  writablePaths: fc.uniqueArray(fc.constantFrom("/tmp", "/var/run", "/run/x.y", "/%{if}"), { maxLength: 2 }),
  linuxParameters: fc.record(
    {
      initProcessEnabled: fc.boolean(),
      capabilities: fc.record({ drop: fc.constantFrom(["ALL"], []) }, { requiredKeys: [] }),
      tmpfs: fc.constantFrom([], [{ containerPath: "/run", size: 16, mountOptions: ["noexec"] }]),
    },
    { requiredKeys: [] },
  ),
  systemControls: fc.dictionary(
    fc.constantFrom("net.core.somaxconn", "kernel.msgmax"),
    fc.constantFrom("1024", "$${"),
    {
      maxKeys: 1,
    },
  ),
  interactive: fc.boolean(),
  pseudoTerminal: fc.boolean(),
};
