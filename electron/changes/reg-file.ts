import type { PlacedValue } from "./registry.ts";
import type { StoredValue } from "./stored-value.ts";

const hives: Readonly<Record<string, string>> = { HKLM: "HKEY_LOCAL_MACHINE", HKU: "HKEY_USERS" };

const bytes = (data: Uint8Array): string => [...data].map((byte) => byte.toString(16).padStart(2, "0")).join(",");
const wide = (text: string): Uint8Array => Buffer.from(`${text}\0`, "utf16le");

/** A value in the syntax of .reg files. Source: https://support.microsoft.com/kb/310516 */
function regValue(value: StoredValue): string {
  if (value === "absent") return "-";
  const { type, data } = value;
  switch (type) {
    case "REG_SZ": {
      const text = String(data);
      return /[\r\n\0]/.test(text) ? `hex(1):${bytes(wide(text))}` : `"${text.replace(/[\\"]/g, "\\$&")}"`;
    }
    case "REG_DWORD":
      return `dword:${Number(data).toString(16).padStart(8, "0")}`;
    case "REG_EXPAND_SZ":
      return `hex(2):${bytes(wide(String(data)))}`;
    case "REG_MULTI_SZ":
      return `hex(7):${bytes(wide((data as readonly string[]).map((item) => `${item}\0`).join("")))}`;
    case "REG_QWORD": {
      const buffer = Buffer.alloc(8);
      buffer.writeBigUInt64LE(BigInt(data as string | number));
      return `hex(b):${bytes(buffer)}`;
    }
    case "REG_BINARY":
      return `hex:${bytes(Buffer.from(String(data), "hex"))}`;
    case "REG_NONE":
      return `hex(0):${bytes(Buffer.from(String(data), "hex"))}`;
    case "REG_DWORD_BIG_ENDIAN": {
      const buffer = Buffer.alloc(4);
      buffer.writeUInt32BE(Number(data));
      return `hex(5):${bytes(buffer)}`;
    }
    case "REG_LINK":
      return `hex(6):${bytes(Buffer.from(String(data), "utf16le"))}`;
  }
}

/**
 * A .reg file that puts each value where it shall stand, for reg.exe and regedit.exe. Keys are created where they are
 * missing and never removed: a .reg file would remove them with all they hold. To be saved by {@link encodeRegFile}.
 */
export function regFile(lines: readonly PlacedValue[]): string {
  const byKey = new Map<string, string[]>();
  for (const { key, name, to } of lines) {
    const entries = byKey.get(key) ?? [];
    // The default value has no name of its own.
    const named = name === "" ? "@" : `"${name.replace(/[\\"]/g, "\\$&")}"`;
    entries.push(`${named}=${regValue(to)}`);
    byKey.set(key, entries);
  }
  const sections = [...byKey].map(([key, entries]) => {
    const [hive = "", ...path] = key.split("\\");
    return `[${[hives[hive] ?? hive, ...path].join("\\")}]\r\n${entries.join("\r\n")}\r\n`;
  });
  return `Windows Registry Editor Version 5.00\r\n\r\n${sections.join("\r\n")}`;
}

/** The bytes of a .reg file as Windows writes it: UTF-16LE with a byte-order mark. */
export function encodeRegFile(text: string): Uint8Array {
  return Buffer.from(`\uFEFF${text}`, "utf16le");
}
