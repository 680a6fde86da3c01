// `npm test`: installs what it needs, builds, and runs everything. The last line is `N passed, N failed, N skipped`.
import { spawn } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildMissing } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";
import { ensurePoppler, ensurePostfix, ensureWine } from "./debian.mjs";
import { ensureInstalled, top } from "./install.mjs";
import { ensurePowershell } from "./powershell.mjs";
import { countTests, slowLines } from "./test-results.mjs";

/** @import { PartResult } from "./test-results.mjs" */

/**
 * A part of the run: something that is started, and what it showed.
 * @typedef {{ title: string, run: () => Promise<PartResult> }} Part
 */

const inCi = Boolean(process.env.CI) && process.env.CI !== "false";
const begun = performance.now();
const scratch = mkdtempSync(join(tmpdir(), "mim-mail-test-"));
process.once("exit", () => rmSync(scratch, { recursive: true, force: true }));

const secondsSince = (/** @type {number} */ moment) => (performance.now() - moment) / 1000;

/** @param {number} failed @returns {PartResult} */
const one = (failed) => ({ passed: 1 - failed, failed, skipped: 0, files: [] });

/**
 * What the machine lacks: a skip that has a name, and in CI a failure.
 * @param {boolean} isThere
 * @param {string} need
 * @returns {PartResult}
 */
function needed(isThere, need) {
  if (isThere) return { passed: 0, failed: 0, skipped: 0, files: [] };
  process.stdout.write(`${need}\n`);
  return { passed: 0, failed: inCi ? 1 : 0, skipped: inCi ? 0 : 1, files: [] };
}

let started = 0;

/**
 * Runs a Node script of a package, or of this folder. What it says goes to a file: parts run side by side, and each is
 * told as a whole.
 * @param {readonly string[]} argv
 * @returns {Promise<{ endedWell: boolean, said: () => string }>}
 */
async function node(argv, env = process.env) {
  started += 1;
  const path = join(scratch, `${started}.txt`);
  const output = openSync(path, "w");
  const child = spawn(process.execPath, argv, { cwd: top, stdio: ["ignore", output, output], env });
  const endedWell = await new Promise((resolve) => {
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
  return { endedWell, said: () => readFileSync(path, "utf8") };
}

/** @param {string} name @param {readonly string[]} path */
const bin = (name, ...path) => join(top, "node_modules", name, ...path);

/** A check that counts as one. @param {string} title @param {readonly string[]} argv @returns {Part} */
const check = (title, argv) => ({
  title,
  run: async () => {
    const { endedWell, said } = await node(argv);
    process.stdout.write(`\n— ${title}: ${endedWell ? "passed" : "FAILED"}\n${said()}`);
    return one(endedWell ? 0 : 1);
  },
});

/** Projects of Vitest. @param {string} title @param {readonly string[]} projects @returns {Part} */
const tests = (title, projects, env = process.env) => ({
  title,
  run: async () => {
    const results = join(scratch, `${projects.join("-")}.json`);
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
    const argv = [bin("vitest", "vitest.mjs"), "run", ...reporters];
    const { endedWell, said } = await node([...argv, ...projects.map((project) => `--project=${project}`)], env);
    process.stdout.write(`\n— ${title}\n${said()}`);
    return countTests(textOf(results), endedWell);
  },
});

function textOf(/** @type {string} */ path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** @type {{ title: string, seconds: number, result: PartResult }[]} */
const ended = [];

/** Runs parts one after the other. @param {readonly Part[]} parts */
async function inTurn(parts) {
  for (const { title, run } of parts) {
    const start = performance.now();
    const result = await run();
    ended.push({ title, seconds: secondsSince(start), result });
  }
}

ensureInstalled();
const chromium = ensureChromium();
const wine = ensureWine();
const powershell = ensurePowershell();
const machine = [
  needed(
    chromium !== null,
    "The window tests need Chromium; install it (Debian: apt-get install chromium) or set MIM_MAIL_CHROMIUM.",
  ),
  needed(
    wine,
    "The tests of Windows' own programs need Wine, wixl and NSIS (Debian: apt-get install wine64 wine wixl nsis).",
  ),
  needed(
    powershell,
    "The tests of the PowerShell scripts need the .NET SDK 10 or later, and its packages (https://dotnet.microsoft.com).",
  ),
  needed(ensurePoppler(), "The tests of the PDF report need poppler (Debian: apt-get install poppler-utils)."),
  needed(
    ensurePostfix(),
    "The test of the relay check with Postfix needs it, and root (Debian: apt-get install postfix).",
  ),
];
ended.push(
  ...machine
    .map((result) => ({ title: "What the machine lacks", seconds: 0, result }))
    .filter(({ result }) => result.failed + result.skipped > 0),
);
ended.push({ title: "Installing", seconds: secondsSince(begun), result: needed(true, "") });

await inTurn([
  {
    title: "Build",
    run: async () => {
      try {
        await buildMissing();
        return needed(true, "");
      } catch (error) {
        process.stdout.write(`${error instanceof Error ? error.message : error}\n`);
        return one(1);
      }
    },
  },
]);

const types = ["tsconfig.json", "renderer/tsconfig.json", "test/window/tsconfig.json"];
const browser = { ...process.env, ...(chromium === null ? {} : { MIM_MAIL_CHROMIUM: chromium }) };
// Two lanes: the tests of Windows' programs wait for processes most of the time, and leave the processor to the others.
await Promise.all([
  inTurn([
    tests("Rooms and programs", ["unit", "apart", "process"]),
    ...(chromium === null ? [] : [tests("Window", ["window"], browser)]),
  ]),
  inTurn([
    check("Lint", [bin("@biomejs", "biome", "bin", "biome"), "ci"]),
    ...types.map((project) => check(`Types of ${project}`, [bin("typescript", "bin", "tsc"), "-p", project])),
    ...(wine ? [tests("Windows' own programs", ["windows"])] : []),
    // On Windows there is nothing of it: its own PowerShell is tried by the other tests.
    ...(wine && powershell && process.platform !== "win32" ? [tests("The PowerShell scripts", ["powershell"])] : []),
    check("Packaging", [join("build", "dist-check.mjs")]),
  ]),
]);

const total = { passed: 0, failed: 0, skipped: 0 };
for (const { result } of ended) {
  total.passed += result.passed;
  total.failed += result.failed;
  total.skipped += result.skipped;
}
process.stdout.write(
  `\n— What took long (${secondsSince(begun).toFixed(0)} s in all)\n${slowLines(ended).join("\n")}\n`,
);
process.exitCode = total.failed > 0 || (inCi && total.skipped > 0) ? 1 : 0;
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
