import { readFile, stat, writeFile } from "node:fs/promises";
import { encodeRegFile, regFile } from "../../changes/reg-file.ts";
import type { FoundKey, Registry, SubKeys } from "../../changes/registry.ts";
import { uninstallRoots } from "../../facts/addresses.ts";
import { suiteOrderKeys } from "../../facts/cipher-suites.ts";
import { sqlClientKeys } from "../../facts/sql-client.ts";
import { pendingRestartKeys } from "../../facts/windows.ts";
import { foldedAddress as folded } from "../../recording/address-form.ts";
import type { RegistryValue } from "../../recording/recording.ts";
import { type Ended, ToolFailure, type WithScratch } from "../windows-tool.ts";
import { type ExportedKey, readRegExport } from "./reg-export.ts";

/** What the adapter needs of the machine: reg.exe, and a place for the files it writes. */
export interface RegTool {
  /** Runs reg.exe with these arguments. */
  readonly run: (argv: readonly string[]) => Promise<Ended>;
  readonly withScratch: WithScratch;
}

export interface RegRegistryOptions {
  /**
   * Keys under which several are read at once: when two or more keys below one of them are asked for, that one is
   * exported whole, which takes one process.
   */
  readonly trees?: readonly string[];
  /** Keeps what was exported, for one look; whoever changes something must see every change. */
  readonly keepsExports?: boolean;
}

/** Small keys below which a look reads much. */
const lookedAtTrees: readonly string[] = [
  ...uninstallRoots,
  "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL",
  "HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP",
  "HKLM\\SOFTWARE\\Microsoft\\.NETFramework",
  "HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\.NETFramework",
];

const depthOf = (key: string): number => key.split("\\").length;

/**
 * Keys that most servers lack, and the depth of the first part of each that may be missing: the keys above are listed
 * from there on, which several share, and the first that is not listed is the answer.
 */
const oftenMissing: ReadonlyMap<string, number> = new Map([
  ...pendingRestartKeys.map((key): [string, number] => [folded(key), depthOf(key)]),
  ...[...sqlClientKeys, suiteOrderKeys.policy].map((key): [string, number] => [folded(key), 4]),
]);

/** Processes of reg.exe at the same time. */
const processLimit = 4;

/** The largest export that is read, in bytes. Uninstall keys take a few hundred thousand. */
const exportSizeLimit = 64 * 1024 * 1024;

const isBelow = (key: string, above: string): boolean => folded(key).startsWith(`${folded(above)}\\`);
const parentOf = (key: string): string => key.slice(0, Math.max(key.lastIndexOf("\\"), 0));
const nameOf = (key: string): string => key.slice(key.lastIndexOf("\\") + 1);

/** What `reg query` says of one key: exact where all is ASCII and numbers, a listing everywhere. */
interface Listing {
  readonly values: Readonly<Record<string, RegistryValue>>;
  readonly names: readonly string[];
}

/** Gives a key's listing, or why there is none. */
type List = (key: string) => Promise<Listing | string>;

type Unreadable = { readonly state: "unreadable"; readonly reason: string };
type NotOpen = { readonly state: "absent"; readonly below: string } | Unreadable;

/**
 * The registry through reg.exe, always in the 64-bit view, where 32-bit data stand under WOW6432Node.
 *
 * What a key holds is read with `reg export`, into a file of our own: exact types, exact text. `reg query` writes in
 * the console's code page, so it is asked for the names and numbers that are exact there only: for keys above others
 * that are asked for (whole trees of Windows) and to tell a closed key from one that is not there, which reg.exe itself
 * does in the language of the server alone. A key is closed when the key above it lists it.
 *
 * Everything is written with one `reg import`, which is exact for every character and creates no default values.
 * It deletes a key with all that is below it, so {@link Registry.deleteEmptyKeys} looks first.
 */
