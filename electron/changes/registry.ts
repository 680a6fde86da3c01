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

/** What shall stand at one place of the registry: a value, or none. */
export interface PlacedValue {
  readonly key: string;
  readonly name: string;
  readonly to: "absent" | RegistryEntry;
}

/**
 * Writing the registry, many at once, so that a server where writing costs a process needs one process and not one a
 * value. What is asked for was journalled before and is read back after: a call that rejects, or ends with its process,
 * may have done a part of its work.
 */
export interface RegistryWriter {
  /** Creates the keys, and those above them, that are missing. */
  createKeys(keys: readonly string[]): Promise<void>;
  /**
   * Puts each value where it shall stand: its type is replaced with its data, its key is created where it is missing.
   * The key of a value that shall be absent has to be there.
   */
  writeValues(values: readonly PlacedValue[]): Promise<void>;
  /** Deletes the keys that have neither values nor sub-keys, one after the other; the others stay. */
  deleteEmptyKeys(keys: readonly string[]): Promise<void>;
}

/** A key as it was read. One that is not there names the nearest key above it that is. */
export type FoundKey = Exclude<RegistryKey, { state: "absent" }> | { readonly state: "absent"; readonly below: string };

/** The registry of a server that can be changed. */
export interface Registry extends RegistryReader, RegistryWriter {
  readKeys(keys: readonly string[]): Promise<ReadonlyMap<string, FoundKey>>;
}
