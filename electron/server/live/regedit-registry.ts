import type { RegistryReader, SubKeys } from "../../changes/registry.ts";
import type { RegistryKey, RegistryValue } from "../../recording/recording.ts";

/** One key as the package `regedit` gives it. */
export interface RegeditItem {
  readonly exists: boolean;
  readonly keys: readonly string[];
  readonly values: Readonly<Record<string, { readonly type: string; readonly value: unknown }>>;
}

/** `regedit`'s promisified `list`, without the choice of an architecture. */
export type RegeditList = (keys: readonly string[]) => Promise<Readonly<Record<string, RegeditItem>>>;

/** Keys travel on a command line, which Windows ends at 32,767 characters. */
const commandLineLimit = 20_000;

/**
 * Reads the registry through `regedit`, that is through Windows Script Host and WMI: one process for many keys.
 * Uses plain `list` in a 64-bit process and never the `arch.list*` variants: those swallow WMI's errors and call a
 * missing key existing. `exists: false` itself means only that the key did not open, so the keys above it are asked
 * too: a key its parent lists is closed to us, one its parent does not list is absent.
 * `regedit` expands REG_EXPAND_SZ, and one value it cannot write as JSON spoils its whole answer; the batch is then
 * halved until that key stands alone and counts as unreadable.
 */
export function createRegeditRegistry(list: RegeditList): RegistryReader {
  const items = async (keys: readonly string[]): Promise<ReadonlyMap<string, RegeditItem | Failure>> => {
    const found = new Map<string, RegeditItem | Failure>();
    for (const batch of batches(keys)) {
      for (const [key, item] of await listHalving(list, batch)) found.set(key, item);
    }
    const missing = keys.filter((key) => {
      const item = found.get(key);
      return item !== undefined && "exists" in item && !item.exists;
    });
    const above = [...new Set(missing.flatMap(keysAbove))].filter((key) => !found.has(key));
    for (const batch of batches(above)) {
      for (const [key, item] of await listHalving(list, batch)) found.set(key, item);
    }
    return found;
  };

  const stateOf = (
    key: string,
    found: ReadonlyMap<string, RegeditItem | Failure>,
  ): { state: "present"; item: RegeditItem } | { state: "absent" } | { state: "unreadable"; reason: string } => {
    const item = found.get(key);
    if (item === undefined) return { state: "unreadable", reason: "the registry gave no answer" };
    if (!("exists" in item)) return { state: "unreadable", reason: item.reason };
    return item.exists ? { state: "present", item } : missingState(key, found);
  };

  return {
    async readKeys(keys) {
      const found = await items(keys);
      return new Map(
        keys.map((key): [string, RegistryKey] => {
          const state = stateOf(key, found);
          return [key, state.state === "present" ? { state: "present", values: valuesOf(state.item) } : state];
        }),
      );
    },
    async listSubKeys(keys) {
      const found = await items(keys);
      return new Map(
        keys.map((key): [string, SubKeys] => {
          const state = stateOf(key, found);
          return [key, state.state === "present" ? { state: "present", names: state.item.keys } : state];
        }),
      );
    },
  };
}

/** Why a key could not be read. */
interface Failure {
  readonly reason: string;
}

async function listHalving(
  list: RegeditList,
  keys: readonly string[],
): Promise<readonly (readonly [string, RegeditItem | Failure])[]> {
  try {
    const answer = await list([...keys]);
    return keys.map((key) => [key, answer[key] ?? { reason: "regedit gave no answer for this key" }]);
  } catch (error) {
    if (isWithoutScriptHost(error)) throw error;
    if (keys.length === 1) {
      const reason = `regedit cannot read it: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`;
      return keys.map((key) => [key, { reason }]);
    }
    const middle = Math.ceil(keys.length / 2);
    return [...(await listHalving(list, keys.slice(0, middle))), ...(await listHalving(list, keys.slice(middle)))];
  }
}

/** True when no key can be read at all: Windows Script Host is missing or blocked. */
function isWithoutScriptHost(error: unknown): boolean {
  return error instanceof Error && (/cscript not found/i.test(error.message) || "path" in error);
}

function missingState(
  key: string,
  found: ReadonlyMap<string, RegeditItem | Failure>,
): { state: "absent" } | { state: "unreadable"; reason: string } {
  const path = [...keysAbove(key), key];
  for (let depth = path.length - 2; depth >= 0; depth--) {
    const above = found.get(path[depth] ?? "");
    if (above === undefined || !("exists" in above) || !above.exists) continue;
    const name = (path[depth + 1] ?? "").split("\\").at(-1)?.toLowerCase();
    return above.keys.some((child) => child.toLowerCase() === name)
      ? { state: "unreadable", reason: "access denied" }
      : { state: "absent" };
  }
  return { state: "unreadable", reason: "none of the keys above it could be read" };
}

/** The keys above a key, the hive first: `HKLM`, `HKLM\SOFTWARE`, … */
function keysAbove(key: string): string[] {
  const parts = key.split("\\");
  return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join("\\"));
}

function* batches(keys: readonly string[]): Generator<readonly string[]> {
  let batch: string[] = [];
  let length = 0;
  for (const key of keys) {
    if (length + key.length > commandLineLimit) {
      yield batch;
      batch = [];
      length = 0;
    }
    batch.push(key);
    length += key.length + 3;
  }
  if (batch.length > 0) yield batch;
}

function valuesOf(item: RegeditItem): Record<string, RegistryValue> {
  return Object.fromEntries(
    Object.entries(item.values).map(([name, value]) => [name, registryValue(value.type, value.value)]),
  );
}

function registryValue(type: string, value: unknown): RegistryValue {
  switch (type) {
    case "REG_SZ":
    case "REG_EXPAND_SZ":
      if (typeof value === "string") return { type, data: value };
      break;
    case "REG_DWORD":
      if (typeof value === "number") return { type, data: value };
      break;
    case "REG_QWORD":
      if (Number.isSafeInteger(value)) return { type, data: value as number };
      break;
    case "REG_MULTI_SZ":
      if (Array.isArray(value)) return { type, data: value.map(String) };
      break;
    case "REG_BINARY":
      if (Array.isArray(value)) return { type, data: Buffer.from(value as number[]).toString("hex") };
      break;
  }
  // regedit does not give the data of REG_NONE, nor all digits of a large REG_QWORD: that it is there is all we know.
  return { type, redacted: true, looksEncrypted: false };
}
