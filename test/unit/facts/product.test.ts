import { describe, expect, test } from "vitest";
import { changeCommand, packedProductCode, productCodeIn } from "../../../electron/facts/product.ts";

describe("packedProductCode", () => {
  test("is Windows Installer's own packing", () => {
    expect(packedProductCode("{90160000-008C-0409-1000-0000000FF1CE}")).toBe("00006109C80090400100000000F01FEC");
    expect(packedProductCode("{0B6E4C5A-1D2F-4A3B-8C4D-5E6F708192A3}")).toBe("A5C4E6B0F2D1B3A4C8D4E5F60718293A");
  });
});

describe("productCodeIn", () => {
  test.each([
    ["MsiExec.exe /I{0b6e4c5a-1d2f-4a3b-8c4d-5e6f708192a3}", "{0B6E4C5A-1D2F-4A3B-8C4D-5E6F708192A3}"],
    ["MsiExec.exe /X{0B6E4C5A-1D2F-4A3B-8C4D-5E6F708192A3}", "{0B6E4C5A-1D2F-4A3B-8C4D-5E6F708192A3}"],
    ["C:\\Setup\\uninstall.exe", null],
    ["{0B6E4C5A1D2F4A3B8C4D5E6F708192A3----}", null],
    ["{0B6E4C5A-1D2F-4A3B-8C4D-5E6F708192A3", null],
  ])("%s", (text, code) => expect(productCodeIn(text)).toBe(code));
});

describe("changeCommand", () => {
  test("repairs or changes, never removes", () => {
    expect(changeCommand("{0B6E4C5A-1D2F-4A3B-8C4D-5E6F708192A3}", "C:\\a b\\c.log")).toBe(
      'msiexec.exe /I{0B6E4C5A-1D2F-4A3B-8C4D-5E6F708192A3} /lvxi*! "C:\\a b\\c.log"',
    );
  });
});
