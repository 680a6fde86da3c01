// `npm run dist:check`: packs the Windows program into a folder, on any machine, and looks at what came out. Electron's
// runtime is replaced by a stand-in, a plain Windows program, so the fuses and Setup.exe are not part of this check; the
// Windows workflow has them.
import { strict as assert } from "node:assert";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { buildMissing } from "./build.mjs";
import { buildCommandLineFolder } from "./command-line-folder.mjs";
import { ensureInstalled, top } from "./install.mjs";
import { packagesOf } from "./licences.mjs";
import { cache, nodeRuntime, nodeVersion } from "./node-runtime.mjs";
import { billOfMaterials, examineBill } from "./sbom.mjs";
import { compileSetUp } from "./set-up-check.mjs";

/** What may be in the archive. Whatever is not listed here is a mistake, or a decision to be made. */
const allowedInArchive = [
  /^package\.json$/,
  /^out\/(main|worker|pdf-printer|token-request)\.js$/,
  /^out\/preload\.cjs$/,
  /^out\/chunks\/[\w-]+\.js$/,
  /^out\/(licences|build-info)\.json$/,
  /^out\/renderer\/(index|help)\.html$/,
  /^out\/renderer\/assets\/[\w.-]+\.(js|css|svg|png|woff2)$/,
  /^out\/renderer\/help\/[\w./-]+\.(png|svg)$/,
  /^assets\/practice\/[\w.-]+\.json$/,
  /^assets\/powershell\/[\w.-]+\.ps1$/,
  /^node_modules\/[^.][\w./@-]*\.(js|json|wsf|vbs)$/,
  /^node_modules\/[^.][\w./@-]*\/(LICENSE|LICENCE|License|license|COPYING)(\.txt|-\w+)?$/,
];

/** What may lie beside the archive, Electron's own files apart. */
const allowedBeside = [
  /^MIM Mail Assistant\.exe$/,
  /^(LICENSE|THIRD-PARTY)\.txt$/,
  /^command-line\/(mim-mail\.exe|LICENSE\.node\.txt)$/,
  /^resources\/app\.asar$/,
  /^resources\/app\.asar\.unpacked\/assets\/powershell\/[\w.-]+\.ps1$/,
  /^resources\/app\.asar\.unpacked\/node_modules\/regedit\/vbs\/[\w.-]+\.(wsf|vbs)$/,
  /^locales\/en-US\.pak$/,
];

/** What must never be in there: secrets by their form, and traces of the machine that built it. */
const forbidden = [
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ["a token of GitHub", /\bgh[pousr]_[A-Za-z0-9]{36}\b/],
  ["a token of npm", /\bnpm_[A-Za-z0-9]{36}\b/],
  ["a key of AWS", /\bAKIA[0-9A-Z]{16}\b/],
  ["a secret of Entra", /\b[A-Za-z0-9_~.-]{3}8Q~[A-Za-z0-9_~.-]{34}\b/],
  ["a token", /\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}/],
  ["an encrypted value of Windows", /AQAAANCMnd8BFdERjHoAwE[A-Za-z0-9+/]{40,}/],
];

/** How large our own part may be: everything but Electron's runtime and Node's, in bytes. */
const sizeBudget = 15 * 1024 * 1024;

/**
 * A folder that looks like Electron's runtime: Node's program without its signature, because a file whose resources are
 * edited must not carry one. Made once.
 * @returns {Promise<string>}
 */
async function standInRuntime() {
  const folder = join(cache, `stand-in-${nodeVersion}`);
  const program = join(folder, "electron.exe");
  if (existsSync(program)) return folder;
  for (const name of ["resources", "locales"]) mkdirSync(join(folder, name), { recursive: true });
  for (const language of ["de", "en-US"]) writeFileSync(join(folder, "locales", `${language}.pak`), "");
  const { NtExecutable } = await import("resedit");
  const original = NtExecutable.from(readFileSync(nodeRuntime("win")), { ignoreCert: true });
  writeFileSync(program, Buffer.from(original.generate()));
  return folder;
}

/** @param {string} folder @returns {string[]} every file below it, with forward slashes */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/**
 * Packs into a folder of its own.
 * @param {string} output
 * @returns {Promise<string>} the folder of the packed program
 */
async function pack(output) {
  const { Arch, build, Platform } = await import("electron-builder");
  await build({
    projectDir: top,
    targets: Platform.WINDOWS.createTarget("dir", Arch.x64),
    publish: "never",
    config: {
      extends: "build/electron-builder.yml",
      directories: { output },
      electronDist: await standInRuntime(),
      // A stand-in has no fuses.
      electronFuses: null,
    },
  });
  return join(output, "win-unpacked");
}

/**
 * Looks for what must not be in a file.
 * @param {string} name
 * @param {Buffer} content
 */
function examineContent(name, content) {
  const text = content.toString("latin1");
  for (const [what, pattern] of forbidden) assert.ok(!pattern.test(text), `${name} holds ${what}`);
  const folders = [top.replace(/[\\/]$/, ""), homedir()].filter((folder) => folder.length > 6);
  for (const folder of folders) {
    assert.ok(!text.includes(folder), `${name} names a folder of the machine it was built on`);
  }
}

