import type { ShownValue } from "../../electron/contract/change.ts";

/** One value that is changed, wherever it stands. */
export interface AddressedChange {
  /** `<key>\<name>`. */
  readonly address: string;
  readonly from: ShownValue;
  readonly to: ShownValue;
}

/** The values of one key that are changed. */
export interface KeyChanges {
  readonly key: string;
  readonly values: readonly { readonly name: string; readonly from: ShownValue; readonly to: ShownValue }[];
}

/** Changes gathered by their key, keys and values in the order they came. */
export function byKey(changes: readonly AddressedChange[]): KeyChanges[] {
  const keys = new Map<string, KeyChanges["values"]>();
  for (const { address, from, to } of changes) {
    const end = address.lastIndexOf("\\");
    const key = address.slice(0, end);
    keys.set(key, [...(keys.get(key) ?? []), { name: address.slice(end + 1), from, to }]);
  }
  return [...keys].map(([key, values]) => ({ key, values }));
}
