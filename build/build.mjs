// Builds what is missing or older than its sources into out/. Node's side with rolldown, the window with vite, and what
// the program tells of itself.
// Usage: node build/build.mjs [node] [renderer] [about] [--force]
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { buildInfo } from "./build-info.mjs";
import { bundle } from "./bundle.mjs";
import { ensureInstalled, top } from "./install.mjs";
import {
  enclosedLicences,
  licenceOf,
  packagesOf,
  runtimeLicences,
  thirdPartyText,
  withDependencies,
} from "./licences.mjs";
import { nodeVersion } from "./node-runtime.mjs";
import { isCurrent, stampOf } from "./stamp.mjs";

const out = join(top, "out");

/** The programs, by the name of the file they become. */
const programs = {
  main: "electron/main.ts",
  preview: "electron/preview.ts",
  worker: "electron/worker.ts",
  "pdf-printer": "electron/report/pdf-printer.ts",
  "token-request": "electron/cloud/token-request.ts",
};

/** What the command line keeps in a file of its own: libraries that one command needs and every start would read. */
const apart = ["pdf-printer", "token-request"];

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

/** Everything a part is built from, and how. */
const parts = {
  node: {
    sources: [
      "electron",
      "build/build.mjs",
      "build/bundle.mjs",
      "build/quick-builtins.mjs",
      "package.json",
      "package-lock.json",
    ],
    build: buildNode,
  },
  renderer: {
    sources: [
      "renderer",
      "electron/contract",
      "assets",
      "docs/user-guide.md",
      "docs/pictures",
      "build/build.mjs",
      "build/help.mjs",
      "vite.config.ts",
      "package.json",
      "package-lock.json",
    ],
    build: buildRenderer,
  },
  // What the program tells of itself; after the other two, because it names the packages they were built from.
  about: {
    sources: [
      "out/.node.packages.json",
      "out/.renderer.packages.json",
      "build/licences.mjs",
      "build/licence-texts",
      "build/build-info.mjs",
      "build/node-runtime.mjs",
      "package-lock.json",
    ],
    build: buildAbout,
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

/** @returns {Promise<string[]>} the files written */
async function buildNode() {
  const { quickBuiltins } = await import("./quick-builtins.mjs");
  const entry = "\0command-line-entry";
  const [hosts, preload, commandLineFiles] = await Promise.all([
    bundle(
      // pdfmake looks for its files beside itself; they are in the bundle, and the place only has to be a folder.
      { input: programs, transform: { define: { __dirname: "import.meta.dirname" } } },
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
            resolveId: (id) => {
              if (id === entry) return id;
              const name = apart.find((one) => id.endsWith(`/${one}.ts`));
              return name === undefined ? null : { id: `./${name}.js`, external: true };
            },
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
  notePackages("node", [...hosts, ...preload, ...commandLineFiles]);
  return [...files.keys()].map((name) => `out/${name}`);
}

/**
 * Notes which packages a part was built from, for their licences.
 * @param {Part} part
 * @param {readonly { type: string, moduleIds?: readonly string[] }[]} files
 */
function notePackages(part, files) {
  const packages = packagesOf(files.flatMap((file) => file.moduleIds ?? []));
  writeWhole(packagesFileOf(part), JSON.stringify(packages, null, 2));
}

/** @param {Part} part */
function packagesFileOf(part) {
  return join(out, `.${part}.packages.json`);
}

/** @returns {Promise<string[]>} the files written */
async function buildAbout() {
  const built = /** @type {const} */ (["node", "renderer"]).flatMap((part) =>
    JSON.parse(readFileSync(packagesFileOf(part), "utf8")),
  );
  const packages = [...new Set([...built, ...withDependencies("node_modules/regedit")])].sort();
  const { devDependencies } = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));
  const licences = [
    ...runtimeLicences({ electron: devDependencies.electron, node: nodeVersion }),
    ...packages.map(licenceOf),
    ...enclosedLicences(packages),
  ];
  writeWhole(join(out, "licences.json"), JSON.stringify(licences));
  writeWhole(join(out, "build-info.json"), JSON.stringify(buildInfo()));
  // Beside the program, for people: Notepad on Windows Server 2016 knows no other line ends.
  writeWhole(join(out, "THIRD-PARTY.txt"), thirdPartyText(licences).replaceAll("\n", "\r\n"));
  return ["out/licences.json", "out/build-info.json", "out/THIRD-PARTY.txt"];
}

/** @returns {Promise<string[]>} the files written */
async function buildRenderer() {
  const { build } = await import("vite");
  const { loadSource } = await import("./load-source.mjs");
  const { writeHelp } = await import("./help.mjs");
  const temporary = join(out, `.renderer-${process.pid}`);
  const former = join(out, `.renderer-former-${process.pid}`);
  const target = join(out, "renderer");
  const { NODE_ENV } = process.env;
  // Whatever this process runs as (a test, for example), what it builds is the program that ships.
  process.env.NODE_ENV = "production";
  try {
    const built = await build({
      configFile: join(top, "vite.config.ts"),
      logLevel: "warn",
      build: { outDir: temporary, emptyOutDir: true },
    });
    const { stepTitles } = await loadSource("electron/contract/checklist.ts");
    writeHelp(temporary, stepTitles);
    if (Array.isArray(built) || !("output" in built)) throw new Error("the window must become one build");
    notePackages("renderer", built.output);
    rmSync(former, { recursive: true, force: true });
    try {
      renameSync(target, former);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") throw error;
    }
    renameSync(temporary, target);
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
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
  for (const name of wanted ?? /** @type {Part[]} */ (Object.keys(parts))) {
    // Asked one by one: what a part is built from may be what the part before it has just written.
    if (!force && missingParts([name]).length === 0) continue;
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
  const unknown = wanted.find((name) => !(name in parts));
  if (unknown !== undefined) {
    process.stderr.write(`build: no part is called ${unknown}; there are ${Object.keys(parts).join(", ")}\n`);
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
