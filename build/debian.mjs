import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/**
 * Programs the tests need, on systems other than Windows.
 * @typedef {{ paths: readonly string[], packages: readonly string[], use: string }} Programs
 */

/** Wine, wixl, which builds an installer package, and NSIS, which builds a set-up. @type {Programs} */
const wine = {
  paths: ["/usr/bin/wine", "/usr/bin/wixl", "/usr/bin/makensis"],
  packages: ["wine64", "wine", "wixl", "nsis"],
  use: "Wine, wixl and NSIS for the tests of Windows' own programs",
};

/** What the tests read PDFs with. @type {Programs} */
const poppler = {
  paths: ["/usr/bin/pdftotext", "/usr/bin/pdftohtml", "/usr/bin/pdfinfo"],
  packages: ["poppler-utils"],
  use: "poppler's programs for the tests of the PDF report",
};

/** A real relay, which a test starts for itself and in folders of its own. @type {Programs} */
const postfix = {
  paths: ["/usr/sbin/postfix"],
  packages: ["postfix"],
  use: "Postfix for the test of the relay check",
};

const isRoot = () => process.getuid?.() === 0;

/**
 * Installs packages on Debian as root, without what they recommend; elsewhere nothing happens.
 * @param {string} use what for, in the words of a person
 * @param {readonly (readonly string[])[]} choices the first one that can be installed is taken
 */
export function installOnDebian(use, choices) {
  if (!existsSync("/etc/debian_version") || !isRoot()) return;
  process.stderr.write(`Installing ${use}…\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (/** @type {string[]} */ ...argv) => spawnSync("apt-get", argv, { stdio: ["ignore", 2, 2], env });
  apt("update", "-qq");
  choices.find((names) => apt("install", "-y", "-qq", "--no-install-recommends", ...names).status === 0);
}

/** True once they are there; on Windows none of them is needed. @param {Programs} programs */
function ensure({ paths, packages, use }) {
  const areThere = () => process.platform === "win32" || paths.every((path) => existsSync(path));
  if (!areThere()) installOnDebian(use, [packages]);
  return areThere();
}

export const ensureWine = () => ensure(wine);
export const ensurePoppler = () => ensure(poppler);
/** Its parts run as users of their own, which root alone can start. */
export const ensurePostfix = () => process.platform === "win32" || (isRoot() && ensure(postfix));
