import type { RegistryEntry } from "../../../electron/changes/registry.ts";
import type { RegistryType } from "../../../electron/recording/recording.ts";
import type { Contents } from "../../property/changes/simulation.ts";

/** A key with everything below it as the host's RawRegistry tells it: each value's type and bytes; null when absent. */
export interface RawKey {
  readonly values: Readonly<Record<string, readonly [type: number, hex: string]>>;
  readonly keys: Readonly<Record<string, RawKey>>;
}

/** Source: https://learn.microsoft.com/en-us/windows/win32/sysinfo/registry-value-types */
const typeNumbers: Readonly<Record<RegistryType, number>> = {
  REG_NONE: 0,
  REG_SZ: 1,
  REG_EXPAND_SZ: 2,
  REG_BINARY: 3,
  REG_DWORD: 4,
  REG_DWORD_BIG_ENDIAN: 5,
  REG_LINK: 6,
  REG_MULTI_SZ: 7,
  REG_QWORD: 11,
};

function bytesOf({ type, data }: RegistryEntry): Buffer {
  const number = Buffer.alloc(type === "REG_QWORD" ? 8 : 4);
  switch (type) {
    case "REG_SZ":
    case "REG_EXPAND_SZ":
      return Buffer.from(`${data}\0`, "utf16le");
    case "REG_LINK":
      return Buffer.from(String(data), "utf16le");
    case "REG_MULTI_SZ":
      return Buffer.from(`${(data as readonly string[]).map((item) => `${item}\0`).join("")}\0`, "utf16le");
    case "REG_BINARY":
    case "REG_NONE":
      return Buffer.from(String(data), "hex");
    case "REG_DWORD":
      number.writeUInt32LE(Number(data));
      return number;
    case "REG_DWORD_BIG_ENDIAN":
      number.writeUInt32BE(Number(data));
      return number;
    case "REG_QWORD":
      number.writeBigUInt64LE(BigInt(data as string | number));
      return number;
  }
}

const inOrder = <Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> =>
  Object.fromEntries([...entries].sort(([one], [other]) => (one < other ? -1 : 1)));

/** A key of a registry in memory, with all below it, in the form and the order of the host's. */
export function rawKey(contents: Contents, path: string): RawKey | null {
  const values = contents[path];
  if (values === undefined) return null;
  const names = Object.keys(contents)
    .filter((key) => key.startsWith(`${path}\\`) && !key.slice(path.length + 1).includes("\\"))
    .map((key) => key.slice(path.length + 1));
  return {
    values: inOrder(
      Object.entries(values).map(([name, entry]) => [name, [typeNumbers[entry.type], bytesOf(entry).toString("hex")]]),
    ),
    keys: inOrder(names.map((name) => [name, rawKey(contents, `${path}\\${name}`) as RawKey])),
  };
}
