import { readFile, stat, writeFile } from "node:fs/promises";
import { encodeRegFile, regFile } from "../../changes/reg-file.ts";
import type { Registry, RegistryEntry, SubKeys } from "../../changes/registry.ts";
import { uninstallRoots } from "../../facts/addresses.ts";
import type { RegistryKey, RegistryValue } from "../../recording/recording.ts";
import { type ExportedKey, readRegExport } from "./reg-export.ts";
import { type Ended, ToolFailure, type WithScratch } from "./windows-tool.ts";

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
  "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols",
  "HKLM\\SOFTWARE\\Microsoft\\.NETFramework",
  "HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\.NETFramework",
];

/** Processes of reg.exe at the same time. */
const processLimit = 4;

/** The largest export that is read, in bytes. Uninstall keys take a few hundred thousand. */
const exportSizeLimit = 64 * 1024 * 1024;

const folded = (key: string): string => key.replace(/\\+$/, "").toLowerCase();
const depthOf = (key: string): number => key.split("\\").length;
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

type Unreadable = { state: "unreadable"; reason: string };

/**
 * The registry through reg.exe, always in the 64-bit view, where 32-bit data stand under WOW6432Node.
 *
 * What a key holds is read with `reg export`, into a file of our own: exact types, exact text. `reg query` writes in
 * the console's code page, so it is asked for the names and numbers that are exact there only: for keys above others
 * that are asked for (whole trees of Windows) and to tell a closed key from one that is not there, which reg.exe itself
 * does in the language of the server alone. A key is closed when the key above it lists it.
 *
 * Numbers are written with `reg add`, everything else with `reg import`, which is exact for every character.
 * reg.exe deletes a key with all that is below it, so {@link Registry.deleteKeyWhenEmpty} looks first.
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

  /** Why a key gave no answer: it is absent when a key above it opens and does not list it. */
  const missing = async (key: string, list: List): Promise<"absent" | "closed"> => {
    let fault = "";
    for (let child = key; depthOf(child) > 1; child = parentOf(child)) {
      const above = await list(parentOf(child));
      if (typeof above === "string") {
        fault = above;
        continue;
      }
      const name = nameOf(child).toLowerCase();
      return above.names.some((listed) => listed.toLowerCase() === name) ? "closed" : "absent";
    }
    // Not even the hive opens. In other languages than English reg.exe's own words do not tell the reason.
    const reason = fault === policyFault ? fault : `reg.exe opens no key at all, perhaps by policy: ${fault}`;
    throw new ToolFailure("policy", reason);
  };

  /** A key that did not open. */
  const notOpen = async (key: string, list: List): Promise<{ state: "absent" } | Unreadable> =>
    (await missing(key, list)) === "absent" ? { state: "absent" } : { state: "unreadable", reason: "access denied" };

  const readListed = async (key: string, list: List): Promise<RegistryKey> => {
    const listing = await list(key);
    return typeof listing === "string" ? notOpen(key, list) : { state: "present", values: listing.values };
  };

  const readExported = async (
    key: string,
    root: string,
    list: List,
    exportOf: (key: string) => Promise<Exported>,
  ): Promise<RegistryKey> => {
    const exported = await exportOf(root);
    const found = exported.keys?.get(folded(key));
    if (found !== undefined) return { state: "present", values: found.values };
    if ((await missing(key, list)) === "absent") return { state: "absent" };
    // It is there and was not exported: it is closed, one below it is, or the disk is full.
    const listing = await list(key);
    if (typeof listing === "string") return { state: "unreadable", reason: "access denied" };
    const exact = Object.values(listing.values).every((value) => "data" in value);
    if (exact) return { state: "present", values: listing.values };
    return { state: "unreadable", reason: exported.failure ?? "reg.exe left it out of its export" };
  };

  const subKeysOf = async (key: string, list: List): Promise<SubKeys> => {
    const listing = await list(key);
    if (typeof listing === "string") return notOpen(key, list);
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

  const write = async (what: string, argv: readonly string[]): Promise<void> => {
    const ended = await reg(...argv);
    if (ended.code !== 0) throw new Error(`reg.exe cannot ${what}: ${faultOf(ended)}`);
  };

  const importFile = (what: string, text: string): Promise<void> =>
    tool.withScratch(async (scratch) => {
      const file = scratch.file("import.reg");
      await writeFile(file.path, encodeRegFile(text), { flag: "wx" });
      await write(what, ["import", file.named]);
    });

  const readKeys: Registry["readKeys"] = async (keys) => {
    const list = listings();
    const exportOf = exports();
    const roots = exportRoots(keys, trees);
    return answers(keys, (key) => {
      const root = roots.get(folded(key)) ?? null;
      return root === null ? readListed(key, list) : readExported(key, root, list, exportOf);
    });
  };

  return {
    readKeys,

    async listSubKeys(keys) {
      const list = listings();
      return answers(keys, (key) => subKeysOf(key, list));
    },

    async createKey(key) {
      const list = listings();
      const created: string[] = [];
      for (let path = key; typeof (await list(path)) === "string"; path = parentOf(path)) {
        if ((await missing(path, list)) === "closed") {
          throw new Error(`reg.exe cannot create ${key}: access to ${path} is denied`);
        }
        created.unshift(path);
      }
      // Not with `reg add`, which gives a new key an empty default value.
      if (created.length > 0) await importFile(`create ${key}`, regFile([]) + regSection(key));
      return created;
    },

    async setValue(key, name, entry) {
      if (entry.type === "REG_DWORD") {
        const named = name === "" ? ["/ve"] : ["/v", name];
        return write(`set ${name}`, ["add", key, ...named, "/t", entry.type, "/d", String(entry.data), "/f"]);
      }
      await importFile(`set ${name}`, regFileOf(key, name, entry));
    },

    async deleteValue(key, name) {
      const named = name === "" ? ["/ve"] : ["/v", name];
      const ended = await reg("delete", key, ...named, "/f");
      if (ended.code === 0) return true;
      const found = (await readKeys([key])).get(key);
      const values = found?.state === "present" ? Object.keys(found.values) : [];
      const stands = values.some((one) => one.toLowerCase() === name.toLowerCase());
      if (!stands && found?.state !== "unreadable") return false;
      throw new Error(`reg.exe cannot delete ${name}: ${faultOf(ended)}`);
    },

    async deleteKeyWhenEmpty(key) {
      const listing = await listings()(key);
      if (typeof listing === "string") return false;
      if (listing.names.length > 0 || Object.keys(listing.values).length > 0) return false;
      await write(`delete ${key}`, ["delete", key, "/f"]);
      return true;
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
 * The key to export for each key asked, by folded path; null for keys above others that are asked for and for those
 * directly below a hive, whose exports would be whole trees of Windows.
 */
function exportRoots(keys: readonly string[], trees: readonly string[]): ReadonlyMap<string, string | null> {
  const above = new Set<string>();
  for (const key of keys) {
    for (let path = parentOf(key); path !== ""; path = parentOf(path)) above.add(folded(path));
  }
  const leaves = keys.filter((key) => !above.has(folded(key)) && depthOf(key) > 2);
  const shared = trees.filter((tree) => {
    const inside = leaves.filter((key) => isBelow(key, tree));
    return new Set(inside.map(folded)).size > 1;
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

/** A key without values in the syntax of .reg files: it is created where it is missing. */
function regSection(key: string): string {
  return `[${key.replace(/^HKLM\\/, "HKEY_LOCAL_MACHINE\\").replace(/^HKU\\/, "HKEY_USERS\\")}]\r\n`;
}

function regFileOf(key: string, name: string, entry: RegistryEntry): string {
  const text = regFile([{ key, name, to: entry }]);
  // The default value has no name of its own in a .reg file.
  return name === "" ? text.replace('\r\n""=', "\r\n@=") : text;
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
