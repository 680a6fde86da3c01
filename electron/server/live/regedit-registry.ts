import type {
  FoundKey,
  PlacedValue,
  Registry,
  RegistryEntry,
  RegistryReader,
  SubKeys,
} from "../../changes/registry.ts";
import type { RegistryKey, RegistryValue } from "../../recording/recording.ts";
import { type Regedit, type RegeditItem, type RegeditValue, RegistryRefusal } from "./regedit-package.ts";

export interface RegeditReaderOptions {
  /**
   * Also asks the exact reader for keys with a value regedit gives in another form than it has: for whoever will put it
   * back. A look does without: an expanded path tells it as much.
   */
  readonly exactly?: boolean;
  /** Keeps what was listed, for one look; whoever changes something must see every change. */
  readonly keeps?: boolean;
}

/** What a look and a change read. */
type Reader = Pick<Registry, "readKeys" | "listSubKeys">;

/**
 * Reads the registry through `regedit`, that is through Windows Script Host and WMI: one process for many keys.
 * `exists: false` means only that a key did not open, so the keys above it are always asked too: a key its parent lists
 * is closed to us, one its parent does not list is absent. Whatever regedit cannot give, the exact reader is asked for.
 */
export function createRegeditReader(
  list: Regedit["list"],
  exact: RegistryReader,
  { exactly = false, keeps = false }: RegeditReaderOptions = {},
): Reader {
  const kept = new Map<string, RegeditItem>();

  const items = async (keys: readonly string[]): Promise<Found> => {
    const asked = [...new Set(keys.flatMap((key) => [...keysAbove(key), key]))];
    const unknown = keeps ? asked.filter((key) => !kept.has(key)) : asked;
    const listed = keys.every((key) => keeps && kept.has(key)) ? [] : await list(unknown);
    if (!keeps) return new Map(listed);
    for (const [key, item] of listed) kept.set(key, item);
    return kept;
  };

  const readExact = async (keys: readonly string[]): Promise<ReadonlyMap<string, FoundKey>> => {
    const answers = keys.length === 0 ? new Map<string, RegistryKey>() : await exact.readKeys(keys);
    return new Map(
      keys.map((key): [string, FoundKey] => {
        const answer = answers.get(key) ?? noAnswer;
        return [key, answer.state === "absent" ? { below: "", ...answer } : answer];
      }),
    );
  };

  return {
    async readKeys(keys) {
      const found = await items(keys);
      const states = new Map(keys.map((key) => [key, stateOf(key, found)]));
      const isDoubtful = (state: State): boolean =>
        state.state === "unknown" ||
        (state.state === "present" && exactly && !Object.values(state.item.values).every(isExact));
      const answers = await readExact(keys.filter((key) => isDoubtful(states.get(key) ?? { state: "unknown" })));
      return new Map(
        [...states].map(([key, state]): [string, FoundKey] => {
          const better = answers.get(key);
          if (better !== undefined) return [key, better];
          if (state.state === "unknown") return [key, noAnswer];
          return [key, state.state === "present" ? { state: "present", values: valuesOf(state.item) } : state];
        }),
      );
    },
    async listSubKeys(keys) {
      const found = await items(keys);
      const states = new Map(keys.map((key) => [key, stateOf(key, found)]));
      const doubtful = keys.filter((key) => states.get(key)?.state === "unknown");
      const better = doubtful.length === 0 ? new Map<string, SubKeys>() : await exact.listSubKeys(doubtful);
      return new Map(
        [...states].map(([key, state]): [string, SubKeys] => {
          if (state.state === "unknown") return [key, better.get(key) ?? noAnswer];
          if (state.state === "absent") return [key, { state: "absent" }];
          return [key, state.state === "present" ? { state: "present", names: state.item.keys } : state];
        }),
      );
    },
  };
}

const noAnswer = { state: "unreadable", reason: "the registry gave no answer" } as const;

/**
 * The registry through `regedit`, to read and to change. What it cannot write as it is goes to the exact registry: texts
 * and lists that are empty, lists whose items hold a comma (it joins and splits them there), the default value, REG_NONE
 * (it writes REG_BINARY), and types it does not know.
 */
