import { describe, expect, test } from "vitest";
import { fusesIn } from "../../../build/fuses.mjs";

const program = (/** @type {string} */ digits, version = 1) =>
  Buffer.concat([
    Buffer.from("MZ and more, dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX"),
    Buffer.from([version, digits.length]),
    Buffer.from(`${digits} and more`),
  ]);

describe("the fuses", () => {
  test("are read out of a program, in Electron's order", () => {
    expect(fusesIn(program("01001100"))).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(fusesIn(program("110011001"))).toMatchObject({ runAsNode: true });
  });

  test.each([
    ["no program of Electron's", Buffer.from("MZ")],
    ["another version of the list", program("01001100", 2)],
    ["a shorter list", program("0100")],
    ["a fuse that was taken out", program("0r001100")],
  ])("are not made up for %s", (_what, bytes) => {
    expect(() => fusesIn(bytes)).toThrow();
  });
});
