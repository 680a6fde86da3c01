import type { JournalStore } from "../../../electron/changes/journal.ts";
import type { FoundKey, PlacedValue, Registry, RegistryEntry, SubKeys } from "../../../electron/changes/registry.ts";

/** A registry as plain data: key → value name → type and data. A key that is not listed is absent. */
export type Contents = Record<string, Record<string, RegistryEntry>>;

/**
 * What goes wrong, at which call (counted over registry and journals together, from 0). A call that writes many values or
 * keys counts once for each: it can go wrong, and the process can end, between any two of them.
 */
export interface Fault {
  readonly at: number;
  readonly kind:
    | "none"
    /** The call fails and does nothing. */
    | "error"
    /** From this call on every write fails: access denied. */
    | "denied"
    /** The call does its work, then fails. */
    | "errorAfter"
    /** The call says it succeeded and does nothing. */
    | "lost"
    /** The call writes something else than asked. */
    | "garbled"
    /** From this call on the journal's disk is full. */
    | "diskFull"
    /** A journal line is cut in half and the call fails; from then on the disk works again. */
    | "cut"
    /** The process ends while it writes a journal line: half of it is kept. */
    | "torn"
    /** The process ends: this call and all after it do nothing; a journal line may be torn in half. */
    | "crash";
}

/** Kinds that last once they have begun. */
const lasting: readonly Fault["kind"][] = ["denied", "diskFull"];
/** Kinds that strike once, at the first call they can strike. */
const waiting: readonly Fault["kind"][] = ["lost", "garbled", "cut", "torn"];

export class Crash extends Error {}

/**
 * Someone else who writes a value right before the registry is read. Not between a write and the read that follows it:
 * there no program can tell a stranger's value from its own write gone wrong. Nor between a read and the write that rests
 * on it, where the journal is written: Windows has no write that holds only if nothing changed.
 */
export interface Stranger {
  readonly at: number;
  readonly key: string;
  readonly name: string;
  readonly entry: RegistryEntry;
}

export interface Simulation {
  readonly registry: Registry;
  readonly journals: JournalStore;
  readonly contents: Contents;
  /** True once the fault has struck. */
  readonly struck: () => boolean;
  /** True once the stranger has written. */
  readonly strangerCame: () => boolean;
  /** How many calls wrote to the registry. */
  readonly writes: () => number;
  /** The program starts again: the fault is over, whatever was kept is still there. */
  readonly restart: () => void;
}