export function createRegeditRegistry(regedit: Regedit, exact: Registry): Registry {
  const reader = createRegeditReader(regedit.list, exact, { exactly: true });
  return {
    ...reader,
    async createKeys(keys) {
      await told("create a key", () => regedit.createKeys(keys));
    },
    async writeValues(values) {
      const [puts, deletes, others]: [RegeditValue[], string[], PlacedValue[]] = [[], [], []];
      for (const value of values) {
        const put = regeditValue(value);
        if (put !== null) puts.push(put);
        else if (value.to === "absent" && isPlain(value.name)) deletes.push(`${value.key}\\${value.name}`);
        else others.push(value);
      }
      await told("create a key", () => regedit.createKeys([...new Set(puts.map(({ key }) => key))]));
      await told("set a value", () => regedit.putValues(puts));
      await told("delete a value", () => deleteAll(regedit, deletes));
      if (others.length > 0) await exact.writeValues(others);
    },
    async deleteEmptyKeys(keys) {
      const listed = await regedit.list(keys);
      const gone = new Set<string>();
      for (const key of keys) {
        const item = listed.get(key);
        if (item === undefined || !item.exists || Object.keys(item.values).length > 0) continue;
        const isGone = (name: string): boolean => gone.has(`${key}\\${name}`.toLowerCase());
        if (item.keys.every(isGone)) gone.add(key.toLowerCase());
      }
      await told("delete a key", () => regedit.deleteKeys(keys.filter((key) => gone.has(key.toLowerCase()))));
    },
  };
}

/** Deletes values; one that is gone already stops regedit, and then each of them is deleted by itself. */
async function deleteAll(regedit: Regedit, paths: readonly string[]): Promise<void> {
  try {
    await regedit.deleteValues(paths);
  } catch (error) {
    if (!isMissing(error)) throw error;
    if (paths.length === 1) return;
    for (const path of paths) await deleteAll(regedit, [path]);
  }
}

type Found = ReadonlyMap<string, RegeditItem>;

type State =
  | { readonly state: "present"; readonly item: RegeditItem }
  | { readonly state: "absent"; readonly below: string }
  | { readonly state: "unreadable"; readonly reason: string }
  /** regedit could not tell. */
  | { readonly state: "unknown" };

function stateOf(key: string, found: Found): State {
  const item = found.get(key);
  if (item === undefined) return { state: "unknown" };
  if (item.exists) return { state: "present", item };
  const path = [...keysAbove(key), key];
  for (let depth = path.length - 2; depth >= 0; depth--) {
    const below = path[depth] ?? "";
    const above = found.get(below);
    // One without an answer may be there: the keys above it do not tell then.
    if (above === undefined) return { state: "unknown" };
    if (!above.exists) continue;
    const name = (path[depth + 1] ?? "").split("\\").at(-1)?.toLowerCase();
    return above.keys.some((child) => child.toLowerCase() === name)
      ? { state: "unreadable", reason: "access denied" }
      : { state: "absent", below };
  }
  return { state: "unknown" };
}

/** The keys above a key, the hive first: `HKLM`, `HKLM\SOFTWARE`, … */
function keysAbove(key: string): string[] {
  const parts = key.split("\\");
  return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join("\\"));
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

/** True for a name that regedit's scripts take apart from its key's path. */
const isPlain = (name: string): boolean => name !== "" && !name.includes("\\");

/** A value as regedit takes it; null when there is none to set, or regedit would write something else. */
function regeditValue({ key, name, to }: PlacedValue): RegeditValue | null {
  if (to === "absent" || name === "") return null;
  const data = regeditData(to);
  return data === null ? null : { key, name, data, type: to.type };
}

function regeditData({ type, data }: RegistryEntry): string | null {
  switch (type) {
    case "REG_DWORD":
    case "REG_QWORD":
      return String(data);
    case "REG_SZ":
    case "REG_EXPAND_SZ":
      return data === "" || String(data).includes("\0") ? null : String(data);
    case "REG_BINARY":
      return data === "" ? null : [...Buffer.from(String(data), "hex")].join(",");
    case "REG_MULTI_SZ": {
      const items = typeof data === "object" ? data : [];
      return items.length === 0 || items.some((item) => item === "" || item.includes(",")) ? null : items.join(",");
    }
    default:
      return null;
  }
}

const notFoundCode = 2;
const isMissing = (error: unknown): boolean => error instanceof RegistryRefusal && error.code === notFoundCode;

async function told(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw error instanceof RegistryRefusal ? new Error(`regedit cannot ${what}: ${error.message}`) : error;
  }
}
