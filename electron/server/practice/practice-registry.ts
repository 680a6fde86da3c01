import type { FoundKey, PlacedValue, Registry, SubKeys } from "../../changes/registry.ts";
import { changeFailures } from "./practice-faults.ts";
import { type Keys, keptKey, keptValue, keyAbove, subKeyNames, withKey } from "./practice-keys.ts";
import type { PracticeState } from "./practice-state.ts";
import type { PracticeStore } from "./practice-store.ts";

/** Reads the registry of a practice server that is at hand: without the file, so it cannot write. */
export function readerOf(state: PracticeState): Pick<Registry, "readKeys" | "listSubKeys"> {
  return {
    async readKeys(keys) {
      return new Map(
        keys.map((key): [string, FoundKey] => {
          const kept = keptKey(state.registry, key);
          if (kept === null) return [key, { state: "absent", below: keyAbove(state.registry, key) }];
          return [key, { state: "present", values: { ...state.registry[kept] } }];
        }),
      );
    },
    async listSubKeys(keys) {
      return new Map(
        keys.map((key): [string, SubKeys] => [
          key,
          keptKey(state.registry, key) === null
            ? { state: "absent" }
            : { state: "present", names: subKeyNames(state.registry, key) },
        ]),
      );
    },
  };
}

/** How many writes succeed before a rehearsed failure strikes. */
const writesBeforeFailure = 2;

/** The registry with one value as it shall stand. */
function withValue(registry: Keys, { key, name, to }: PlacedValue): Keys {
  const made = to === "absent" ? registry : withKey(registry, key);
  const kept = keptKey(made, key);
  if (kept === null) return registry;
  const values = { ...made[kept] };
  const value = keptValue(values, name);
  if (to !== "absent") values[value ?? name] = { ...to };
  else if (value !== null) delete values[value];
  return { ...made, [kept]: values };
}

function withoutKey(registry: Keys, key: string): Keys {
  const kept = keptKey(registry, key);
  if (kept === null || Object.keys(registry[kept] ?? {}).length > 0) return registry;
  if (subKeyNames(registry, kept).length > 0) return registry;
  const left = { ...registry };
  delete left[kept];
  return left;
}

/**
 * The registry of the practice server, to read and to change. Values and keys are kept one by one, so that a failure in
 * the midst of many leaves what it would leave on a server; all are in the file when a call resolves.
 */
export function createPracticeRegistry(store: PracticeStore): Registry {
  let written = 0;
  const save = async (state: PracticeState): Promise<void> => {
    const fails = changeFailures.some((one) => one === state.failNext);
    if (fails && written >= writesBeforeFailure) {
      if (state.failNext === "writeError") {
        const { registry } = await store.open();
        await store.save({ ...state, registry, failNext: null });
      }
      throw new Error("access denied (rehearsed)");
    }
    // Counted from when the failure was set up, however long this process has been writing.
    written = fails ? written + 1 : 0;
    await store.save(state);
  };
  async function change<One>(ones: readonly One[], changed: (registry: Keys, one: One) => Keys): Promise<void> {
    for (const one of ones) {
      const state = await store.open();
      const registry = changed(state.registry, one);
      if (registry !== state.registry) await save({ ...state, registry });
    }
  }
  return {
    readKeys: async (keys) => readerOf(await store.open()).readKeys(keys),
    listSubKeys: async (keys) => readerOf(await store.open()).listSubKeys(keys),
    createKeys: (keys) =>
      change(keys, (registry, key) => (keptKey(registry, key) === null ? withKey(registry, key) : registry)),
    writeValues: (values) => change(values, withValue),
    deleteEmptyKeys: (keys) => change(keys, withoutKey),
  };
}
