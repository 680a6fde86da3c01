import type { PlanRow } from "../../../electron/contract/change.ts";
import type { TlsRow } from "../../../electron/contract/state.ts";
import { shownValue } from "../../changes/shown-value.ts";

/**
 * The two figures of a row once the planned changes are made: "0, 1". Null when the plan leaves the row as it is. A value
 * the plan leaves alone keeps what was found.
 */
export function afterChange(row: TlsRow, plan: readonly PlanRow[]): string | null {
  const planned = plan.filter(({ finding }) => finding === row.finding);
  if (planned.length === 0) return null;
  return row.values
    .map((name, index) => {
      const change = planned.find((candidate) => candidate.name === name);
      return change === undefined ? (row.figures?.[index] ?? row.found) : shownValue(change.to);
    })
    .join(", ");
}
