// Makes mim-mail.exe: Node's own program with the command line inside. Why this way: docs/decisions.
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bundle } from "./bundle.mjs";
import { top } from "./install.mjs";
import { nodeRuntime, nodeVersion } from "./node-runtime.mjs";

const registryModule = "\0registry-module";

/**
 * regedit's scripts for Windows Script Host lie where the desktop program has them; the code asks Node for the package's
 * place by its name, and is answered with that.
 * @type {import("rolldown").Plugin}
 */
const placeOfRegedit = {
  name: "place-of-regedit",
  resolveId: (source, importer) =>
    source === "node:module" && /[\\/]regedit-package\.ts$/.test(importer ?? "") ? registryModule : null,
  load: (id) =>
    id === registryModule
      ? `import { dirname, join } from "node:path";
const folder = join(dirname(process.execPath), "..", "resources", "app.asar.unpacked", "node_modules", "regedit");
export const createRequire = () => ({ resolve: () => join(folder, "index.js") });`
      : null,
};

const entry = "\0installed-command-line";

/**
 * The code of mim-mail.exe: one CommonJS file, which is what a single executable application runs.
 * @returns {Promise<{ code: string, moduleIds: readonly string[] }>}
 */
export async function commandLineCode() {
  const [file, ...more] = await bundle(
    {
      input: { "mim-mail": entry },
      transform: {
        // Inside of a program there is no file to name; its folder is the program's own.
        define: {
          "import.meta.dirname": "__dirname",
          "import.meta.url": JSON.stringify("file:///mim-mail.exe"),
        },
      },
      plugins: [
        {
          name: "installed-command-line",
          resolveId: (id) => (id === entry ? id : id === `${entry}-schemas` ? id : null),
          load: (id) => {
            // A schema is used once or twice in a command's life: compiling it first costs more than it saves.
            if (id === `${entry}-schemas`) return `import { config } from "zod";\nconfig({ jitless: true });`;
            const root = JSON.stringify(join(top, "electron", "installed-cli.ts"));
            return id === entry ? `import ${JSON.stringify(`${entry}-schemas`)};\nimport ${root};` : null;
          },
        },
        placeOfRegedit,
      ],
    },
    { format: "cjs", codeSplitting: false, entryFileNames: "[name].cjs" },
  );
  assert.ok(file?.type === "chunk" && more.length === 0, "the command line must become one file");
  return { code: file.code, moduleIds: file.moduleIds };
}

/**
 * What Node puts into a program: the code, and that nothing from outside changes how it runs.
 * @param {string} folder
 * @param {string} code
 * @param {readonly string[]} node starts the Node that makes it: of the same version as the program it goes into
 * @returns {Buffer}
 */
function applicationData(folder, code, [node = "", ...argv]) {
  writeFileSync(join(folder, "mim-mail.cjs"), code);
  const options = {
    // Bare names: the first is what a stack trace shows.
    main: "mim-mail.cjs",
    output: "mim-mail.blob",
    disableExperimentalSEAWarning: true,
    // Made on any machine, so nothing that depends on the processor.
    useSnapshot: false,
    useCodeCache: false,
    execArgv: [],
    // NODE_OPTIONS could load other code into a program that may run elevated: as with Electron's fuses.
    execArgvExtension: "none",
  };
  writeFileSync(join(folder, "sea-config.json"), JSON.stringify(options));
  const made = spawnSync(node, [...argv, "--experimental-sea-config", "sea-config.json"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  assert.ok(made.status === 0, `Node could not make the program's data: ${made.error?.message ?? made.stderr}`);
  return readFileSync(join(folder, "mim-mail.blob"));
}

/** Node looks for this text in itself: 0 behind it becomes 1 in a program that carries code. */
const sentinel = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

/**
 * Marks the program as one that carries code.
 * @param {Buffer} program
 */
function setSentinel(program) {
  const at = program.indexOf(`${sentinel}:0`);
  assert.ok(at >= 0, "this Node cannot carry code");
  assert.equal(program.indexOf(`${sentinel}:0`, at + 1), -1, "this Node has the mark twice");
  program.write("1", at + sentinel.length + 1, "latin1");
}

/** The kind of resource that is data of the program's own. */
const dataResource = 10;
const english = 1033;

/**
 * Node's own program with code inside, still to be given its names.
 * @param {string} original Node's program
 * @param {string} code one CommonJS file
 * @param {readonly string[]} node starts a Node of the same version on this machine
 */
export async function programWith(original, code, node) {
  const folder = mkdtempSync(join(tmpdir(), "mim-mail-program-"));
  try {
    const data = applicationData(folder, code, node);
    const bytes = readFileSync(original);
    setSentinel(bytes);
    const { NtExecutable, NtExecutableResource } = await import("resedit");
    // Its signature goes: it would no longer be true. The set-up's own takes its place where there is one.
    const program = NtExecutable.from(bytes, { ignoreCert: true });
    const resources = NtExecutableResource.from(program);
    resources.replaceResourceEntry({ type: dataResource, id: "NODE_SEA_BLOB", lang: 0, codepage: 1200, bin: data });
    return { program, resources };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Makes mim-mail.exe.
 * @param {string} output its path
 * @param {{ version?: string, node?: readonly string[] }} [options] another version of Node than the product's, and how
 *   a Node of that version is started on this machine
 * @returns {Promise<{ moduleIds: readonly string[] }>}
 */
export async function buildCommandLineProgram(output, options = {}) {
  const { version = nodeVersion } = options;
  const original = nodeRuntime("win", version);
  const node = options.node ?? [process.platform === "win32" ? original : nodeRuntime("linux", version)];
  const product = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));
  const { code, moduleIds } = await commandLineCode();
  const { program, resources } = await programWith(original, code, node);
  const { Data, Resource } = await import("resedit");
  const icon = Data.IconFile.from(readFileSync(join(top, "assets", "icons", "mim-mail.ico")));
  const group = Resource.IconGroupEntry.fromEntries(resources.entries)[0];
  Resource.IconGroupEntry.replaceIconsForResource(
    resources.entries,
    group?.id ?? 1,
    Number(group?.lang ?? english),
    icon.icons.map((item) => item.data),
  );
  const info = Resource.VersionInfo.fromEntries(resources.entries)[0] ?? Resource.VersionInfo.createEmpty();
  const numbers = `${product.version.split("-")[0]}.0`;
  info.setFileVersion(numbers, english);
  info.setProductVersion(numbers, english);
  for (const language of info.getAllLanguagesForStringValues()) info.removeAllStringValues(language);
  info.setStringValues(
    { lang: english, codepage: 1200 },
    {
      ProductName: "MIM Mail Assistant",
      FileDescription: "MIM Mail Assistant, command line",
      CompanyName: product.author,
      FileVersion: product.version,
      ProductVersion: product.version,
      InternalName: "mim-mail",
      OriginalFilename: "mim-mail.exe",
      LegalCopyright: `${product.author}, MIT License`,
      Comments: `Made of Node.js ${version}`,
    },
  );
  info.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(`${output}.tmp`, Buffer.from(program.generate()));
  renameSync(`${output}.tmp`, output);
  return { moduleIds };
}