export function createRegRegistry(tool: RegTool, options: RegRegistryOptions = {}): Registry {
  const { trees = lookedAtTrees, keepsExports = false } = options;
  const keptExports = new Map<string, Promise<Exported>>();
  const limited = limiter(processLimit);
  const reg = (...argv: readonly string[]): Promise<Ended> => limited(() => tool.run([...argv, "/reg:64"]));

  const exportKey = (key: string): Promise<Exported> =>
    tool.withScratch(async (scratch): Promise<Exported> => {
      const file = scratch.file("export.reg");
      const ended = await reg("export", key, file.named, "/y");
      if (ended.code !== 0) return { keys: null, failure: faultOf(ended) };
      try {
        if ((await stat(file.path)).size > exportSizeLimit) return { keys: null, failure: "its export is too large" };
        return { keys: keysByPath(readRegExport(await readFile(file.path))), failure: null };
      } catch (error) {
        return { keys: null, failure: `reg.exe's export cannot be read: ${reasonOf(error)}` };
      }
    });

  /** Exports keys, each once: for one call, or for as long as this registry is used. */
  const exports = (): ((key: string) => Promise<Exported>) => {
    const kept = keepsExports ? keptExports : new Map<string, Promise<Exported>>();
    return (key) => {
      const known = kept.get(folded(key)) ?? exportKey(key);
      kept.set(folded(key), known);
      return known;
    };
  };

  /** Asks for listings, each key once. */
  const listings = (): List => {
    const asked = new Map<string, ReturnType<List>>();
    return (key) => {
      const before = asked.get(folded(key));
      if (before !== undefined) return before;
      const listing = reg("query", key).then((ended) =>
        ended.code === 0 ? listingIn(ended.stdout, key) : faultOf(ended),
      );
      asked.set(folded(key), listing);
      return listing;
    };
  };

  /** Why a key gave no answer: it is absent when the nearest key above it that opens does not list it. */
  const missing = async (key: string, list: List): Promise<NotOpen> => {
    let fault = "";
    for (let child = key; depthOf(child) > 1; child = parentOf(child)) {
      const below = parentOf(child);
      const above = await list(below);
      if (typeof above === "string") {
        fault = above;
        continue;
      }
      const name = nameOf(child).toLowerCase();
      const isListed = above.names.some((listed) => listed.toLowerCase() === name);
      return isListed ? { state: "unreadable", reason: "access denied" } : { state: "absent", below };
    }
    // Not even the hive opens. In other languages than English reg.exe's own words do not tell the reason.
    const reason = fault === policyFault ? fault : `reg.exe opens no key at all, perhaps by policy: ${fault}`;
    throw new ToolFailure("policy", reason);
  };

  const readListed = async (key: string, list: List): Promise<FoundKey> => {
    const listing = await list(key);
    return typeof listing === "string" ? missing(key, list) : { state: "present", values: listing.values };
  };

  /** Why a key is absent, as the keys above it say from a depth on; null when they list it, or do not open. */
  const notListed = async (key: string, from: number, list: List): Promise<FoundKey | null> => {
    const parts = key.split("\\");
    for (let depth = from; depth <= parts.length; depth += 1) {
      const below = parts.slice(0, depth - 1).join("\\");
      const above = await list(below);
      if (typeof above === "string") return null;
      if (!above.names.some((name) => folded(name) === folded(parts[depth - 1] ?? "")))
        return { state: "absent", below };
    }
    return null;
  };

  const readExported = async (
    key: string,
    root: string,
    list: List,
    exportOf: (key: string) => Promise<Exported>,
  ): Promise<FoundKey> => {
    const exported = await exportOf(root);
    const found = exported.keys?.get(folded(key));
    if (found !== undefined) return { state: "present", values: found.values };
    // Keys above it that the export does not hold either need not be asked for.
    let outermost = key;
    while (isBelow(parentOf(outermost), root) && !exported.keys?.has(folded(parentOf(outermost)))) {
      outermost = parentOf(outermost);
    }
    const notOpen = await missing(exported.keys === null ? key : outermost, list);
    if (notOpen.state === "absent") return notOpen;
    // It is there and was not exported: it is closed, one below it is, or the disk is full.
    const listing = await list(key);
    if (typeof listing === "string") return notOpen;
    const exact = Object.values(listing.values).every((value) => "data" in value);
    if (exact) return { state: "present", values: listing.values };
    return { state: "unreadable", reason: exported.failure ?? "reg.exe left it out of its export" };
  };

  const subKeysOf = async (key: string, list: List): Promise<SubKeys> => {
    const listing = await list(key);
    if (typeof listing === "string") {
      const notOpen = await missing(key, list);
      return notOpen.state === "absent" ? { state: "absent" } : notOpen;
    }
    // Hives and what is directly below them are too large to export; their keys have plain names.
    if (listing.names.length === 0 || depthOf(key) <= 2) return { state: "present", names: listing.names };
    const exported = await exports()(key);
    const children = [...(exported.keys?.values() ?? [])].filter(
      ({ path }) => isBelow(path, key) && depthOf(path) === depthOf(key) + 1,
    );
    const exact = children.map(({ path }) => nameOf(path));
    if (exact.length >= listing.names.length) return { state: "present", names: exact };
    // A closed key is listed and not exported.
    const known = new Set(exact.map((name) => name.toLowerCase()));
    return {
      state: "present",
      names: [...exact, ...listing.names.filter((name) => !known.has(name.toLowerCase()))],
    };
  };

  const importFile = (what: string, text: string): Promise<void> =>
    tool.withScratch(async (scratch) => {
      const file = scratch.file("import.reg");
      await writeFile(file.path, encodeRegFile(text), { flag: "wx" });
      const ended = await reg("import", file.named);
      if (ended.code !== 0) throw new Error(`reg.exe cannot ${what}: ${faultOf(ended)}`);
    });

  const readKeys: Registry["readKeys"] = async (keys) => {
    const list = listings();
    const exportOf = exports();
    const roots = exportRoots(keys, trees, (tree) => keptExports.has(folded(tree)));
    return answers(keys, async (key) => {
      const root = roots.get(folded(key)) ?? null;
      const from = oftenMissing.get(folded(key));
      const absent = from === undefined ? null : await notListed(key, from, list);
      if (absent !== null) return absent;
      return root === null ? readListed(key, list) : readExported(key, root, list, exportOf);
    });
  };

  return {
    readKeys,

    async listSubKeys(keys) {
      const list = listings();
      return answers(keys, (key) => subKeysOf(key, list));
    },

    async createKeys(keys) {
      if (keys.length > 0)
        await importFile("create a key", regFile([]) + keys.map((key) => regSection(key)).join("\r\n"));
    },

    async writeValues(values) {
      if (values.length > 0) await importFile("set a value", regFile(values));
    },

    async deleteEmptyKeys(keys) {
      const list = listings();
      const gone = new Set<string>();
      for (const key of keys) {
        const listing = await list(key);
        if (typeof listing === "string" || Object.keys(listing.values).length > 0) continue;
        if (listing.names.every((name) => gone.has(folded(`${key}\\${name}`)))) gone.add(folded(key));
      }
      const empty = keys.filter((key) => gone.has(folded(key)));
      if (empty.length === 0) return;
      await importFile("delete a key", regFile([]) + empty.map((key) => regSection(key, "-")).join("\r\n"));
    },
  };
}

