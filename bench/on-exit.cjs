/**
 * Loaded into every Node process of a measured command through NODE_OPTIONS. Reports the peak memory of the process, in
 * KiB, and the modules that it loaded. Only the process itself knows both, and only at its end.
 */
const { appendFileSync } = require("node:fs");

process.on("exit", () => {
  const { maxRSS } = process.resourceUsage();
  appendFileSync(process.env.BENCH_REPORT, `${JSON.stringify({ maxRSS, modules: Object.keys(require.cache) })}\n`);
});
