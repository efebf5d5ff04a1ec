import type { z } from "zod";

import { quote } from "../errors";
import { flag, list, literal, object, oneOf, pattern, record, wholeNumber } from "./leaves";
import { mountPath } from "./mount";
import { problem } from "./problems";
import { filledText } from "./text";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html */
const CAPABILITIES = (
  "ALL AUDIT_CONTROL AUDIT_WRITE BLOCK_SUSPEND CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL " +
  "LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW SETFCAP SETGID " +
  "SETPCAP SETUID SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME " +
  "SYS_TTY_CONFIG SYSLOG WAKE_ALARM"
).split(" ");

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tmpfs.html */
const MOUNT_OPTION =
  /^(defaults|ro|rw|(no)?(suid|dev|exec|mand|atime|diratime|relatime|strictatime)|sync|async|dirsync|remount|r?(bind|private|shared|slave)|r?unbindable|mode=[0-7]{3,4}|(uid|gid|nr_inodes|nr_blocks)=[0-9]+[kmg]?|mpol=\S+)$/;

/**
 * A folder in memory. What is in it counts as memory of the container, and is gone when that stops.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tmpfs.html
 */
export const tmpfs = object({
  /** The folder in the container: an absolute path. */
  containerPath: mountPath,
  /** Size in MiB that it can grow to, at most the memory of the task. */
  size: wholeNumber(1, 249_856),
  /**
   * Options of `mount`, such as `"noexec"`, `"nosuid"`, `"mode=1777"`, `"uid=1000"` or `"gid=1000"`. Without them, only
   * root can write to it.
   * @default []
   */
  mountOptions: list(
    literal(pattern(MOUNT_OPTION, 'use an option of tmpfs, like "noexec", "nosuid", "mode=1777" or "uid=1000"')),
  ).default([]),
});
export interface TmpfsMount extends z.input<typeof tmpfs> {}

/**
 * What differs from the defaults that a container gets from Linux. Fargate supports neither `devices`,
 * `sharedMemorySize`, `maxSwap` nor `swappiness`.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinuxParameters.html
 */
export const linuxParameters = object({
  /** Whether an init process forwards signals and reaps processes. @default false */
  initProcessEnabled: flag.optional(),
  /** Capabilities of the kernel besides, or without, those that Docker grants. @default - those of Docker */
  capabilities: object({
    /** `"SYS_PTRACE"`, to trace processes: Fargate allows no other. @default [] */
    add: list(oneOf("SYS_PTRACE"), { unique: true }).default([]),
    /** Capabilities that are taken away: `["ALL"]`, `["NET_RAW"]`. @default [] */
    drop: list(oneOf(...CAPABILITIES), { unique: true }).default([]),
  }).optional(),
  /** Folders in memory. @default [] */
  tmpfs: list(tmpfs).default([]),
});
export interface LinuxParameters extends z.input<typeof linuxParameters> {}
export type ParsedLinuxParameters = z.output<typeof linuxParameters>;

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SystemControl.html */
const PARAMETER =
  /^(net\.[\w./-]+|fs\.mqueue\.\w+|kernel\.(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced))$/;

/** Parameters of the kernel, by name, as text. Those that begin with `net.` apply to all containers of the task. */
export const systemControls = record(
  literal(
    pattern(
      PARAMETER,
      "use net.…, fs.mqueue.…, or kernel.msgmax, msgmnb, msgmni, sem, shmall, shmmax, shmmni or shm_rmid_forced",
    ),
  ),
  filledText,
);

interface Controlled {
  readonly name: string;
  readonly systemControls: Readonly<Record<string, string>>;
  readonly linuxParameters?: ParsedLinuxParameters | undefined;
}

/**
 * Containers of a task share its network and its memory.
 * @param memory of the task in MiB
 */
export function checkKernel(containers: readonly Controlled[], memory: number, context: z.core.$RefinementCtx): void {
  const owners = new Map<string, Controlled>();
  for (const [index, container] of containers.entries()) {
    for (const [parameter, value] of Object.entries(container.systemControls)) {
      const owner = owners.get(parameter) ?? container;
      if (parameter.startsWith("net.") && owner.systemControls[parameter] !== value) {
        const fault = `${parameter} has another value in container ${quote(owner.name)}, and containers of a task share its network`;
        problem(context, ["containers", index, "systemControls"], `${fault}; set it in one of them`);
      }
      owners.set(parameter, owner);
    }
    const size = (container.linuxParameters?.tmpfs ?? []).reduce((sum, each) => sum + each.size, 0);
    if (size > memory) {
      const fault = `tmpfs needs ${String(size)} MiB, but the task has ${String(memory)} MiB of memory`;
      problem(context, ["containers", index, "linuxParameters"], `${fault}; lower size or choose a larger task`);
    }
  }
}
