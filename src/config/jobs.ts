import type { JobConfig } from "./types";

/** Tasks that end: they run on a schedule, or are run once. See docs/guides/jobs.md. */
export const jobs: JobConfig[] = [];