/** What became of an export: its keys by folded path, or why there are none. */
type Exported =
  | { readonly keys: ReadonlyMap<string, ExportedKey>; readonly failure: null }
  | { readonly keys: null; readonly failure: string };

function keysByPath(keys: readonly ExportedKey[]): ReadonlyMap<string, ExportedKey> {
  return new Map(keys.map((key) => [folded(key.path), key]));
}

/** Answers for every key asked. When reg.exe cannot be used at all, every key is unreadable for that reason. */
async function answers<Answer>(
  keys: readonly string[],
  answer: (key: string) => Promise<Answer>,
): Promise<ReadonlyMap<string, Answer | Unreadable>> {
  const found = await Promise.all(
    keys.map(async (key): Promise<[string, Answer | Unreadable]> => {
      try {
        return [key, await answer(key)];
      } catch (error) {
        if (!(error instanceof ToolFailure) || error.kind === "cancelled") throw error;
        return [key, { state: "unreadable", reason: error.message }];
      }
    }),
  );
  return new Map(found);
}

/**
 * The key to export for each key asked, by folded path: that of a tree when several of its keys are asked for, or when it
 * was exported already; null for keys above others that are asked for and for those
 * directly below a hive, whose exports would be whole trees of Windows.
 */
function exportRoots(
  keys: readonly string[],
  trees: readonly string[],
  isExported: (tree: string) => boolean,
): ReadonlyMap<string, string | null> {
  const above = new Set<string>();
  for (const key of keys) {
    for (let path = parentOf(key); path !== ""; path = parentOf(path)) above.add(folded(path));
  }
  const leaves = keys.filter((key) => !above.has(folded(key)) && depthOf(key) > 2);
  const shared = trees.filter((tree) => {
    const inside = leaves.filter((key) => isBelow(key, tree));
    return new Set(inside.map(folded)).size > 1 || isExported(tree);
  });
  const roots = new Map<string, string | null>(keys.map((key) => [folded(key), null]));
  for (const key of leaves) roots.set(folded(key), shared.find((tree) => isBelow(key, tree)) ?? key);
  return roots;
}

