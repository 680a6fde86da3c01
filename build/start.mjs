// `npm start`: installs and builds what is missing, then opens the assistant: in Electron where its runtime is there or
// can be downloaded, else the same window in the browser, on the practice server.
// Usage: npm start [-- --once] [--port <port>]   (--once: ends when everything has been printed)
import { spawn } from "node:child_process";
import { join } from "node:path";
import { buildMissing } from "./build.mjs";
import { downloadElectron, electronProgram, hasDisplay } from "./electron.mjs";
import { ensureInstalled, top } from "./install.mjs";
import { startPreview } from "./preview.mjs";

/** A window that ends sooner than this with a fault was never of use: the browser is tried instead. */
const shortestUse = 10_000;

const argv = process.argv.slice(2);
const once = argv.includes("--once");

/** @type {import("node:child_process").ChildProcess | null} */
let running = null;
let stopping = false;
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => {
    stopping = true;
    running?.kill("SIGTERM");
  });
}

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 * @returns {Promise<number>} its exit code; 1 when it could not be started or was ended
 */
function run(program, args, options) {
  const child = spawn(program, args, options);
  running = child;
  return new Promise((resolve) => {
    child.on("error", () => resolve(1));
    child.on("close", (code) => resolve(code ?? 1));
  });
}

/**
 * Opens the window in Electron.
 * @param {string} program
 * @returns {Promise<boolean>} false when it did not come to a window
 */
async function openElectron(program) {
  const started = Date.now();
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const code = await run(program, [top], { cwd: top, stdio: "inherit", env });
  if (code === 0 || stopping) return true;
  if (Date.now() - started < shortestUse) return false;
  process.exitCode = code;
  return true;
}

/**
 * Opens an address in the person's browser, where there is one. Never fails.
 * @param {string} address
 */
function openBrowser(address) {
  if (process.env.CI || once || !hasDisplay()) return;
  const [program, ...args] =
    process.platform === "win32"
      ? [`${process.env.SystemRoot}\\System32\\rundll32.exe`, "url.dll,FileProtocolHandler", address]
      : [process.platform === "darwin" ? "open" : "xdg-open", address];
  const browser = spawn(program ?? "", args, { stdio: "ignore", detached: true });
  browser.on("error", () => undefined);
  browser.unref();
}

/** Serves the window to a browser until Ctrl+C. */
async function openPreview() {
  const port = argv.includes("--port") ? ["--port", argv[argv.indexOf("--port") + 1] ?? ""] : [];
  const { host, address, ended } = await startPreview(port);
  if (address === null) {
    process.exitCode = (await ended) || 1;
    return;
  }
  // The checklist first, so that the address stays in sight below it.
  await run(process.execPath, [join(top, "out", "mim-mail.js"), "check", "--server", "practice"], {
    cwd: top,
    stdio: ["ignore", "inherit", "inherit"],
  });
  process.stdout.write(
    `\nElectron's runtime is not here: the assistant is in the browser, on the practice server, at ${address}\n`,
  );
  running = host;
  if (once || stopping) host.kill("SIGTERM");
  else {
    openBrowser(address);
    process.stderr.write("Ctrl+C ends it.\n");
  }
  await ended;
}

ensureInstalled();
await buildMissing();
// A runtime that someone names is tried in any case; another one needs a screen.
const named = Boolean(process.env.ELECTRON_OVERRIDE_DIST_PATH);
const program = named || hasDisplay() ? (electronProgram() ?? (await downloadElectron())) : null;
if (program === null || !(await openElectron(program))) await openPreview();
