import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { top } from "./install.mjs";

/**
 * A part of the program that others wrote, and the terms it comes under.
 * @typedef {{ name: string, version: string, licence: string, text: string }} Licence
 */

/**
 * The package folders, relative to the project's, that modules of a bundle come from.
 * @param {readonly string[]} moduleIds the paths of the modules, as a bundler names them
 * @returns {string[]}
 */
export function packagesOf(moduleIds) {
  const folders = moduleIds.flatMap((id) => {
    const path = id.replace(/^\0/, "").replaceAll("\\", "/");
    const at = path.lastIndexOf("node_modules/");
    const name = at < 0 ? null : /^(?:@[^/]+\/)?[^/?]+/.exec(path.slice(at + "node_modules/".length))?.[0];
    if (!name) return [];
    // A package inside of another one keeps its whole way from the first node_modules on.
    return [`${path.slice(path.indexOf("node_modules/"), at)}node_modules/${name}`];
  });
  return [...new Set(folders)].sort();
}

/** @param {string} folder relative to the project's */
function manifestOf(folder) {
  return JSON.parse(readFileSync(join(top, folder, "package.json"), "utf8"));
}

/**
 * A package and everything it needs when it runs, as Node finds them.
 * @param {string} folder
 * @param {Set<string>} [found]
 * @returns {string[]}
 */
export function withDependencies(folder, found = new Set()) {
  if (found.has(folder)) return [];
  found.add(folder);
  for (const name of Object.keys(manifestOf(folder).dependencies ?? {})) {
    let at = folder;
    while (!existsSync(join(top, at, "node_modules", name)) && at.includes("/node_modules/")) {
      at = at.slice(0, at.lastIndexOf("/node_modules/"));
    }
    const nested = `${at}/node_modules/${name}`;
    withDependencies(existsSync(join(top, nested)) ? nested : `node_modules/${name}`, found);
  }
  return [...found];
}

/** The text of the licence that most packages name, for those that carry no file with it. */
const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** @param {unknown} person as a package.json names one */
function personOf(person) {
  if (typeof person === "string") return person;
  return typeof person === "object" && person !== null && "name" in person ? String(person.name) : null;
}

/**
 * The licence of a package: what its package.json names, with the text it carries.
 * @param {string} folder
 * @returns {Licence}
 */
export function licenceOf(folder) {
  const manifest = manifestOf(folder);
  const files = readdirSync(join(top, folder)).filter((name) => /^(licen[cs]e|copying|notice)(\.|-|$)/i.test(name));
  const texts = files.sort().map((name) => readFileSync(join(top, folder, name), "utf8").trim());
  const named = manifest.license ?? manifest.licenses?.[0];
  const told = typeof named === "string" ? named : named?.type;
  // A package may name its licence by its text alone; other words than these are for a person to read.
  const isMit = texts.some((text) => text.replace(/\s+/g, " ").includes(mit.slice(0, 120)));
  const licence = typeof told === "string" ? told : isMit ? "MIT" : null;
  if (licence === null) throw new Error(`${folder} names no licence`);
  if (texts.length === 0) {
    if (licence !== "MIT") throw new Error(`${folder} carries no text of its licence ${licence}`);
    const author =
      personOf(manifest.author) ?? personOf(manifest.maintainers?.[0]) ?? `the authors of ${manifest.name}`;
    texts.push(`The MIT License\n\nCopyright (c) ${author}\n\n${mit}`);
  }
  return {
    name: manifest.name,
    version: manifest.version,
    licence,
    text: texts.join("\n\n").replace(/\r\n?/g, "\n"),
  };
}

/**
 * What packages carry inside of them that has a licence of its own, and no file that says so.
 * @param {readonly string[]} packages
 * @returns {Licence[]}
 */
export function enclosedLicences(packages) {
  if (!packages.includes("node_modules/pdfmake")) return [];
  const terms = readFileSync(join(top, "build", "licence-texts", "OFL-1.1.txt"), "utf8").trim();
  // As the fonts themselves say, in their name table.
  const copyright = "Copyright 2011 The Roboto Project Authors (https://github.com/googlefonts/roboto-classic)";
  return [{ name: "Roboto", version: "3.014", licence: "OFL-1.1", text: `${copyright}\n\n${terms}` }];
}

/**
 * What the program runs on. Their own licence texts are too long for a page; they lie beside the programs.
 * @param {{ electron: string, node: string }} versions
 * @returns {Licence[]}
 */
export function runtimeLicences({ electron, node }) {
  return [
    {
      name: "Electron",
      version: electron,
      licence: "MIT",
      text: "The window runs on Electron, which includes Chromium and Node.js. Electron's licence is in LICENSE.electron.txt and those of Chromium and everything it includes in LICENSES.chromium.html, in the folder of the program.",
    },
    {
      name: "Node.js",
      version: node,
      licence: "MIT",
      text: "The command line mim-mail.exe is Node.js with this program's code inside. The licences of Node.js and everything it includes are in LICENSE.node.txt, beside it.",
    },
  ];
}

/**
 * The licences as one text, for the folder of the program.
 * @param {readonly Licence[]} licences
 * @returns {string}
 */
export function thirdPartyText(licences) {
  const line = "=".repeat(78);
  const parts = licences.map(
    ({ name, version, licence, text }) => `${line}\n${name} ${version}: ${licence}\n${line}\n\n${text}\n`,
  );
  return `MIM Mail Assistant includes the work of others, under these terms.\n\n${parts.join("\n")}`;
}
