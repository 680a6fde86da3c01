import { describe, expect, test } from "vitest";
import { bytesOf } from "../../../renderer/store/file-bytes.ts";

describe("the bytes of an offered file", () => {
  test("are UTF-8 without a mark where none is asked for", () => {
    expect([...bytesOf({ text: "é", encoding: "utf8" })]).toEqual([0xc3, 0xa9]);
  });

  test("begin with the mark by which Windows PowerShell 5.1 knows UTF-8", () => {
    expect([...bytesOf({ text: "é", encoding: "utf8Bom" })]).toEqual([0xef, 0xbb, 0xbf, 0xc3, 0xa9]);
  });

  test("are UTF-16, low byte first and marked, for a registry file, also beyond the first plane", () => {
    const text = "A“\u{1f600}\r\n";
    const bytes = bytesOf({ text, encoding: "utf16leBom" });
    expect([...bytes.subarray(0, 6)]).toEqual([0xff, 0xfe, 0x41, 0x00, 0x1c, 0x20]);
    expect(new TextDecoder("utf-16le").decode(bytes)).toBe(text);
  });
});
