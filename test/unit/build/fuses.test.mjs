import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { fusesIn } from "../../../build/read-fuses.mjs";

/** @type {string} */
let folder;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fuses-"));
  return () => rmSync(folder, { recursive: true });
});

/** The fuses of a program that holds these bytes. */
const fusesOf = (/** @type {Buffer} */ bytes) => {
  const path = join(folder, "program.exe");
  writeFileSync(path, bytes);
  return fusesIn(path);
};

const program = (/** @type {string} */ digits, version = 1) =>
  Buffer.concat([
    Buffer.from("MZ and more, dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX"),
    Buffer.from([version, digits.length]),
    Buffer.from(`${digits} and more`),
  ]);

describe("the fuses", () => {
  test("are read out of a program, in Electron's order", async () => {
    expect(await fusesOf(program("01001100"))).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(await fusesOf(program("110011001"))).toMatchObject({ runAsNode: true });
  });

  test.each([
    ["no program of Electron's", Buffer.from("MZ")],
    ["another version of the list", program("01001100", 2)],
    ["a shorter list", program("0100")],
    ["a fuse that was taken out", program("0r001100")],
  ])("are not made up for %s", async (_what, bytes) => {
    await expect(fusesOf(bytes)).rejects.toThrow();
  });
});
