import type { Registry, RegistryEntry, RegistryReader, SubKeys } from "../../changes/registry.ts";
import type { RegistryKey, RegistryValue } from "../../recording/recording.ts";
import type { Regedit, RegeditItem, RegeditValue } from "./regedit-package.ts";
import { ToolFailure } from "./windows-tool.ts";

export interface RegeditRegistryOptions {
  /** Asked for whatever regedit cannot give. Without it such keys are unreadable, with the reason. */
  readonly exact?: RegistryReader;
  /**
   * Also asks `exact` for keys with a value regedit gives in another form than it has: for whoever will put it back.
   * A look does without: an expanded path tells it as much.
   */
  readonly exactly?: boolean;
}

/** Keys travel on a command line, which Windows ends at 32,767 characters. */
const commandLineLimit = 20_000;

/**
 * Reads the registry through `regedit`, that is through Windows Script Host and WMI: one process for many keys.
 * Uses plain `list` in a 64-bit process and never the `arch.list*` variants: those swallow WMI's errors and call a
 * missing key existing. `exists: false` itself means only that the key did not open, so the keys above it are asked
 * too: a key its parent lists is closed to us, one its parent does not list is absent.
 * One value `regedit` cannot write as JSON spoils its whole answer: the batch is then read exactly, or, where nothing
 * does that, halved until that key stands alone and counts as unreadable.
 */
export function createRegeditReader(list: Regedit["list"], options: RegeditRegistryOptions = {}): RegistryReader {
  const { exact = null, exactly = false } = options;

  const items = async (keys: readonly string[]): Promise<ReadonlyMap<string, RegeditItem | Failure>> => {
    const found = new Map<string, RegeditItem | Failure>();
    const ask = async (asked: readonly string[]): Promise<void> => {
      for (const batch of batches(asked)) {
        for (const [key, item] of await listBatch(list, batch, exact === null)) found.set(key, item);
      }
    };
    await ask(keys);
    const missing = keys.filter((key) => {
      const item = found.get(key);
      return item !== undefined && "exists" in item && !item.exists;
    });
    await ask([...new Set(missing.flatMap(keysAbove))].filter((key) => !found.has(key)));
    return found;
  };

  /** Each key's answer from regedit; from the exact reader where regedit has none. */
  const answersFor = async <Answer>(
    keys: readonly string[],
    answer: (state: State) => Answer | null,
    askExact: (keys: readonly string[]) => Promise<ReadonlyMap<string, Answer>>,
  ): Promise<ReadonlyMap<string, Answer | State>> => {
    const found = await items(keys);
    const states = new Map(keys.map((key) => [key, stateOf(key, found)]));
    const answers = new Map<string, Answer | State>();
    const doubtful: string[] = [];
    for (const [key, state] of states) {
      const given = answer(state);
      answers.set(key, given ?? state);
      if (given === null) doubtful.push(key);
    }
    if (exact !== null && doubtful.length > 0) {
      for (const [key, given] of await askExact(doubtful)) answers.set(key, given);
    }
    return answers;
  };

  return {
    async readKeys(keys) {
      const answers = await answersFor<RegistryKey>(
        keys,
        (state) => {
          if (state.state === "absent") return state;
          // A closed key stays closed whoever asks; a Failure is asked for again.
          if (state.state === "unreadable") return state.final ? { state: "unreadable", reason: state.reason } : null;
          const whole = !exactly || Object.values(state.item.values).every(isExact);
          return whole ? { state: "present", values: valuesOf(state.item) } : null;
        },
        async (doubtful) => (await exact?.readKeys(doubtful)) ?? new Map(),
      );
      return new Map(
        [...answers].map(([key, given]): [string, RegistryKey] => {
          if (given.state === "unreadable") return [key, { state: "unreadable", reason: given.reason }];
          return [key, "item" in given ? { state: "present", values: valuesOf(given.item) } : given];
        }),
      );
    },
    async listSubKeys(keys) {
      const answers = await answersFor<SubKeys>(
        keys,
        (state) => {
          if (state.state === "absent") return state;
          if (state.state === "unreadable") return state.final ? { state: "unreadable", reason: state.reason } : null;
          return { state: "present", names: state.item.keys };
        },
        async (doubtful) => (await exact?.listSubKeys(doubtful)) ?? new Map(),
      );
      return new Map(
        [...answers].map(([key, given]): [string, SubKeys] => {
          if (given.state === "unreadable") return [key, { state: "unreadable", reason: given.reason }];
          return [key, "item" in given ? { state: "present", names: given.item.keys } : given];
        }),
      );
    },
  };
}

/**
 * The registry through `regedit`, to read and to change. What it cannot write as it is goes to the exact registry: texts
 * and lists that are empty, lists whose items hold a comma (it joins and splits them there), the default value, REG_NONE
 * (it writes REG_BINARY), and types it does not know.
 */
