import { describe, expect, test } from "vitest";
import { encodeRegFile, regFile } from "../../../electron/changes/reg-file.ts";

describe("regFile", () => {
  test("writes every type as regedit.exe does", () => {
    const key = "HKLM\\SOFTWARE\\Contoso";
    const text = regFile([
      { key, name: "Number", to: { type: "REG_DWORD", data: 4_294_967_295 } },
      { key, name: 'Te"xt', to: { type: "REG_SZ", data: 'C:\\a "b"' } },
      { key, name: "Lines", to: { type: "REG_SZ", data: "a\nb" } },
      { key, name: "Expand", to: { type: "REG_EXPAND_SZ", data: "%a%" } },
      { key, name: "Many", to: { type: "REG_MULTI_SZ", data: ["a", "b"] } },
      { key, name: "Big", to: { type: "REG_QWORD", data: "18446744073709551615" } },
      { key, name: "Bytes", to: { type: "REG_BINARY", data: "00ff" } },
      { key, name: "Gone", to: "absent" },
      { key: "HKU\\S-1-5-18", name: "Other", to: { type: "REG_DWORD", data: 1 } },
    ]);
    expect(text.split("\r\n")).toEqual([
      "Windows Registry Editor Version 5.00",
      "",
      "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso]",
      '"Number"=dword:ffffffff',
      '"Te\\"xt"="C:\\\\a \\"b\\""',
      '"Lines"=hex(1):61,00,0a,00,62,00,00,00',
      '"Expand"=hex(2):25,00,61,00,25,00,00,00',
      '"Many"=hex(7):61,00,00,00,62,00,00,00,00,00',
      '"Big"=hex(b):ff,ff,ff,ff,ff,ff,ff,ff',
      '"Bytes"=hex:00,ff',
      '"Gone"=-',
      "",
      "[HKEY_USERS\\S-1-5-18]",
      '"Other"=dword:00000001',
      "",
    ]);
  });

  test("is UTF-16LE with a byte-order mark", () => {
    expect([...encodeRegFile("W").values()]).toEqual([0xff, 0xfe, 0x57, 0x00]);
  });

  test("never removes a key with all it holds", () => {
    expect(regFile([{ key: "HKLM\\SOFTWARE\\A", name: "b", to: "absent" }])).not.toContain("[-");
  });
});
