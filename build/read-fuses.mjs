// `node build/read-fuses.mjs <program.exe>`: reads the fuses back out of a packed program and holds them against
// build/electron-builder.yml. After signing, on Windows: what changes a program last counts.
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FuseV1Options, FuseVersion, getCurrentFuseWire } from "@electron/fuses";
import { parse } from "yaml";
import { top } from "./install.mjs";

/**
 * The fuses of a program, by the names electron-builder has for them.
 * @param {string} path
 * @returns {Promise<Record<string, boolean>>}
 */
export async function fusesIn(path) {
  const wire = await getCurrentFuseWire(path);
  assert.equal(wire.version, FuseVersion.V1, "the fuses are of another version");
  const names = Object.values(FuseV1Options).filter((name) => typeof name === "string");
  return Object.fromEntries(
    names.map((name) => {
      const digit = String.fromCharCode(Number(wire[FuseV1Options[name]]));
      assert.match(digit, /^[01]$/, `the fuse ${name} is gone`);
      return [name.replace(/^./, (first) => first.toLowerCase()), digit === "1"];
    }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [program] = process.argv.slice(2);
  if (program === undefined) {
    process.stderr.write("read-fuses: usage: node build/read-fuses.mjs <program.exe>\n");
    process.exit(2);
  }
  const { electronFuses } = parse(readFileSync(join(top, "build", "electron-builder.yml"), "utf8"));
  const found = await fusesIn(program);
  for (const [name, wanted] of Object.entries(electronFuses)) {
    process.stdout.write(`${name}: ${found[name]}\n`);
    assert.equal(found[name], wanted, `the fuse ${name} is not as it should be`);
  }
}
