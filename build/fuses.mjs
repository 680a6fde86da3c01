import { strict as assert } from "node:assert";

/**
 * The fuses of Electron's first list, in the order they have in the program.
 *
 * Source: https://www.electronjs.org/docs/latest/tutorial/fuses
 */
const names = [
  "runAsNode",
  "enableCookieEncryption",
  "enableNodeOptionsEnvironmentVariable",
  "enableNodeCliInspectArguments",
  "enableEmbeddedAsarIntegrityValidation",
  "onlyLoadAppFromAsar",
  "loadBrowserProcessSpecificV8Snapshot",
  "grantFileProtocolExtraPrivileges",
];

/** Stands before the fuses in every program of Electron. */
const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";

/**
 * Reads the fuses of a program: a byte with the version of the list, one with its length, then a digit for each.
 * @param {Buffer} program
 * @returns {Record<string, boolean>}
 */
export function fusesIn(program) {
  const at = program.indexOf(sentinel);
  assert.ok(at >= 0, "this is no program of Electron");
  const list = at + sentinel.length;
  assert.equal(program[list], 1, "the fuses are of another version");
  const count = Number(program[list + 1]);
  assert.ok(count >= names.length, `there are ${count} fuses, fewer than are known`);
  return Object.fromEntries(
    names.map((name, index) => {
      const digit = String.fromCharCode(Number(program[list + 2 + index]));
      assert.match(digit, /[01]/, `the fuse ${name} is gone`);
      return [name, digit === "1"];
    }),
  );
}
