import type { PlanRow } from "../../electron/contract/change.ts";

/**
 * The ids of the planned values that are set together with one, itself among them. The two values of a TLS protocol make
 * sense only as a pair: Windows reads both, and one alone leaves the protocol half on.
 */
export function takenWith(id: string, rows: readonly PlanRow[]): readonly string[] {
  const row = rows.find((one) => one.id === id);
  if (row === undefined || !/^tls\.1\./.test(row.finding)) return [id];
  return rows.filter(({ finding }) => finding === row.finding).map((one) => one.id);
}
