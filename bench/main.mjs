/**
 * `npm run bench [-- RUNS]` measures how much time and memory the app takes, compared with the least that it could
 * take: Node loading the modules that the app loads, and nothing else. Prints Markdown for docs/benchmarks.md. It only
 * reports: a slow machine is no reason to fail.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";

import { environmentsModule, servicesModule } from "./config.mjs";

const SIZES = [1, 100, 1000];
const RUNS = Number(process.argv[2] ?? 5);

/** The type check and the synth, as `cdktf` runs them. */
const COMMAND = JSON.parse(readFileSync("cdktf.json", "utf8")).app;
const VARIANTS = { floor: "node floor.cjs", synth: COMMAND.split(" && ").at(-1), command: COMMAND };

/** What the command needs, besides node_modules. */
const APP = ["main.ts", "src", "build.mjs", "tsconfig.json", "tsconfig.build.json", "cdktf.json", "package.json"];

const folder = realpathSync(mkdtempSync(join(tmpdir(), "ecs-pin-bench-")));
try {
  for (const size of SIZES) prepare(size);
  print(measureAll());
} finally {
  rmSync(folder, { recursive: true });
}

/** Makes a copy of the app with that many services, and compiles it, so that everything is warm when it is measured. */
function prepare(size) {
  const app = join(folder, String(size));
  mkdirSync(app);
  for (const file of APP) {
    cpSync(file, join(app, file), { recursive: true });
  }
  symlinkSync(resolve("node_modules"), join(app, "node_modules"));
  writeFileSync(join(app, "src/config/services.ts"), servicesModule(size));
  writeFileSync(join(app, "src/config/environments.ts"), environmentsModule());
  const modules = run(size, COMMAND)
    .processes.at(-1)
    .modules.filter((file) => file.includes(`${sep}node_modules${sep}`));
  writeFileSync(join(app, "floor.cjs"), modules.map((file) => `require(${JSON.stringify(file)});\n`).join(""));
}

/** One list per size and variant. The variants take turns, so that other work on the machine affects them all alike. */
function measureAll() {
  const all = SIZES.map((size) => ({ size, floor: [], synth: [], command: [] }));
  for (let index = 0; index < RUNS; index++) {
    for (const measured of all) {
      for (const [variant, command] of Object.entries(VARIANTS)) {
        const { seconds, processes } = run(measured.size, command);
        measured[variant].push({ seconds, megabytes: Math.max(...processes.map(({ maxRSS }) => maxRSS)) * 1.024e-3 });
      }
    }
  }
  return all;
}

/** Runs a command to its end, and reads what each of its Node processes used. */
function run(size, command) {
  const report = join(folder, "report");
  rmSync(report, { force: true });
  const hook = `--require=${JSON.stringify(resolve("bench/on-exit.cjs"))}`;
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, {
    shell: true,
    cwd: join(folder, String(size)),
    env: { ...process.env, NODE_OPTIONS: hook, BENCH_REPORT: report },
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stdout}${stderr}`);
  const lines = readFileSync(report, "utf8").trimEnd().split("\n");
  return { seconds, processes: lines.map((line) => JSON.parse(line)) };
}

function print(all) {
  const [one, hundred, thousand] = all;
  const names = { floor: "floor", synth: "without the type check", command: "whole command" };
  table(
    ["", ...all.map(({ size }) => `${size.toLocaleString("en")} ${size === 1 ? "stack" : "stacks"}`)],
    Object.entries(names).map(([variant, name]) => [
      name,
      ...all.map((measured) => `${seconds(measured[variant]).toFixed(2)} s, ${megabytes(measured[variant])} MB`),
    ]),
  );
  const growth = (perStack(thousand, one) / perStack(hundred, one) - 1) * 100;
  table(
    ["", "measured", "at most"],
    [
      ["one service, whole command", `${ratio(one.command, one.floor)} × floor`, "3.5 × floor"],
      ["one service, without the type check", `${ratio(one.synth, one.floor)} × floor`, "2 × floor"],
      ["time per stack at 1,000, against that at 100", `${growth.toFixed(0)} %`, "+20 %"],
      ["peak memory at 1,000 stacks", `${megabytes(thousand.command)} MB`, "300 MB"],
    ],
  );
  console.log(`Medians of ${RUNS} runs; Node ${process.version}, ${cpus().length} cores, ${cpus()[0].model.trim()}.`);
}

function table(header, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  console.log([line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n"), "\n");
}

function perStack(many, one) {
  return (seconds(many.synth) - seconds(one.synth)) / (many.size - one.size);
}

/** The median ratio of consecutive runs, so that a slow moment of the machine affects both sides. */
function ratio(runs, floor) {
  return median(runs.map(({ seconds }, index) => seconds / floor[index].seconds)).toFixed(2);
}

function seconds(runs) {
  return median(runs.map(({ seconds }) => seconds));
}

function megabytes(runs) {
  return median(runs.map(({ megabytes }) => megabytes)).toFixed(0);
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}