export function createRegeditRegistry(regedit: Regedit, exact: Registry): Registry {
  const reader = createRegeditReader(regedit.list, { exact, exactly: true });
  return {
    ...reader,
    async createKey(key) {
      const path = [...keysAbove(key), key].slice(1);
      const states = await reader.readKeys(path);
      const created = path.filter((one) => states.get(one)?.state === "absent");
      if (created.length > 0) await told(`create ${key}`, () => regedit.createKey([key]));
      return created;
    },
    async setValue(key, name, entry) {
      const value = name === "" ? null : regeditValue(entry);
      if (value === null) return exact.setValue(key, name, entry);
      await told(`set ${name}`, () => regedit.putValue({ [key]: { [name]: value } }));
    },
    async deleteValue(key, name) {
      if (name === "" || name.includes("\\")) return exact.deleteValue(key, name);
      try {
        await regedit.deleteValue([`${key}\\${name}`]);
        return true;
      } catch (error) {
        if (codeOf(error) === notFoundCode) return false;
        throw named(`delete ${name}`, error);
      }
    },
    async deleteKeyWhenEmpty(key) {
      const found = (await reader.readKeys([key])).get(key);
      if (found?.state !== "present" || Object.keys(found.values).length > 0) return false;
      const below = (await reader.listSubKeys([key])).get(key);
      if (below?.state !== "present" || below.names.length > 0) return false;
      await told(`delete ${key}`, () => regedit.deleteKey([key]));
      return true;
    },
  };
}

/** Why a key could not be read. `final`: whoever asks, it stays so. */
interface Failure {
  readonly reason: string;
}

type State =
  | { readonly state: "present"; readonly item: RegeditItem }
  | { readonly state: "absent" }
  | { readonly state: "unreadable"; readonly reason: string; readonly final: boolean };

function stateOf(key: string, found: ReadonlyMap<string, RegeditItem | Failure>): State {
  const item = found.get(key);
  if (item === undefined) return { state: "unreadable", reason: "the registry gave no answer", final: false };
  if (!("exists" in item)) return { state: "unreadable", reason: item.reason, final: false };
  return item.exists ? { state: "present", item } : missingState(key, found);
}

async function listBatch(
  list: Regedit["list"],
  keys: readonly string[],
  halves: boolean,
): Promise<readonly (readonly [string, RegeditItem | Failure])[]> {
  try {
    const answer = await list([...keys]);
    return keys.map((key) => [key, answer[key] ?? { reason: "regedit gave no answer for this key" }]);
  } catch (error) {
    // Windows Script Host itself: no key can be read.
    if (error instanceof ToolFailure) throw error;
    if (keys.length === 1 || !halves) {
      const reason = `regedit cannot read it: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`;
      return keys.map((key) => [key, { reason }]);
    }
    const middle = Math.ceil(keys.length / 2);
    return [
      ...(await listBatch(list, keys.slice(0, middle), halves)),
      ...(await listBatch(list, keys.slice(middle), halves)),
    ];
  }
}

function missingState(key: string, found: ReadonlyMap<string, RegeditItem | Failure>): State {
  const path = [...keysAbove(key), key];
  for (let depth = path.length - 2; depth >= 0; depth--) {
    const above = found.get(path[depth] ?? "");
    if (above === undefined || !("exists" in above) || !above.exists) continue;
    const name = (path[depth + 1] ?? "").split("\\").at(-1)?.toLowerCase();
    return above.keys.some((child) => child.toLowerCase() === name)
      ? { state: "unreadable", reason: "access denied", final: true }
      : { state: "absent" };
  }
  return { state: "unreadable", reason: "none of the keys above it could be read", final: false };
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

/** False for a value regedit gives in another form than it has. */
function isExact({ type, value }: { readonly type: string; readonly value: unknown }): boolean {
  // It expands the variables in a path, and writes a line end as a backslash and a letter.
  if (type === "REG_EXPAND_SZ") return false;
  const texts = type === "REG_SZ" ? [value] : type === "REG_MULTI_SZ" && Array.isArray(value) ? value : [];
  if (texts.some((text) => typeof text !== "string" || /\\[rn]/.test(text))) return false;
  return "data" in registryValue(type, value);
}

/** A value as regedit takes it; null when regedit would write something else. */
function regeditValue({ type, data }: RegistryEntry): RegeditValue | null {
  switch (type) {
    case "REG_DWORD":
    case "REG_QWORD":
      return { type, value: typeof data === "object" ? 0 : String(data) };
    case "REG_SZ":
    case "REG_EXPAND_SZ":
      return data === "" || String(data).includes("\0") ? null : { type, value: String(data) };
    case "REG_BINARY":
      return data === "" ? null : { type, value: [...Buffer.from(String(data), "hex")] };
    case "REG_MULTI_SZ": {
      const items = typeof data === "object" ? data : [];
      return items.length === 0 || items.some((item) => item === "" || item.includes(","))
        ? null
        : { type, value: items };
    }
    default:
      return null;
  }
}

const notFoundCode = 2;
const deniedCodes: readonly unknown[] = [5, 2147749891];

function codeOf(error: unknown): unknown {
  return error instanceof Error ? (error as { readonly code?: unknown }).code : null;
}

function named(what: string, error: unknown): Error {
  if (error instanceof ToolFailure) return error;
  const reason = deniedCodes.includes(codeOf(error)) ? "access denied" : String((error as Error).message ?? error);
  return new Error(`regedit cannot ${what}: ${reason}`);
}

async function told(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw named(what, error);
  }
}