/** What `reg query` wrote of a key. Its texts are in the console's code page and are recorded as being there only. */
function listingIn(output: Buffer, key: string): Listing {
  const values: Record<string, RegistryValue> = Object.create(null) as Record<string, RegistryValue>;
  const names: string[] = [];
  for (const line of output.toString("latin1").split(/\r?\n/)) {
    const value = /^ {4}(.*?) {4}(REG_\w+)(?: {4}(.*))?$/.exec(line);
    if (value !== null) values[value[1] ?? ""] = listedValue(value[2] ?? "", value[3] ?? "");
    // The key itself is repeated above its values, with the hive's long name.
    else if (/^HKEY_/i.test(line) && depthOf(line) === depthOf(key) + 1) names.push(nameOf(line));
  }
  return { values, names };
}

function listedValue(type: string, data: string): RegistryValue {
  if (type === "REG_DWORD" && /^0x[0-9a-f]{1,8}$/i.test(data)) return { type, data: Number.parseInt(data, 16) };
  if (type === "REG_BINARY" && /^([0-9a-f]{2})*$/i.test(data)) return { type, data: data.toLowerCase() };
  return { type, redacted: true, looksEncrypted: false };
}

/** A key without values in the syntax of .reg files: it is created where it is missing, or with a minus deleted. */
function regSection(key: string, sign: "" | "-" = ""): string {
  return `[${sign}${key.replace(/^HKLM\\/, "HKEY_LOCAL_MACHINE\\").replace(/^HKU\\/, "HKEY_USERS\\")}]\r\n`;
}

const policyFault = "registry editing is disabled by policy";

/** Why reg.exe failed, in its own words, which are those of the server's language. */
function faultOf(ended: Ended): string {
  const text = `${ended.stderr.toString("latin1")}\n${ended.stdout.toString("latin1")}`;
  if (/disabled by your administrator/i.test(text)) return policyFault;
  if (/access is denied/i.test(text)) return "access denied";
  const line = text.split(/\r?\n/).find((one) => one.trim() !== "");
  return line === undefined ? `it ended with ${ended.code} and said nothing` : line.trim().replace(/[^ -~]/g, "?");
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Lets some work run at a time and keeps the rest waiting. */
function limiter(limit: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < limit) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place goes over to whoever waits.
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
