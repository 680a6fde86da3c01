import { describe, expect, test } from "vitest";
import { readRegExport } from "../../../electron/server/live/reg-export.ts";

const header = "Windows Registry Editor Version 5.00\r\n\r\n";
const file = (text: string): Uint8Array => Buffer.from(`\uFEFF${header}${text}`, "utf16le");
const valuesOf = (lines: string) => readRegExport(file(`[HKEY_LOCAL_MACHINE\\SOFTWARE\\X]\r\n${lines}\r\n`))[0]?.values;

describe("an export of reg.exe", () => {
  test("gives every key with its own values, hives by their short names", () => {
    const text = `[HKEY_LOCAL_MACHINE\\SOFTWARE\\X]\r\n"a"=dword:00000001\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\X\\[Y] ☃]\r\n\r\n[HKEY_USERS\\S-1-5-18]\r\n@="z"\r\n`;
    expect(readRegExport(file(text))).toEqual([
      { path: "HKLM\\SOFTWARE\\X", values: { a: { type: "REG_DWORD", data: 1 } } },
      { path: "HKLM\\SOFTWARE\\X\\[Y] ☃", values: {} },
      { path: "HKU\\S-1-5-18", values: { "": { type: "REG_SZ", data: "z" } } },
    ]);
  });

  test("reads a text that runs over several lines, as Windows writes it, and one with escapes, as Wine does", () => {
    expect(valuesOf('"one"="a\r\n[not a key]\r\n\\"b\\""\r\n"two"="a\\r\\nb"\r\n"three"=dword:00000002')).toEqual({
      one: { type: "REG_SZ", data: 'a\r\n[not a key]\r\n"b"' },
      two: { type: "REG_SZ", data: "a\r\nb" },
      three: { type: "REG_DWORD", data: 2 },
    });
  });

  test("keeps backslashes: a path is no escape", () => {
    expect(valuesOf('"path"="C:\\\\new\\\\route\\\\"\r\n"a\\\\b"="\\\\\\\\server\\\\share"')).toEqual({
      path: { type: "REG_SZ", data: "C:\\new\\route\\" },
      "a\\b": { type: "REG_SZ", data: "\\\\server\\share" },
    });
  });

  test("goes on in the next line after a backslash, with whatever blanks", () => {
    expect(valuesOf('"bytes"=hex:00,01,\\\r\n  02,03,\\\r\n\t04')).toEqual({
      bytes: { type: "REG_BINARY", data: "0001020304" },
    });
  });

  test.each([
    ["hex(0):01,02", { type: "REG_NONE", data: "0102" }],
    ["hex(1):61,00,00,00", { type: "REG_SZ", data: "a" }],
    ["hex(2):25,00,61,00,25,00,00,00", { type: "REG_EXPAND_SZ", data: "%a%" }],
    ["hex:", { type: "REG_BINARY", data: "" }],
    ["hex(4):01,00,00,00", { type: "REG_DWORD", data: 1 }],
    ["hex(5):00,00,01,02", { type: "REG_DWORD_BIG_ENDIAN", data: 258 }],
    ["hex(7):61,00,00,00,62,00,00,00,00,00", { type: "REG_MULTI_SZ", data: ["a", "b"] }],
    ["hex(7):00,00", { type: "REG_MULTI_SZ", data: [] }],
    ["hex(7):", { type: "REG_MULTI_SZ", data: [] }],
    ["hex(b):ff,ff,ff,ff,ff,ff,1f,00", { type: "REG_QWORD", data: Number.MAX_SAFE_INTEGER }],
    ["hex(b):00,00,00,00,00,00,20,00", { type: "REG_QWORD", data: "9007199254740992" }],
    ["dword:FFFFFFFF", { type: "REG_DWORD", data: 4_294_967_295 }],
  ])("reads %s", (written, value) => {
    expect(valuesOf(`"x"=${written}`)).toEqual({ x: value });
  });

  test.each([
    ["hex(4):01,02", "REG_DWORD"],
    ["hex(b):01", "REG_QWORD"],
    ["hex(8):01,02", "REG_RESOURCE_LIST"],
    ["hex(ffff0012):01", "REG_0xffff0012"],
  ])("says of %s only that it is there", (written, type) => {
    expect(valuesOf(`"x"=${written}`)).toEqual({ x: { type, redacted: true, looksEncrypted: false } });
  });

  test("takes a value named like a part of an object for a value", () => {
    expect(Object.entries(valuesOf('"__proto__"=dword:00000001') ?? {})).toEqual([
      ["__proto__", { type: "REG_DWORD", data: 1 }],
    ]);
  });

  test.each([
    ["text of another encoding", Buffer.from(header)],
    ["another form", Buffer.from("\uFEFFREGEDIT4\r\n", "utf16le")],
    ["nothing", Buffer.alloc(0)],
    ["an end in the middle of a text", file('[HKEY_LOCAL_MACHINE\\X]\r\n"a"="b')],
    ["an end in the middle of a number", file('[HKEY_LOCAL_MACHINE\\X]\r\n"a"=dword:0000')],
  ])("refuses %s", (_what, bytes) => {
    expect(() => readRegExport(bytes)).toThrow();
  });

  test("reads a tree of 40,000 keys, far more than a server has programs, within seconds", () => {
    const section = (_: unknown, index: number): string =>
      `[HKEY_LOCAL_MACHINE\\X\\${index}]\r\n"a"="b"\r\n"c"=hex:00,\\\r\n  01\r\n`;
    const bytes = file(Array.from({ length: 40_000 }, section).join("\r\n"));
    const started = performance.now();
    expect(readRegExport(bytes)).toHaveLength(40_000);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
