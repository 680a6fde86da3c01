import type { RegistryValue } from "../../recording/recording.ts";

/** One key of an export: its path as the file writes it, and its own values. The default value's name is "". */
export interface ExportedKey {
  readonly path: string;
  readonly values: Readonly<Record<string, RegistryValue>>;
}

const hives: Readonly<Record<string, string>> = { HKEY_LOCAL_MACHINE: "HKLM", HKEY_USERS: "HKU" };

/** Types that hold text or numbers have their own cases below; of these only that they are there can be recorded. */
const otherTypes: Readonly<Record<number, string>> = {
  8: "REG_RESOURCE_LIST",
  9: "REG_FULL_RESOURCE_DESCRIPTOR",
  10: "REG_RESOURCE_REQUIREMENTS_LIST",
};

/**
 * The keys of a file written by `reg export`: UTF-16LE with a byte-order mark, keys in the file's order.
 * A text may run over several lines; Wine writes line ends in it as \r and \n, Windows as they are.
 * Throws when the file is none of that form or ends in the middle.
 * Source: https://support.microsoft.com/kb/310516
 */
export function readRegExport(bytes: Uint8Array): ExportedKey[] {
  const text = new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] !== 0xff || bytes[1] !== 0xfe || !text.startsWith("Windows Registry Editor Version 5.00")) {
    throw new Error("it is not in the form reg.exe writes");
  }
  const keys: ExportedKey[] = [];
  let values: Record<string, RegistryValue> = {};
  let at = endOfLine(text, 0);
  while (at < text.length) {
    const first = text[at];
    if (first === "[") {
      const end = endOfLine(text, at);
      values = Object.create(null) as Record<string, RegistryValue>;
      keys.push({
        path: shortHive(
          text
            .slice(at + 1, end)
            .trimEnd()
            .replace(/\]$/, ""),
        ),
        values,
      });
      at = end;
    } else if (first === "@" || first === '"') {
      const name = first === "@" ? { text: "", end: at + 1 } : quotedAt(text, at);
      if (text[name.end] !== "=") throw new Error("a value without data");
      const value = valueAt(text, name.end + 1);
      values[name.text] = value.value;
      at = value.end;
    } else {
      at = endOfLine(text, at);
    }
  }
  return keys;
}

function shortHive(path: string): string {
  const end = path.indexOf("\\");
  const hive = end === -1 ? path : path.slice(0, end);
  return `${hives[hive] ?? hive}${end === -1 ? "" : path.slice(end)}`;
}

/** The place after the line that goes on at a place. */
function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end + 1;
}

const escapes: Readonly<Record<string, string>> = { "\\n": "\n", "\\r": "\r", "\\0": "\0" };

function quotedAt(text: string, at: number): { readonly text: string; readonly end: number } {
  const pattern = /"([^"\\]*(?:\\[\s\S][^"\\]*)*)"/y;
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (found === null) throw new Error("a text without its end");
  const plain = (found[1] ?? "").replace(/\\([\s\S])/g, (whole, escaped: string) => escapes[whole] ?? escaped);
  return { text: plain, end: pattern.lastIndex };
}

function valueAt(text: string, at: number): { readonly value: RegistryValue; readonly end: number } {
  if (text[at] === '"') {
    const { text: data, end } = quotedAt(text, at);
    return { value: { type: "REG_SZ", data }, end: endOfLine(text, end) };
  }
  // Bytes go on in the next line after a backslash.
  let end = endOfLine(text, at);
  while (/\\\s*$/.test(text.slice(Math.max(at, end - 4), end)) && end < text.length) end = endOfLine(text, end);
  const written = text.slice(at, end).replace(/[\\\s]/g, "");
  const number = /^dword:([0-9a-f]{8})$/i.exec(written)?.[1];
  if (number !== undefined) return { value: { type: "REG_DWORD", data: Number.parseInt(number, 16) }, end };
  const hex = /^hex(?:\(([0-9a-f]+)\))?:((?:[0-9a-f]{2}(?:,|$))*)$/i.exec(written);
  if (hex === null) throw new Error("a value that is neither text nor bytes");
  const type = hex[1] === undefined ? 3 : Number.parseInt(hex[1], 16);
  return { value: valueFrom(type, Buffer.from((hex[2] ?? "").replaceAll(",", ""), "hex")), end };
}

/** A value from its type and bytes. What its type cannot hold is recorded as being there, and no more. */
function valueFrom(type: number, bytes: Buffer): RegistryValue {
  switch (type) {
    case 0:
      return { type: "REG_NONE", data: bytes.toString("hex") };
    case 1:
      return { type: "REG_SZ", data: textOf(bytes) };
    case 2:
      return { type: "REG_EXPAND_SZ", data: textOf(bytes) };
    case 3:
      return { type: "REG_BINARY", data: bytes.toString("hex") };
    case 4:
      return bytes.length === 4 ? { type: "REG_DWORD", data: bytes.readUInt32LE() } : hidden("REG_DWORD");
    case 5:
      return bytes.length === 4
        ? { type: "REG_DWORD_BIG_ENDIAN", data: bytes.readUInt32BE() }
        : hidden("REG_DWORD_BIG_ENDIAN");
    case 6:
      return { type: "REG_LINK", data: bytes.toString("utf16le") };
    case 7:
      return { type: "REG_MULTI_SZ", data: itemsOf(bytes) };
    case 11: {
      if (bytes.length !== 8) return hidden("REG_QWORD");
      const number = bytes.readBigUInt64LE();
      return { type: "REG_QWORD", data: number <= Number.MAX_SAFE_INTEGER ? Number(number) : String(number) };
    }
    default:
      return hidden(otherTypes[type] ?? `REG_0x${type.toString(16)}`);
  }
}

function hidden(type: string): RegistryValue {
  return { type, redacted: true, looksEncrypted: false };
}

function textOf(bytes: Buffer): string {
  return bytes.toString("utf16le").replace(/\0$/, "");
}

function itemsOf(bytes: Buffer): string[] {
  const text = bytes.toString("utf16le").replace(/\0$/, "");
  return text === "" ? [] : text.replace(/\0$/, "").split("\0");
}
