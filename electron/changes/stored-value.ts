import type { RegistryKey } from "../recording/recording.ts";
import type { RegistryEntry } from "./registry.ts";

/** What stands at one place of the registry: nothing, or a type and its data. */
export type StoredValue = "absent" | RegistryEntry;

/** True when both are absent, or the same down to type and data. */
export function sameValue(one: StoredValue, other: StoredValue): boolean {
  if (one === "absent" || other === "absent") return one === other;
  return one.type === other.type && JSON.stringify(one.data) === JSON.stringify(other.data);
}

/** A value of a key as read; null when it cannot be told: the key could not be read, or the value is redacted. */
export function storedIn(key: RegistryKey | undefined, name: string): StoredValue | null {
  if (key === undefined || key.state === "unreadable") return null;
  if (key.state === "absent") return "absent";
  const found = Object.entries(key.values).find(([stored]) => stored.toLowerCase() === name.toLowerCase());
  if (found === undefined) return "absent";
  return "data" in found[1] ? { type: found[1].type, data: found[1].data } : null;
}

/** A stored value as a person reads it. */
export function shownStored(value: StoredValue): string {
  if (value === "absent") return "not set";
  const data = typeof value.data === "object" ? value.data.join(" | ") : String(value.data);
  return `${value.type} ${data}`;
}
