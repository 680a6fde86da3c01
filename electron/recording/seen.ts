import { foldedAddress } from "./address-form.ts";
import { absent, type Fact, notRecorded, present, unreadable } from "./fact.ts";
import type { Recording, RegistryValue, ServiceFact } from "./recording.ts";

/** A recording that can be asked by address: keys, names, paths and accounts compared without regard to case. */
export interface Seen {
  readonly recording: Recording;
  /** The values of a registry key, by name. */
  readonly key: (path: string) => Fact<Readonly<Record<string, RegistryValue>>>;
  /** One value of a registry key; the key's state when the key itself is not there or not known. */
  readonly value: (path: string, name: string) => Fact<RegistryValue>;
  /** The recorded keys directly below a key, as full paths, in the recording's order. */
  readonly subKeys: (path: string) => readonly string[];
  /** A file or folder; present gives its file version, null when it has none. */
  readonly file: (path: string) => Fact<string | null>;
  readonly text: (path: string) => Fact<string>;
  /** The SID of an account. */
  readonly account: (name: string) => Fact<string>;
  readonly service: (name: string) => Fact<Extract<ServiceFact, { state: "present" }>>;
}

/** Values of one section by lower-case address; the first of two that differ only in case wins. */
function indexed<Value>(section: Readonly<Record<string, Value>>): () => Map<string, Value> {
  let index: Map<string, Value> | null = null;
  return () => {
    if (index === null) {
      index = new Map();
      for (const [path, value] of Object.entries(section)) {
        const address = foldedAddress(path);
        if (!index.has(address)) index.set(address, value);
      }
    }
    return index;
  };
}

type Recorded = { readonly state: "present" | "absent" } | { readonly state: "unreadable"; readonly reason: string };

function factOf<Entry extends Recorded, Value>(
  address: string,
  entry: Entry | undefined,
  value: (entry: Extract<Entry, { readonly state: "present" }>) => Value,
): Fact<Value> {
  if (entry === undefined) return notRecorded(address);
  if (entry.state === "absent") return absent(address);
  if (entry.state === "unreadable") return unreadable(address, entry.reason);
  return present(address, value(entry as Extract<Entry, { readonly state: "present" }>));
}

/** Opens a recording for questions. Cheap: each section is indexed at the first question about it. */
export function seenIn(recording: Recording): Seen {
  const registry = indexed(recording.registry);
  const files = indexed(recording.files);
  const texts = indexed(recording.texts);
  const accounts = indexed(recording.accounts);
  const services = indexed(recording.services);

  const key = (path: string): Fact<Readonly<Record<string, RegistryValue>>> =>
    factOf(path, registry().get(foldedAddress(path)), (entry) => entry.values);

  return {
    recording,
    key,
    value: (path, name) => {
      const address = `${path}\\${name}`;
      const values = key(path);
      if (values.state !== "present") return { ...values, address };
      const wanted = name.toLowerCase();
      const found = Object.entries(values.value).find(([recorded]) => recorded.toLowerCase() === wanted);
      return found === undefined ? absent(address) : present(address, found[1]);
    },
    subKeys: (path) => {
      const parent = `${foldedAddress(path)}\\`;
      return Object.keys(recording.registry).filter((recorded) => {
        const address = foldedAddress(recorded);
        return address.startsWith(parent) && !address.includes("\\", parent.length);
      });
    },
    file: (path) => factOf(path, files().get(foldedAddress(path)), (entry) => entry.version ?? null),
    text: (path) => factOf(path, texts().get(foldedAddress(path)), (entry) => entry.text),
    account: (name) => factOf(name, accounts().get(foldedAddress(name)), (entry) => entry.sid),
    service: (name) => factOf(name, services().get(foldedAddress(name)), (entry) => entry),
  };
}

/** The text of a REG_SZ or REG_EXPAND_SZ value; null for other types and for redacted values. */
export function textOf(value: RegistryValue): string | null {
  return "data" in value && typeof value.data === "string" ? value.data : null;
}

/** The number of a REG_DWORD or REG_QWORD value; null for other types. */
export function numberOf(value: RegistryValue): number | null {
  return "data" in value && typeof value.data === "number" ? value.data : null;
}

/** True when a value holds nothing: no text, no items. A redacted value holds something. */
export function isEmpty(value: RegistryValue): boolean {
  return "data" in value && typeof value.data !== "number" && value.data.length === 0;
}

/** A value as a person reads it; a redacted one never shows its text. */
export function shownValue(value: RegistryValue): string {
  if (!("data" in value)) return value.looksEncrypted ? "present, encrypted" : "present, not shown";
  const data = typeof value.data === "object" ? value.data.join(" | ") : String(value.data);
  return value.type === "REG_DWORD" || value.type === "REG_SZ" ? data : `${data} (${value.type})`;
}

/** A value as it is stored: its type, and a number's data as the registry editor writes it; null for one that is redacted. */
export function rawValue(value: RegistryValue): string | null {
  if (!("data" in value)) return null;
  const { type, data } = value;
  if (typeof data === "number") return `${type} 0x${data.toString(16).padStart(type === "REG_QWORD" ? 16 : 8, "0")}`;
  return type;
}
