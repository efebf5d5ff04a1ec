import { createHash } from "node:crypto";

import { z } from "zod";

import { quote } from "../errors";
import { flag, isToken, leaf, list, object, record } from "./leaves";
import { problem } from "./problems";
import { absolutePath, text } from "./text";

/** A folder in a container that something is mounted at. */
export const mountPath = leaf<string>((value) => {
  const { error } = absolutePath.safeParse(value);
  if (error) return error.issues[0]?.message;
  return typeof value === "string" && withoutSlash(value) === ""
    ? `${quote(value)} is the root of the container; name a folder`
    : undefined;
});

/**
 * Where a container mounts a volume, and how.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_MountPoint.html
 */
export const mountPoint = object({
  /** The folder in the container: an absolute path. It hides what the image has there. */
  containerPath: mountPath,
  /** Whether the container can only read. @default false */
  readOnly: flag.optional(),
});
export interface MountPoint extends z.input<typeof mountPoint> {}

const mountFault = ({ input }: { input?: unknown }): string =>
  typeof input === "string"
    ? (mountPath.safeParse(input).error?.issues[0]?.message ?? "")
    : 'is not valid; write "/path", { containerPath: "/path", readOnly: true }, or a list of these';

const mount = z.union([mountPath, mountPoint], { error: mountFault });

/** By name of the volume, where the container mounts it: at one path, or at several. */
export const mountPoints = record(
  text,
  z.union([mountPath, mountPoint, list(mount, { minimum: 1 })], { error: mountFault }),
);
export type Mounts = z.input<typeof mountPoints>[string];

/**
 * By name of another container, whether its volumes are mounted read-only, at the same paths.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_VolumeFrom.html
 */
export const volumesFrom = record(
  text,
  object({
    /** Whether the container can only read. @default false */
    readOnly: flag.optional(),
  }),
);

export const writablePaths = list(mountPath);

/** A volume, mounted in a container. */
export interface Mounted extends MountPoint {
  readonly sourceVolume: string;
}

/** What decides on the mounts of a container. */
export interface Mounting {
  readonly name: string;
  readonly mountPoints: Readonly<Record<string, Mounts>>;
  readonly readonlyRootFilesystem?: boolean | undefined;
  readonly writablePaths: readonly string[];
  readonly linuxParameters?: { readonly tmpfs?: readonly { readonly containerPath: string }[] } | undefined;
}

/** All mounts of a container: of the task's volumes, and of those behind its writable paths. */
export function mountsOf(container: Mounting): Mounted[] {
  const named = Object.entries(container.mountPoints).flatMap(([volume, mounts]) => mountsAt(volume, mounts));
  return [...named, ...writableMounts(container)];
}

export function mountsAt(sourceVolume: string, mounts: Mounts): Mounted[] {
  const list = typeof mounts === "object" && Symbol.iterator in mounts ? mounts : [mounts];
  return list.map((mount) => ({ sourceVolume, ...(typeof mount === "string" ? { containerPath: mount } : mount) }));
}

/** Each writable path has a volume of its own, since the root can be written to elsewhere. */
export function writableMounts({ name, readonlyRootFilesystem, writablePaths }: Mounting): Mounted[] {
  if (readonlyRootFilesystem !== true) return [];
  return writablePaths.map((path) => ({ sourceVolume: writableVolume(name, path), containerPath: path }));
}

/**
 * The volume of a writable path: `web_var-run`. It depends on nothing else, so that no other path changes it. A path with
 * anything but letters, digits and `/` gets a hash of it, so that no two paths get the same volume.
 */
function writableVolume(container: string, path: string): string {
  const folder = withoutSlash(path).slice(1);
  const words = folder.replace(/[^A-Za-z0-9]+/g, "-");
  const name = `${container}_${words}`;
  if (/^[A-Za-z0-9]+(\/[A-Za-z0-9]+)*$/.test(folder) && name.length <= 255) return name;
  const hash = createHash("sha256").update(`${container} ${folder}`).digest("hex").slice(0, 8);
  return `${name.slice(0, 246)}-${hash}`;
}

/** `/tmp/` and `/tmp` are the same folder. */
function withoutSlash(path: string): string {
  return path.replace(/\/+$/, "");
}

/** What is wrong with the paths of a container's mounts and folders in memory. */
export function pathFaults(container: Mounting, mounts: readonly Mounted[] = mountsOf(container)): string[] {
  const tmpfs = container.linuxParameters?.tmpfs ?? [];
  const paths = [...mounts, ...tmpfs].map(({ containerPath }) => withoutSlash(containerPath));
  const repeated = paths.filter((path, index) => !isToken(path) && paths.indexOf(path) !== index);
  return [...new Set(repeated)].map(
    (path) =>
      `two things are mounted at ${quote(path)}; give each a path of its own, in mountPoints, writablePaths and tmpfs`,
  );
}

/** Every mounted volume must exist, every volume must be mounted, and every path can be mounted at once. */
export function checkMounts(
  volumes: readonly string[],
  containers: readonly Mounting[],
  context: z.core.$RefinementCtx,
): void {
  for (const [index, container] of containers.entries()) {
    for (const volume of Object.keys(container.mountPoints).filter((volume) => !volumes.includes(volume))) {
      problem(context, ["containers", index, "mountPoints"], missingVolume(volume, volumes));
    }
    for (const fault of pathFaults(container)) problem(context, ["containers", index], fault);
    for (const { sourceVolume } of writableMounts(container).filter((mount) => volumes.includes(mount.sourceVolume))) {
      problem(
        context,
        ["volumes"],
        `${quote(sourceVolume)} is the volume of a writable path of container ${quote(container.name)}; rename it`,
      );
    }
  }
  const mounted = containers.flatMap(mountsOf).map(({ sourceVolume }) => sourceVolume);
  for (const fault of unmountedFaults(volumes, mounted)) problem(context, ["volumes"], fault);
}

/** A line for each volume that no container mounts. */
export function unmountedFaults(volumes: readonly string[], mounted: readonly string[]): string[] {
  return volumes
    .filter((volume) => !mounted.includes(volume))
    .map((volume) => `no container mounts ${quote(volume)}; add it to mountPoints of one, or remove it`);
}

export function missingVolume(volume: string, volumes: readonly string[]): string {
  const known = volumes.length > 0 ? ` (there is ${volumes.map(quote).join(", ")})` : "";
  return `there is no volume ${quote(volume)}${known}; add it to volumes`;
}

/** Without a read-only root, every path is writable. */
export function checkWritablePaths(
  { readonlyRootFilesystem, writablePaths }: Omit<Mounting, "mountPoints">,
  context: z.core.$RefinementCtx,
): void {
  if (writablePaths.length === 0 || readonlyRootFilesystem !== undefined) return;
  problem(context, [], "writablePaths are for a read-only root; set readonlyRootFilesystem to true, or remove them");
}
