// Compiles the whole set-up as electron-builder would, with its own template and our part of it, by Debian's NSIS. What
// Debian has not is stood in for, so what comes out cannot be run; that it comes out shows that our part fits the template.
import { strict as assert } from "node:assert";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { top } from "./install.mjs";
import { calledPlugins, pluginStandIn } from "./plugin-stand-in.mjs";

const makensis = "/usr/bin/makensis";
const own = "/usr/share/nsis/Plugins/x86-unicode";
const templates = join(top, "node_modules", "app-builder-lib", "templates", "nsis");

/** @param {string} folder @returns {string} every script below it, as one text */
function scriptsIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.ns[hi]$/.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

/** @param {string} path @param {readonly string[]} lines */
function writeProgram(path, lines) {
  writeFileSync(path, `#!/bin/sh\n${lines.join("\n")}\n`);
  chmodSync(path, 0o755);
}

/**
 * @param {string} folder where everything goes
 * @param {string} packed the folder of the packed program
 * @returns {Promise<boolean>} false where there is no NSIS to do it with, as on Windows, where the set-up itself is built
 */
export async function compileSetUp(folder, packed) {
  if (process.platform !== "linux" || !existsSync(makensis)) return false;
  const nsis = join(folder, "nsis");
  const plugins = join(folder, "resources", "plugins", "x86-unicode");
  const bin = join(folder, "bin");
  const log = join(folder, "scripts.txt");
  for (const path of [join(nsis, "linux"), plugins, bin]) mkdirSync(path, { recursive: true });
  // electron-builder hands the script over on the standard input, once for the uninstaller and once for the set-up.
  writeProgram(join(nsis, "linux", "makensis"), [
    "unset NSISDIR",
    `cat > '${folder}/script.nsi'`,
    `cat '${folder}/script.nsi' >> '${log}'`,
    `exec '${makensis}' "$@" < '${folder}/script.nsi'`,
  ]);
  writeFileSync(join(nsis, "elevate.exe"), "");
  // What is packed is another part of this check; here it is a file of that name.
  const sevenZip = join(bin, "7za");
  writeProgram(sevenZip, ['for one; do case "$one" in *.7z) echo archive > "$one" ;; esac; done']);
  // The first of the two is run to write the uninstaller out; a file of that name is all the second one needs.
  writeProgram(join(bin, "wine"), [
    "for last; do :; done",
    'case "$last" in *.exe) echo uninstaller > "$(dirname "$last")/$(basename "$last" exe)__uninstaller.exe" ;; esac',
    "echo wine-9.0",
  ]);
  const there = new Set(readdirSync(own).map((name) => name.replace(/\.dll$/i, "").toLowerCase()));
  const called = calledPlugins(`${scriptsIn(templates)}\n${readFileSync(join(top, "build", "installer.nsh"), "utf8")}`);
  for (const [name, functions] of called) {
    if (!there.has(name.toLowerCase())) {
      writeFileSync(join(plugins, `${name}.dll`), pluginStandIn(`${name}.dll`, [...functions]));
    }
  }

  const given = {
    ELECTRON_BUILDER_NSIS_DIR: nsis,
    ELECTRON_BUILDER_NSIS_RESOURCES_DIR: join(folder, "resources"),
    ELECTRON_BUILDER_7ZIP_PATH: sevenZip,
    USE_SYSTEM_WINE: "true",
    PATH: `${bin}${delimiter}${process.env.PATH}`,
  };
  const before = Object.entries(given).map(([name]) => /** @type {const} */ ([name, process.env[name]]));
  Object.assign(process.env, given);
  const output = join(folder, "output");
  try {
    const { Arch, build, Platform } = await import("electron-builder");
    const prepackaged = join(folder, "win-unpacked");
    // Only what the set-up's script itself names: the archive's content is another part of this check.
    mkdirSync(join(prepackaged, "resources"), { recursive: true });
    for (const name of ["MIM Mail Assistant.exe", "LICENSE.txt"]) cpSync(join(packed, name), join(prepackaged, name));
    await build({
      projectDir: top,
      prepackaged,
      targets: Platform.WINDOWS.createTarget("nsis", Arch.x64),
      publish: "never",
      config: {
        extends: "build/electron-builder.yml",
        directories: { output },
        nsis: { differentialPackage: false },
        // A stand-in has no fuses.
        electronFuses: null,
      },
    });
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  const made = readdirSync(output).filter((name) => /^MIM-Mail-Assistant-Setup-.*\.exe$/.test(name));
  assert.equal(made.length, 1, "NSIS made no set-up");
  const included = readFileSync(log, "utf8").split(join(top, "build", "installer.nsh")).length - 1;
  assert.equal(included, 2, "our part is in the set-up and in the uninstaller");
  return true;
}
