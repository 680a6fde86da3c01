// `npm run bench`: measures what docs/performance.md tells, and prints it as a table in Markdown.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { benchLive } from "./bench-live.mjs";
import { benchLog } from "./bench-log.mjs";
import { benchReport } from "./bench-report.mjs";
import { buildMissing } from "./build.mjs";
import { chromiumArguments, ensureChromium } from "./chromium.mjs";
import { ensureInstalled, top } from "./install.mjs";
import { startPreview } from "./preview.mjs";

const samplesFolder = join(top, "assets", "practice");
const today = "2026-11-23";

/** @param {readonly number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** @param {number} milliseconds */
function shown(milliseconds) {
  return milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(2)} s` : `${milliseconds.toFixed(1)} ms`;
}

/**
 * The judge, built for this run: the programs carry it inside.
 * @param {string} folder
 */
async function loadJudge(folder) {
  const { rolldown } = await import("rolldown");
  const id = "\0judge";
  const bundle = await rolldown({
    input: id,
    cwd: top,
    platform: "node",
    resolve: { mainFields: ["module", "main"] },
    plugins: [
      {
        name: "judge",
        resolveId: (/** @type {string} */ asked) => (asked === id ? id : null),
        load: (/** @type {string} */ asked) =>
          asked === id
            ? ["checklist/judge.ts", "recording/read-recording.ts"]
                .map((path) => `export * from ${JSON.stringify(join(top, "electron", path))};`)
                .join("\n")
            : null,
      },
    ],
  });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
  await bundle.close();
  const file = join(folder, "judge.mjs");
  writeFileSync(file, output[0].code);
  return import(pathToFileURL(file).href);
}

/**
 * Recordings that differ from one another: in the computer, in values the rules look at, and in their events.
 * @param {readonly any[]} samples
 * @param {number} amount
 */
function differentRecordings(samples, amount) {
  const protocols = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols";
  return Array.from({ length: amount }, (_, number) => {
    const sample = samples[number % samples.length];
    const key = `${protocols}\\TLS 1.${number % 3}\\${number % 2 === 0 ? "Client" : "Server"}`;
    const enabled = { type: "REG_DWORD", data: number % 5 === 0 ? 1 : 0 };
    return {
      ...sample,
      computer: `MIM${number}`,
      registry: { ...sample.registry, [key]: { state: "present", values: { Enabled: enabled } } },
      events: {
        state: "present",
        items: Array.from({ length: number % 7 }, (_event, index) => ({
          log: "Application",
          provider: "Microsoft.ResourceManagement.ServiceHealthSource",
          id: 12,
          at: `2026-11-2${index % 3}T0${index}:10:00Z`,
          text: `The service cannot connect (${number}).`,
        })),
      },
    };
  });
}

/** @param {string} folder */
async function benchJudging(folder) {
  const { judge, readRecording } = await loadJudge(folder);
  const names = readdirSync(samplesFolder).filter((name) => !name.endsWith(".target.json"));
  const samples = names.map((name) => readRecording(readFileSync(join(samplesFolder, name)), name));
  const target = JSON.parse(readFileSync(join(samplesFolder, "configured.target.json"), "utf8"));
  const recordings = differentRecordings(samples, 10_000);
  const time = (/** @type {number} */ amount) => {
    const started = performance.now();
    let judged = 0;
    for (const recording of recordings.slice(0, amount)) {
      const server = { name: recording.computer, kind: "recorded", elevated: null };
      judged += judge({ recording, target, today, server }).steps.length;
    }
    if (judged === 0) throw new Error("nothing was judged");
    return performance.now() - started;
  };
  time(1000);
  const hundred = median(Array.from({ length: 9 }, () => time(100)));
  const thousand = median(Array.from({ length: 5 }, () => time(1000)));
  const tenThousand = median(Array.from({ length: 3 }, () => time(10_000)));
  return [
    ["Judging 100 recordings", shown(hundred), ""],
    ["Judging 1,000 recordings", shown(thousand), ""],
    ["Judging 10,000 recordings", shown(tenThousand), ""],
    ["Ratio of 1,000 to 100", (thousand / hundred).toFixed(1), "at most 12"],
    ["Ratio of 10,000 to 1,000", (tenThousand / thousand).toFixed(1), ""],
  ];
}

function benchCommandLine(/** @type {NodeJS.ProcessEnv} */ env) {
  const recording = join(samplesFolder, "configured.json");
  const runs = {
    nothing: { argv: ["-e", "0"], times: /** @type {number[]} */ ([]) },
    check: {
      argv: [join(top, "out", "mim-mail.js"), "check", "--server", recording, "--today", today],
      times: /** @type {number[]} */ ([]),
    },
  };
  // In turn, so that what else the machine does falls on both; the first round only warms the disk's cache.
  for (let round = 0; round <= 25; round += 1) {
    for (const { argv, times } of Object.values(runs)) {
      const started = performance.now();
      const run = spawnSync(process.execPath, argv, { env, stdio: "ignore" });
      if (run.status === null || run.status > 1) throw new Error(`${argv.join(" ")} failed`);
      if (round > 0) times.push(performance.now() - started);
    }
  }
  const nothing = median(runs.nothing.times);
  const check = median(runs.check.times);
  return [
    ["`node -e 0`, whole process", shown(nothing), ""],
    ["`mim-mail check` on a recording, whole process", shown(check), ""],
    ["Ratio of the two", (check / nothing).toFixed(2), "at most 3"],
  ];
}

function benchSize() {
  const folder = join(top, "out", "renderer");
  const sizes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".js"))
    .map((entry) => gzipSync(readFileSync(join(entry.parentPath, entry.name)), { level: 9 }).length);
  const total = sizes.reduce((sum, size) => sum + size, 0) / 1000;
  return [[`Window's JavaScript, gzip, ${sizes.length} files`, `${total.toFixed(1)} kB`, "at most 330 kB"]];
}

