// Builds what is missing or older than its sources into out/. Node's side with rolldown, the window with vite.
// Usage: node build/build.mjs [node] [renderer] [--force]
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled, top } from "./install.mjs";
import { isCurrent, stampOf } from "./stamp.mjs";

const out = join(top, "out");

/** The programs, by the name of the file they become. */
const programs = {
  main: "electron/main.ts",
  preview: "electron/preview.ts",
  worker: "electron/worker.ts",
};

const commandLine = "electron/cli.ts";

/**
 * The command line's first file turns Node's compile cache on (Node 22 and later) before the code is read. The cache
 * lies beside the program, never in a folder that others can write to, because what it holds is run.
 */
const commandLineStart = `process.getBuiltinModule?.("node:module").enableCompileCache?.(import.meta.dirname + "/.compile-cache");
await import("./command-line.js");
`;

/**
 * What that loads. A schema is used once or twice in a command's life: compiling it first, as zod does for servers,
 * costs more than it saves.
 */
const commandLineEntry = `import { config } from "zod";
config({ jitless: true });
await import(${JSON.stringify(join(top, commandLine))});
`;

// regedit runs VBScript files that lie beside its JavaScript, so it stays a package; the two others are optional
// native parts of ws that are not installed.
const external = ["electron", "regedit", "bufferutil", "utf-8-validate"];

/** Everything a part is built from, and how. */
const parts = {
  node: {
    sources: ["electron", "build/build.mjs", "build/quick-builtins.mjs", "package.json", "package-lock.json"],
    build: buildNode,
  },
  renderer: {
    sources: ["renderer", "electron/contract", "assets", "vite.config.ts", "package.json", "package-lock.json"],
    build: buildRenderer,
  },
};

/** @typedef {keyof typeof parts} Part */

/**
 * Writes a file so that a reader sees the old one or the new one, never half of it.
 * @param {string} path
 * @param {string | Uint8Array} content
 */
function writeWhole(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}

/**
 * @param {import("rolldown").InputOptions} input
 * @param {import("rolldown").OutputOptions} output
 */
async function bundle(input, output) {
  const { rolldown } = await import("rolldown");
  const bundled = await rolldown({
    cwd: top,
    platform: "node",
    external,
    // The ES module of a package before its CommonJS or UMD form, whose requires a bundler cannot always follow.
    resolve: { mainFields: ["module", "main"] },
    onLog: failOnWarning,
    ...input,
  });
  try {
    return (await bundled.generate({ minify: true, sourcemap: false, ...output })).output;
  } finally {
    await bundled.close();
  }
}

/** @returns {Promise<string[]>} the files written */
async function buildNode() {
  const { quickBuiltins } = await import("./quick-builtins.mjs");
  const entry = "\0command-line-entry";
  const [hosts, preload, commandLineFiles] = await Promise.all([
    bundle(
      { input: programs },
      { format: "esm", entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
    ),
    // A sandboxed preload must be one CommonJS file.
    bundle(
      { input: { preload: "electron/preload.ts" } },
      { format: "cjs", codeSplitting: false, entryFileNames: "[name].cjs" },
    ),
    // One file: reading twenty takes longer than leaving half of one unused.
    bundle(
      {
        input: { "command-line": entry },
        plugins: [
          {
            name: "command-line-entry",
            resolveId: (id) => (id === entry ? id : null),
            load: (id) => (id === entry ? commandLineEntry : null),
          },
          quickBuiltins(),
        ],
      },
      { format: "esm", codeSplitting: false, entryFileNames: "[name].js" },
    ),
  ]);
  if (preload.length !== 1) throw new Error("the preload must become one file");
  const files = new Map(
    [...hosts, ...preload, ...commandLineFiles]
      // Programs last: whoever starts one finds its chunks there.
      .sort((a, b) => Number(a.type === "chunk" && a.isEntry) - Number(b.type === "chunk" && b.isEntry))
      .map((file) => [file.fileName, file.type === "chunk" ? file.code : file.source]),
  );
  files.set("mim-mail.js", commandLineStart);
  for (const [name, content] of files) writeWhole(join(out, name), content);
  for (const name of readdirSync(join(out, "chunks"))) {
    if (!files.has(`chunks/${name}`) && !name.endsWith(".tmp")) rmSync(join(out, "chunks", name), { force: true });
  }
  rmSync(join(out, ".compile-cache"), { recursive: true, force: true });
  return [...files.keys()].map((name) => `out/${name}`);
}

/**
 * A warning of the bundler (an import that is not found, above all) would become a fault at run time.
 * @type {(level: string, log: { message: string }) => void}
 */
function failOnWarning(level, log) {
  if (level === "warn") throw new Error(log.message);
}

/** @returns {Promise<string[]>} the files written */
async function buildRenderer() {
  const { build } = await import("vite");
  const temporary = join(out, `.renderer-${process.pid}`);
  const former = join(out, `.renderer-former-${process.pid}`);
  const target = join(out, "renderer");
  try {
    await build({
      configFile: join(top, "vite.config.ts"),
      logLevel: "warn",
      build: { outDir: temporary, emptyOutDir: true },
    });
    rmSync(former, { recursive: true, force: true });
    try {
      renameSync(target, former);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") throw error;
    }
    renameSync(temporary, target);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
    rmSync(former, { recursive: true, force: true });
  }
  return readdirSync(target, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(top, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/"));
}

/**
 * The parts whose sources have changed since they were built. Takes milliseconds.
 * @param {readonly Part[]} [wanted]
 * @returns {Part[]}
 */
export function missingParts(wanted = /** @type {Part[]} */ (Object.keys(parts))) {
  return wanted.filter((name) => !isCurrent(top, stampFileOf(name), stampOf(top, parts[name].sources)));
}

/**
 * Builds the parts that are missing. Packages must be installed.
 * @param {readonly Part[]} [wanted]
 * @param {{ force?: boolean }} [options]
 * @returns {Promise<void>}
 */
export async function buildMissing(wanted, { force = false } = {}) {
  for (const name of force ? (wanted ?? /** @type {Part[]} */ (Object.keys(parts))) : missingParts(wanted)) {
    const started = performance.now();
    process.stderr.write(`Building ${name}…`);
    // Taken before the build: what changes meanwhile is built again the next time.
    const stamp = stampOf(top, parts[name].sources);
    const outputs = await parts[name].build();
    writeWhole(stampFileOf(name), JSON.stringify({ stamp, outputs }));
    process.stderr.write(` ${Math.round(performance.now() - started)} ms\n`);
  }
}

/** @param {string} name */
function stampFileOf(name) {
  return join(out, `.${name}.stamp.json`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const argv = process.argv.slice(2);
  const wanted = /** @type {Part[]} */ (argv.filter((name) => name !== "--force"));
  const stranger = wanted.find((name) => !(name in parts));
  if (stranger !== undefined) {
    process.stderr.write(`build: no part is called ${stranger}; there are ${Object.keys(parts).join(", ")}\n`);
    process.exit(2);
  }
  ensureInstalled();
  try {
    await buildMissing(wanted.length > 0 ? wanted : undefined, { force: argv.includes("--force") });
  } catch (error) {
    process.stderr.write(`\nbuild: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}