/** A registry and a journal folder in memory, with one fault and one stranger. */
export function simulate(contents: Contents, fault: Fault, stranger: Stranger | null = null): Simulation {
  const files = new Map<string, string>();
  let call = 0;
  let struck = false;
  let over = false;
  let crashed = false;
  let came = false;
  let writes = 0;
  let readingBack = false;

  const keptKey = (key: string): string | undefined =>
    contents[key] === undefined ? Object.keys(contents).find((one) => one.toLowerCase() === key.toLowerCase()) : key;

  /** Does one call, with whatever fault is due; `tear` does a part of it when the process ends in its midst. */
  function perform<Result>(
    kind: "read" | "write" | "journal" | "journals",
    work: () => Result,
    garble: () => Result,
    tear = () => {},
  ): Result {
    const now = call;
    call += 1;
    if (crashed) throw new Crash("the process has ended");
    if (stranger !== null && !came && kind === "read" && !readingBack && now >= stranger.at) {
      came = true;
      const key = keptKey(stranger.key) ?? stranger.key;
      contents[key] = { ...contents[key], [stranger.name]: stranger.entry };
    }
    readingBack = kind === "write";
    const goesOn = lasting.includes(fault.kind) || (waiting.includes(fault.kind) && !struck);
    const due = !over && (now === fault.at || (goesOn && now > fault.at));
    if (!due || fault.kind === "none") return work();
    switch (fault.kind) {
      case "crash":
        struck = true;
        crashed = true;
        tear();
        throw new Crash("the process has ended");
      case "denied":
        if (kind !== "write") return work();
        struck = true;
        throw new Error("access denied");
      case "diskFull":
        if (kind !== "journal") return work();
        struck = true;
        tear();
        throw new Error("no space left on device");
      case "cut":
        if (kind !== "journal") return work();
        struck = true;
        tear();
        throw new Error("no space left on device");
      case "torn":
        if (kind !== "journal") return work();
        struck = true;
        crashed = true;
        tear();
        throw new Crash("the process has ended");
      case "error":
        struck = true;
        throw new Error("the call failed");
      case "errorAfter":
        struck = true;
        work();
        throw new Error("the call failed");
      case "lost":
        if (kind !== "write") return work();
        struck = true;
        return garble();
      case "garbled":
        if (kind !== "write") return work();
        struck = true;
        return garble();
    }
  }

  /** Writes each of many: a fault strikes at one of them, and what follows it is not done. */
  async function write<One>(ones: readonly One[], work: (one: One) => void, garble: (one: One) => void): Promise<void> {
    await Promise.resolve();
    for (const one of ones) {
      writes += 1;
      perform(
        "write",
        () => work(one),
        () => garble(one),
      );
    }
  }

  const isThere = (key: string): boolean => !key.includes("\\") || keptKey(key) !== undefined;

  function below(key: string): string {
    const parts = key.split("\\").slice(0, -1);
    while (parts.length > 1 && !isThere(parts.join("\\"))) parts.pop();
    return parts.join("\\");
  }

  function create(key: string): void {
    const parts = key.split("\\");
    for (let depth = 2; depth <= parts.length; depth += 1) {
      const path = parts.slice(0, depth).join("\\");
      if (keptKey(path) === undefined) contents[path] = {};
    }
  }

  function place({ key, name, to }: PlacedValue): void {
    if (to !== "absent") create(key);
    const kept = keptKey(key);
    if (kept === undefined) throw new Error("the key is not there");
    if (to === "absent") delete contents[kept]?.[name];
    else contents[kept] = { ...contents[kept], [name]: { ...to } };
  }

  const registry: Registry = {
    readKeys: (keys) =>
      Promise.resolve().then(() =>
        perform(
          "read",
          () =>
            new Map(
              keys.map((key): [string, FoundKey] => {
                const kept = keptKey(key);
                if (kept === undefined) return [key, { state: "absent", below: below(key) }];
                return [key, { state: "present", values: { ...contents[kept] } }];
              }),
            ),
          () => new Map(),
        ),
      ),
    listSubKeys: (keys) =>
      Promise.resolve().then(() =>
        perform(
          "read",
          () =>
            new Map(
              keys.map((key): [string, SubKeys] => {
                if (keptKey(key) === undefined) return [key, { state: "absent" }];
                const above = `${key.toLowerCase()}\\`;
                const names = Object.keys(contents).filter((one) => one.toLowerCase().startsWith(above));
                return [key, { state: "present", names: names.map((one) => one.slice(above.length)) }];
              }),
            ),
          () => new Map(),
        ),
      ),
    createKeys: (keys) => write(keys, create, () => {}),
    writeValues: (values) =>
      write(values, place, ({ key, name, to }) => {
        if (fault.kind !== "garbled" || to === "absent") return;
        place({ key, name, to: { type: "REG_SZ", data: "garbled" } });
      }),
    deleteEmptyKeys: (keys) =>
      write(
        keys,
        (key) => {
          const kept = keptKey(key);
          if (kept === undefined || Object.keys(contents[kept] ?? {}).length > 0) return;
          const isAbove = Object.keys(contents).some((one) => one.toLowerCase().startsWith(`${kept.toLowerCase()}\\`));
          if (!isAbove) delete contents[kept];
        },
        () => {},
      ),
  };

  const journals: JournalStore = {
    readAll: () =>
      Promise.resolve().then(() =>
        perform(
          "journals",
          () => new Map(files),
          () => new Map(),
        ),
      ),
    read: (id) =>
      Promise.resolve().then(() =>
        perform(
          "journals",
          () => files.get(id) ?? "",
          () => "",
        ),
      ),
    create: (id, text) =>
      Promise.resolve().then(() =>
        perform(
          "journal",
          () => void files.set(id, text),
          () => undefined,
        ),
      ),
    append: (id, line) =>
      Promise.resolve().then(() =>
        perform(
          "journal",
          () => void files.set(id, (files.get(id) ?? "") + line),
          () => undefined,
          () => void files.set(id, (files.get(id) ?? "") + line.slice(0, line.length / 2)),
        ),
      ),
    pathOf: (id) => id,
  };

  return {
    registry,
    journals,
    contents,
    struck: () => struck,
    strangerCame: () => came,
    writes: () => writes,
    restart: () => {
      over = true;
      crashed = false;
    },
  };
}
