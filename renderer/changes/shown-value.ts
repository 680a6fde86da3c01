import type { ShownValue } from "../../electron/contract/change.ts";

/** What stands at a place of the registry, as a person reads it. The type is said where it is not the usual one. */
export function shownValue(value: ShownValue): string {
  if (value === "absent") return "not set";
  const data = typeof value.data === "object" ? value.data.join(" | ") : String(value.data);
  return value.type === "REG_DWORD" ? data : `${data} (${value.type})`;
}
