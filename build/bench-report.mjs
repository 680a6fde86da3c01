import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { top } from "./install.mjs";

/** How many events the recording of the measurement holds. */
const events = 10_000;

/**
 * A report in every format of a recording with 10,000 events: the whole process, and the most memory it had.
 * @param {string} folder
 * @param {(milliseconds: number) => string} shown
 * @param {NodeJS.ProcessEnv} env
 */
export function benchReport(folder, shown, env) {
  const sample = JSON.parse(readFileSync(join(top, "assets", "practice", "stuck-on-dotnet-2.json"), "utf8"));
  const items = Array.from({ length: events }, (_, number) => ({
    log: "Application",
    provider: "Microsoft.ResourceManagement.ServiceHealthSource",
    id: number % 3 === 0 ? 12 : 3,
    level: "Error",
    at: new Date(Date.parse("2026-11-20T00:00:00Z") + number * 30_000).toISOString(),
    text: `The Forefront Identity Manager Service cannot connect to the Exchange Web Service for CONTOSO\\user${number}.`,
  }));
  const recording = join(folder, "events.json");
  writeFileSync(recording, JSON.stringify({ ...sample, events: { ...sample.events, items } }));
  const before = join(top, "assets", "practice", "configured.json");
  // Told by the process itself at its end: the memory it had at the most.
  const hook = join(folder, "memory.mjs");
  const figure = join(folder, "memory.txt");
  writeFileSync(
    hook,
    `import { writeFileSync } from "node:fs";
import { peakMemory } from ${JSON.stringify(pathToFileURL(join(top, "build/peak-memory.mjs")).href)};
process.on("exit", () => writeFileSync(${JSON.stringify(figure)}, String(peakMemory())));
`,
  );
  const out = join(folder, "reports");
  mkdirSync(out);
  const measured = (/** @type {readonly string[]} */ more) => {
    const times = [];
    let memory = 0;
    for (let round = 0; round < 3; round += 1) {
      const started = performance.now();
      const run = spawnSync(
        process.execPath,
        [
          ...["--import", hook, join(top, "out", "mim-mail.js"), "report", "--force", "--out", out],
          ...["--server", recording, "--before", before, "--today", "2026-11-23"],
          ...["--format", "html,pdf,json,csv,plan", ...more],
        ],
        { env, encoding: "utf8" },
      );
      if (run.status !== 0) throw new Error(`report failed: ${run.stderr}`);
      times.push(performance.now() - started);
      memory = Math.max(memory, Number(readFileSync(figure, "utf8")) / 1024);
    }
    times.sort((one, other) => one - other);
    return { time: times[1] ?? Number.NaN, memory };
  };
  const plain = measured([]);
  const masked = measured(["--mask-names"]);
  const sizes = readdirSync(out).filter((name) => /\.(html|pdf)$/.test(name) && name.includes("MIM02"));
  const size = sizes.map((name) => `${name.split(".").at(-1)} ${Math.round(statSync(join(out, name)).size / 1000)} kB`);
  return [
    ["Report of 10,000 events in five formats, whole process", shown(plain.time), "at most 3 s"],
    ["The same with masked names", shown(masked.time), "at most 3 s"],
    ["Memory of that, at the most", `${Math.round(Math.max(plain.memory, masked.memory))} MB`, "at most 300 MB"],
    ["Size of that report", size.join(", "), ""],
  ];
}
