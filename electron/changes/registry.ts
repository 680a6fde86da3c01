import type { RegistryData, RegistryKey, RegistryType } from "../recording/recording.ts";

/** The names of a key's sub-keys, or why there are none to give. */
export type SubKeys =
  | { readonly state: "present"; readonly names: readonly string[] }
  | { readonly state: "absent" }
  | { readonly state: "unreadable"; readonly reason: string };

/**
 * Reading the registry. Keys are full paths in the 64-bit view, `HKLM\…` or `HKU\…`, compared without regard to case.
 * Both methods answer for every key asked, under the name it was asked by, and take many keys at once, so that
 * a server where reading costs a process needs one process and not one a value.
 */
export interface RegistryReader {
  /** Each key's own values. */
  readKeys(keys: readonly string[]): Promise<ReadonlyMap<string, RegistryKey>>;
  /** Each key's sub-keys, by name. */
  listSubKeys(keys: readonly string[]): Promise<ReadonlyMap<string, SubKeys>>;
}

/** A value to write: its type and data, as a recording holds them. */
export interface RegistryEntry {
  readonly type: RegistryType;
  readonly data: RegistryData;
}

/** Writing the registry, in steps small enough that each can be journalled before and read back after. */
export interface RegistryWriter {
  /** Creates the key and the keys above it that are missing; gives those that were created, outermost first. */
  createKey(key: string): Promise<readonly string[]>;
  /** Sets a value of an existing key; the value's type is replaced with its data. */
  setValue(key: string, name: string, entry: RegistryEntry): Promise<void>;
  /** Deletes a value; false when it was not there. */
  deleteValue(key: string, name: string): Promise<boolean>;
  /** Deletes the key when it has neither values nor sub-keys; false when it stays or was not there. */
  deleteKeyWhenEmpty(key: string): Promise<boolean>;
}

/** The registry of a server that can be changed. */
export type Registry = RegistryReader & RegistryWriter;
