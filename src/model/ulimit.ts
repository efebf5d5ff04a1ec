import type { z } from "zod";

import { quote } from "../errors";
import { object, oneOf, wholeNumber } from "./leaves";
import { problem } from "./problems";

/**
 * A limit that the operating system sets on what the processes of a container may use.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html
 */
export const ulimit = object({
  /** What is limited: `"nofile"` is open files, for example. */
  name: oneOf(
    "core",
    "cpu",
    "data",
    "fsize",
    "locks",
    "memlock",
    "msgqueue",
    "nice",
    "nofile",
    "nproc",
    "rss",
    "rtprio",
    "rttime",
    "sigpending",
    "stack",
  ),
  /** Limit that applies at the start: a whole number, at most `hardLimit`. -1 means unlimited. */
  softLimit: wholeNumber(-1),
  /** Highest value that a process may raise `softLimit` to: a whole number. -1 means unlimited. */
  hardLimit: wholeNumber(-1),
}).superRefine(({ name, softLimit, hardLimit }, context) => {
  if (hardLimit === -1 || (softLimit !== -1 && softLimit <= hardLimit)) return;
  const shown = softLimit === -1 ? "-1 (unlimited)" : String(softLimit);
  problem(
    context,
    [],
    `softLimit ${shown} of ${quote(name)} is above hardLimit ${String(hardLimit)}; lower softLimit or raise hardLimit`,
  );
});
export interface Ulimit extends z.input<typeof ulimit> {}
