import type { RegistryEntry, RegistryReader, RegistryWriter, SubKeys } from "../../changes/registry.ts";
import { InputProblem } from "../../recording/input-problem.ts";
import type { RegistryKey } from "../../recording/recording.ts";
import { type Keys, keptKey, keptValue, subKeyNames, withKey } from "./practice-keys.ts";
import { changeFailures, type PracticeState } from "./practice-state.ts";
import type { PracticeStore } from "./practice-store.ts";

/** Reads the registry of a practice server that is at hand: without the file, so it cannot write. */
export function readerOf(state: PracticeState): RegistryReader {
  return {
    async readKeys(keys) {
      return new Map(
        keys.map((key): [string, RegistryKey] => {
          const kept = keptKey(state.registry, key);
          return [key, kept === null ? { state: "absent" } : { state: "present", values: { ...state.registry[kept] } }];
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

/** The registry of the practice server, to read and to change. Each change is in the file when it resolves. */
export function createPracticeRegistry(store: PracticeStore): RegistryReader & RegistryWriter {
  let written = 0;
  const withRegistry = (state: PracticeState, registry: Keys): PracticeState => ({ ...state, registry });
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
  return {
    readKeys: async (keys) => readerOf(await store.open()).readKeys(keys),
    listSubKeys: async (keys) => readerOf(await store.open()).listSubKeys(keys),
    async createKey(key) {
      const state = await store.open();
      const { registry, created } = withKey(state.registry, key);
      if (created.length > 0) await save(withRegistry(state, registry));
      return created;
    },
    async setValue(key, name, entry: RegistryEntry) {
      const state = await store.open();
      const kept = keptKey(state.registry, key);
      if (kept === null) {
        throw new InputProblem("no-key", "the registry key does not exist", key, "Create the key first.");
      }
      const values = { ...state.registry[kept] };
      values[keptValue(values, name) ?? name] = { ...entry };
      await save(withRegistry(state, { ...state.registry, [kept]: values }));
    },
    async deleteValue(key, name) {
      const state = await store.open();
      const kept = keptKey(state.registry, key);
      const values = kept === null ? {} : { ...state.registry[kept] };
      const value = keptValue(values, name);
      if (kept === null || value === null) return false;
      delete values[value];
      await save(withRegistry(state, { ...state.registry, [kept]: values }));
      return true;
    },
    async deleteKeyWhenEmpty(key) {
      const state = await store.open();
      const kept = keptKey(state.registry, key);
      if (kept === null || Object.keys(state.registry[kept] ?? {}).length > 0) return false;
      if (subKeyNames(state.registry, kept).length > 0) return false;
      const registry = { ...state.registry };
      delete registry[kept];
      await save(withRegistry(state, registry));
      return true;
    },
  };
}