async function benchWindow(/** @type {NodeJS.ProcessEnv} */ env) {
  const executablePath = ensureChromium();
  if (executablePath === null) return [["From navigation to the drawn checklist", "no Chromium here", ""]];
  const { chromium } = await import("playwright-core");
  const { host, address, ended } = await startPreview([], env);
  if (address === null) throw new Error("the preview host did not start");
  const browser = await chromium.launch({ executablePath, args: chromiumArguments });
  const times = [];
  for (let round = 0; round <= 5; round += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    // Told by the page itself, in its own time since navigation: the frame after the ten steps stand in it.
    await page.addInitScript(() => {
      const watch = () => {
        if (document.querySelectorAll("a[data-step]").length < 10) requestAnimationFrame(watch);
        else requestAnimationFrame(() => Object.assign(window, { drawnAt: performance.now() }));
      };
      watch();
    });
    await page.goto(`${address}#overview`);
    const drawn = await page.waitForFunction(() => "drawnAt" in window && window.drawnAt);
    // The first round starts the browser's own parts and makes the practice server.
    if (round > 0) times.push(Number(await drawn.jsonValue()));
    await context.close();
  }
  const product = `Chromium ${browser.version()}`;
  await browser.close();
  host.kill("SIGTERM");
  await ended;
  return [[`From navigation to the drawn checklist, ${product}`, shown(median(times)), ""]];
}

ensureInstalled();
await buildMissing();
const folder = mkdtempSync(join(tmpdir(), "mim-mail-bench-"));
const env = { ...process.env, MIM_MAIL_HOME: join(folder, "home") };
try {
  const [processor] = cpus();
  const rows = [
    ...(await benchJudging(folder)),
    ...(await benchLog(folder)),
    ...benchCommandLine(env),
    ...benchReport(folder, shown, env),
    ...benchSize(),
    ...(await benchWindow(env)),
    ...(await benchLive(folder, shown)),
  ];
  const machine = `${cpus().length} × ${processor?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB`;
  process.stdout.write(
    [
      `Measured on ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node} on ${machine}, ${process.platform} ${release()}.`,
      "Times are medians.",
      "",
      "| What | Figure | Limit |",
      "|---|---:|---:|",
      ...rows.map((row) => `| ${row.join(" | ")} |`),
      "",
    ].join("\n"),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
