// `npm test`: installs what it needs, builds, and runs everything. The last line is `N passed, N failed, N skipped`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildMissing } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";
import { ensureInstalled, top } from "./install.mjs";
import { ensurePoppler } from "./poppler.mjs";
import { ensureWine } from "./wine.mjs";

const inCi = Boolean(process.env.CI) && process.env.CI !== "false";
const count = { passed: 0, failed: 0, skipped: 0 };

/** @param {string} title */
function heading(title) {
  process.stdout.write(`\n— ${title}\n`);
}

/**
 * Runs a Node script of a package, or of this folder.
 * @param {readonly string[]} argv
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {boolean} whether it ended well
 */
function node(argv, env = process.env) {
  return spawnSync(process.execPath, argv, { cwd: top, stdio: ["ignore", "inherit", "inherit"], env }).status === 0;
}

/**
 * One check that counts as one.
 * @param {string} title
 * @param {() => boolean} passes
 */
function check(title, passes) {
  heading(title);
  const passed = passes();
  count[passed ? "passed" : "failed"] += 1;
  process.stdout.write(passed ? "passed\n" : "FAILED\n");
}

/** @param {string} name @param {readonly string[]} path */
function bin(name, ...path) {
  return join(top, "node_modules", name, ...path);
}

/** Counts what vitest wrote: every test, and every file that could not be run at all as one failure. */
function countTests(/** @type {string} */ file, /** @type {boolean} */ endedWell) {
  try {
    const report = JSON.parse(readFileSync(file, "utf8"));
    const failedBefore = count.failed;
    for (const { status, assertionResults } of report.testResults) {
      for (const test of assertionResults) {
        if (test.status === "passed") count.passed += 1;
        else if (test.status === "failed") count.failed += 1;
        else count.skipped += 1;
      }
      const someFailed = assertionResults.some((/** @type {{ status: string }} */ test) => test.status === "failed");
      if (status === "failed" && !someFailed) count.failed += 1;
    }
    // An error outside of any test makes vitest fail although each test passed.
    if (!endedWell && count.failed === failedBefore) count.failed += 1;
  } catch {
    count.failed += 1;
  }
}

ensureInstalled();
const chromium = ensureChromium();
if (chromium === null) {
  const need =
    "The window tests need Chromium; install it (Debian: apt-get install chromium) or set MIM_MAIL_CHROMIUM.";
  process.stdout.write(`${need}\n`);
  count[inCi ? "failed" : "skipped"] += 1;
}
const wine = ensureWine();
if (!wine) {
  process.stdout.write(
    "The tests of Windows' own programs need Wine, wixl and NSIS (Debian: apt-get install wine64 wine wixl nsis).\n",
  );
  count[inCi ? "failed" : "skipped"] += 1;
}
if (!ensurePoppler()) {
  process.stdout.write("The tests of the PDF report need poppler (Debian: apt-get install poppler-utils).\n");
  count[inCi ? "failed" : "skipped"] += 1;
}

heading("Build");
try {
  await buildMissing();
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : error}\n`);
  count.failed += 1;
}

check("Lint", () => node([bin("@biomejs", "biome", "bin", "biome"), "ci"]));
for (const project of ["tsconfig.json", "renderer/tsconfig.json", "test/window/tsconfig.json"]) {
  check(`Types of ${project}`, () => node([bin("typescript", "bin", "tsc"), "-p", project]));
}

heading("Tests");
const folder = mkdtempSync(join(tmpdir(), "mim-mail-test-"));
const results = join(folder, "results.json");
const endedWell = node(
  [
    ...[bin("vitest", "vitest.mjs"), "run"],
    ...["--reporter=default", "--reporter=json", `--outputFile.json=${results}`],
    ...(chromium === null ? ["--project=!window"] : []),
    ...(wine ? [] : ["--project=!windows"]),
  ],
  { ...process.env, ...(chromium === null ? {} : { MIM_MAIL_CHROMIUM: chromium }) },
);
countTests(results, endedWell);
rmSync(folder, { recursive: true, force: true });

check("Packaging", () => node([join("build", "dist-check.mjs")]));

process.exitCode = count.failed > 0 || (inCi && count.skipped > 0) ? 1 : 0;
process.stdout.write(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`);