/** @param {string} folder the packed program's @returns {Promise<number>} how many files the archive holds */
async function examineFiles(folder) {
  const { extractFile, listPackage, statFile } = await import("@electron/asar");
  const archive = join(folder, "resources", "app.asar");
  // asar names its files as this system does.
  const named = (/** @type {string} */ path) => join(...path.split("/"));
  const packed = listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll("\\", "/").replace(/^\//, ""))
    .filter((path) => !("files" in statFile(archive, named(path))));
  const unexpected = packed.filter((path) => !allowedInArchive.some((allowed) => allowed.test(path)));
  assert.deepEqual(unexpected, [], "files that do not belong into the archive");
  const beside = filesIn(folder).filter((path) => !allowedBeside.some((allowed) => allowed.test(path)));
  assert.deepEqual(beside, [], "files that do not belong beside the archive");

  const built = filesIn(join(top, "out")).filter(
    (path) => !/(^|\/)\./.test(path) && !/^(command-line|mim-mail|preview)\.js$|^THIRD-PARTY\.txt$/.test(path),
  );
  assert.ok(built.includes("renderer/help.html"), "the user guide was not built");
  const wanted = [
    "package.json",
    ...built.map((path) => `out/${path}`),
    ...filesIn(join(top, "assets", "practice")).map((path) => `assets/practice/${path}`),
  ];
  for (const path of wanted) assert.ok(packed.includes(path), `${path} is not packed`);
  assert.equal(JSON.parse(extractFile(archive, "package.json").toString()).main, "out/main.js");

  // Of the packages only regedit and what it needs; everything else is built in.
  const lock = JSON.parse(readFileSync(join(top, "package-lock.json"), "utf8")).packages;
  const packages = packagesOf(packed);
  assert.ok(packages.includes("node_modules/regedit"), "regedit is not packed");
  for (const name of packages) assert.ok(lock[name]?.dev !== true, `${name} is a development package and was packed`);

  const ownScripts = filesIn(join(top, "assets", "powershell"));
  assert.ok(ownScripts.includes("look.ps1"));
  const scripts = filesIn(join(top, "node_modules", "regedit", "vbs"));
  assert.ok(scripts.length > 5);
  assert.deepEqual(
    filesIn(join(folder, "resources", "app.asar.unpacked")),
    [
      ...ownScripts.map((path) => `assets/powershell/${path}`),
      ...scripts.map((path) => `node_modules/regedit/vbs/${path}`),
    ],
    "outside of the archive lie regedit's and the product's own scripts and nothing else",
  );

  for (const path of packed) examineContent(path, extractFile(archive, named(path)));
  for (const path of ["LICENSE.txt", "THIRD-PARTY.txt"]) examineContent(path, readFileSync(join(folder, path)));
  return packed.length;
}

/**
 * Looks at a Windows program: what it asks for, what it is called, its icon.
 * @param {string} path
 * @param {{ name: string, description: string, isConsole: boolean }} wanted
 */
async function examineProgram(path, { name, description, isConsole }) {
  const { Data, NtExecutable, NtExecutableResource, Resource } = await import("resedit");
  const program = NtExecutable.from(readFileSync(path), { ignoreCert: true });
  // 2: a window, 3: a console. The stand-in for Electron is a console program and stays one.
  if (isConsole) assert.equal(program.newHeader.optionalHeader.subsystem, 3, `${name} does not print to a console`);
  const { entries } = NtExecutableResource.from(program);
  const manifest = entries.find((entry) => entry.type === 24);
  assert.ok(manifest, `${name} has no manifest`);
  const text = Buffer.from(manifest.bin).toString("utf8");
  assert.match(text, /requestedExecutionLevel[^>]*level=['"]asInvoker['"]/, `${name} must start without elevation`);
  const { version } = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));
  const [info] = Resource.VersionInfo.fromEntries(entries);
  const [language] = info?.getAllLanguagesForStringValues() ?? [];
  assert.ok(info && language, `${name} has no version`);
  const strings = info.getStringValues(language);
  assert.equal(strings.ProductName, "MIM Mail Assistant");
  assert.equal(strings.FileDescription, description);
  assert.equal(strings.FileVersion, version);
  assert.ok(!JSON.stringify(strings).includes("Joyent"), `${name} still calls itself Node`);
  const [group] = Resource.IconGroupEntry.fromEntries(entries);
  assert.ok(group, `${name} has no icon`);
  const own = Data.IconFile.from(readFileSync(join(top, "assets", "icons", "mim-mail.ico")));
  const widths = (/** @type {readonly { width?: number }[]} */ icons) =>
    icons.map(({ width }) => width || 256).sort((one, other) => one - other);
  assert.deepEqual(widths(group.icons), [16, 20, 24, 32, 40, 48, 64, 128, 256], `${name} has another icon`);
  assert.deepEqual(widths(own.icons), widths(group.icons));
  return entries;
}

/**
 * The command line: Node with our code inside, marked as such.
 * @param {string} path
 */
async function examineCommandLine(path) {
  const entries = await examineProgram(path, {
    name: "mim-mail.exe",
    description: "MIM Mail Assistant, command line",
    isConsole: true,
  });
  const data = entries.find((entry) => entry.id === "NODE_SEA_BLOB");
  assert.ok(data, "mim-mail.exe carries no code");
  examineContent("mim-mail.exe", Buffer.from(data.bin));
  const bytes = readFileSync(path);
  assert.ok(bytes.includes("NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:1"), "mim-mail.exe runs as Node");
  // The signature's place in the header is empty: whoever signs it finds none that is no longer true.
  const { NtExecutable } = await import("resedit");
  const [table] = [NtExecutable.from(bytes, { ignoreCert: true }).newHeader.optionalHeaderDataDirectory.get(4)];
  assert.equal(table.size, 0, "mim-mail.exe carries a signature of another program");
}

/**
 * Every package that is in the program is named with its licence, and nothing else is.
 * @param {string} folder
 * @param {readonly string[]} moduleIds of the command line
 */
function examineLicences(folder, moduleIds) {
  const licences = JSON.parse(readFileSync(join(top, "out", "licences.json"), "utf8"));
  const named = new Set(licences.map((/** @type {{ name: string }} */ { name }) => name));
  for (const packageFolder of packagesOf(moduleIds)) {
    const { name } = JSON.parse(readFileSync(join(top, packageFolder, "package.json"), "utf8"));
    assert.ok(named.has(name), `${name} is in mim-mail.exe and not in the licences`);
  }
  for (const name of ["Electron", "Node.js", "regedit", "react", "zod"]) {
    assert.ok(named.has(name), `${name} is not in the licences`);
  }
  const text = readFileSync(join(folder, "THIRD-PARTY.txt"), "utf8");
  for (const { name, version, licence, text: terms } of licences) {
    assert.ok(text.includes(`\r\n${name} ${version}: ${licence}\r\n`), `${name} is not in THIRD-PARTY.txt`);
    assert.ok(terms.length > 100, `${name} has no text of its licence`);
  }
  assert.match(readFileSync(join(folder, "command-line", "LICENSE.node.txt"), "utf8"), /Node\.js is licensed/);

  const bill = billOfMaterials(licences, JSON.parse(readFileSync(join(top, "package.json"), "utf8")));
  examineBill(bill);
  assert.equal(bill.components.length, licences.length);
}

/** @param {string} folder */
function examineSize(folder) {
  const size = (/** @type {string} */ path) => statSync(path).size;
  const code = size(join(folder, "command-line", "mim-mail.exe")) - size(nodeRuntime("win"));
  const others = filesIn(folder).filter((path) => !path.endsWith(".exe") && !path.startsWith("locales/"));
  const own = others.reduce((sum, path) => sum + size(join(folder, path)), Math.max(code, 0));
  const megabytes = (own / 1024 / 1024).toFixed(1);
  assert.ok(own <= sizeBudget, `our part is ${megabytes} MB, more than ${sizeBudget / 1024 / 1024}`);
  return megabytes;
}

/** The stand-in has no fuses and is not installed, so the configuration itself must say what will be. */
async function examineConfiguration() {
  const { parse } = await import("yaml");
  const configuration = parse(readFileSync(join(top, "build", "electron-builder.yml"), "utf8"));
  assert.deepEqual(configuration.electronFuses, {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    onlyLoadAppFromAsar: true,
    enableEmbeddedAsarIntegrityValidation: true,
    grantFileProtocolExtraPrivileges: false,
    enableCookieEncryption: true,
    loadBrowserProcessSpecificV8Snapshot: false,
  });
  const { perMachine, allowToChangeInstallationDirectory, deleteAppDataOnUninstall } = configuration.nsis;
  assert.deepEqual([perMachine, allowToChangeInstallationDirectory, deleteAppDataOnUninstall], [true, false, false]);
  assert.deepEqual([configuration.asar, configuration.publish], [true, null]);
  assert.equal(configuration.win.requestedExecutionLevel, "asInvoker");
}

ensureInstalled();
await buildMissing();
const output = mkdtempSync(join(tmpdir(), "mim-mail-dist-"));
try {
  await examineConfiguration();
  const { moduleIds } = await buildCommandLineFolder();
  const folder = await pack(output);
  const count = await examineFiles(folder);
  await examineProgram(join(folder, "MIM Mail Assistant.exe"), {
    name: "MIM Mail Assistant.exe",
    description: "MIM Mail Assistant",
    isConsole: false,
  });
  await examineCommandLine(join(folder, "command-line", "mim-mail.exe"));
  examineLicences(folder, moduleIds);
  const setUp = await compileSetUp(join(output, "set-up"), folder);
  const megabytes = examineSize(folder);
  process.stdout.write(`The packed program holds ${count} files, ${megabytes} MB of our own, as it should.\n`);
  process.stdout.write(
    setUp
      ? "The set-up compiles, template and all, with stand-ins for the plug-ins that are not here.\n"
      : "The set-up was not compiled: NSIS is not here, or it is built for real.\n",
  );
} catch (error) {
  process.stderr.write(`dist:check: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  rmSync(output, { recursive: true, force: true });
}
