// `node build/read-fuses.mjs <program.exe>`: reads the fuses back out of a packed program and holds them against
// build/electron-builder.yml. After signing, on Windows: what changes a program last counts.
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { fusesIn } from "./fuses.mjs";
import { top } from "./install.mjs";

const [program] = process.argv.slice(2);
if (program === undefined) {
  process.stderr.write("read-fuses: usage: node build/read-fuses.mjs <program.exe>\n");
  process.exit(2);
}
const { electronFuses } = parse(readFileSync(join(top, "build", "electron-builder.yml"), "utf8"));
const found = fusesIn(readFileSync(program));
for (const [name, wanted] of Object.entries(electronFuses)) {
  process.stdout.write(`${name}: ${found[name]}\n`);
  assert.equal(found[name], wanted, `the fuse ${name} is not as it should be`);
}
