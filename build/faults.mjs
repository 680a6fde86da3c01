// `npm run faults`: tries every kind of fault many times, and prints what docs/reliability.md tells as a table in
// Markdown. Usage: node build/faults.mjs [runs a kind, 10000] [real kills of a change and of an undo each, 100]
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, version as systemVersion, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { buildMissing } from "./build.mjs";
import { ensureInstalled, top } from "./install.mjs";

const [runs, kills] = [process.argv[2] ?? process.env.MIM_MAIL_RUNS ?? "10000", process.argv[3] ?? "100"];
if (![runs, kills].every((number) => /^[1-9]\d{0,7}$/.test(number))) {
  process.stderr.write("faults: usage: npm run faults -- [runs a kind] [real kills]\n");
  process.exit(2);
}

ensureInstalled();
await buildMissing(["node"]);
const seed = process.env.MIM_MAIL_SEED ?? String(Math.floor(Math.random() * 0x7fff_ffff));
const folder = mkdtempSync(join(tmpdir(), "mim-mail-faults-"));
const tallies = join(folder, "tallies");
const started = performance.now();
const tests = ["test/property/changes", "test/process/kill.test.ts"];
const { status } = spawnSync(process.execPath, [join(top, "node_modules", "vitest", "vitest.mjs"), "run", ...tests], {
  cwd: top,
  // Its report is for whoever waits; standard output is the table's.
  stdio: ["ignore", 2, 2],
  env: {
    ...process.env,
    MIM_MAIL_RUNS: runs,
    MIM_MAIL_KILLS: kills,
    MIM_MAIL_SEED: seed,
    MIM_MAIL_TALLIES: tallies,
  },
});
const minutes = ((performance.now() - started) / 60_000).toFixed(1);
const rows = existsSync(tallies)
  ? readFileSync(tallies, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
  : [];
rmSync(folder, { recursive: true, force: true });

/** @param {number | null} number */
function shown(number) {
  return number === null ? "" : number.toLocaleString("en-US");
}

/** @param {"runs" | "struck" | "failures"} column */
function sum(column) {
  return rows.reduce((total, row) => total + (row[column] ?? 0), 0);
}

const [processor] = cpus();
const machine = `${cpus().length} × ${processor?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB`;
process.stdout.write(
  [
    `Tried on ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node} on ${machine}, ${process.platform} ${systemVersion()}, in ${minutes} minutes; seed ${seed}.`,
    "",
    "| Fault | Runs | Struck | Failures |",
    "|---|---:|---:|---:|",
    ...rows.map(
      ({ fault, runs, struck, failures }) => `| ${fault} | ${shown(runs)} | ${shown(struck)} | ${failures} |`,
    ),
    `| **together** | **${shown(sum("runs"))}** | **${shown(sum("struck"))}** | **${sum("failures")}** |`,
    "",
  ].join("\n"),
);
// A test that fails for another reason than its runs is a failure too.
process.exitCode = status === 0 && sum("failures") === 0 && rows.length > 0 ? 0 : 1;
