/**
 * Required into every Node process of a measured command, by way of NODE_OPTIONS: tells its peak memory, in KiB, and the
 * modules that it loaded. Only the process itself knows both, and only at its end.
 */
const { appendFileSync } = require("node:fs");

process.on("exit", () => {
  const { maxRSS } = process.resourceUsage();
  appendFileSync(process.env.BENCH_REPORT, `${JSON.stringify({ maxRSS, modules: Object.keys(require.cache) })}\n`);
});
