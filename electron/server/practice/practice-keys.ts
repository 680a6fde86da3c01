import { foldedAddress as folded, withoutEndBackslashes } from "../../recording/address-form.ts";
import type { PracticeState } from "./practice-state.ts";

/** The keys of a practice server with their values. */
export type Keys = PracticeState["registry"];

/** The name a key is kept under: as it was first written, found without regard to case; null when there is none. */
export function keptKey(registry: Keys, key: string): string | null {
  const wanted = folded(key);
  return Object.keys(registry).find((kept) => folded(kept) === wanted) ?? null;
}

/** The name a value is kept under, found without regard to case; null when there is none. */
export function keptValue(values: Readonly<Record<string, unknown>>, name: string): string | null {
  return Object.keys(values).find((kept) => kept.toLowerCase() === name.toLowerCase()) ?? null;
}

/** The names of the keys directly below a key. */
export function subKeyNames(registry: Keys, key: string): string[] {
  const prefix = `${folded(key)}\\`;
  return Object.keys(registry)
    .filter((kept) => kept.toLowerCase().startsWith(prefix) && !kept.includes("\\", prefix.length))
    .map((kept) => kept.slice(prefix.length));
}

/** The registry with this key and the keys above it. */
export function withKey(registry: Keys, key: string): Keys {
  const added: Keys = { ...registry };
  const parts = withoutEndBackslashes(key).split("\\");
  for (let depth = 2; depth <= parts.length; depth++) {
    const path = parts.slice(0, depth).join("\\");
    if (keptKey(added, path) === null) added[path] = {};
  }
  return added;
}

/** The nearest key above a key that is there; its hive at the least. */
export function keyAbove(registry: Keys, key: string): string {
  const parts = key.split("\\").slice(0, -1);
  while (parts.length > 1 && keptKey(registry, parts.join("\\")) === null) parts.pop();
  return parts.join("\\");
}
