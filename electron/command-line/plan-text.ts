import { type StoredValue, shownStored } from "../changes/stored-value.ts";
import type { PlanRow, ShownValue } from "../contract/change.ts";
import { shownText } from "../report/shown-text.ts";
import { hanging, wrapped } from "./columns.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";
import type { PlannedServer } from "./planned-server.ts";

/** A plan for a terminal: the values that would change, by key, with what stands there and why. */
export function planText({ named, recording, profile, profileFrom, plan }: PlannedServer, io: Io): string {
  const paint = paintFor(io.colours);
  const title = `${shownText(named.server.label, 200)}: ${shownText(recording.computer, 120)}, profile ${profile}`;
  const lines = wrapped(`${paint.bold(title)} (${shownText(profileFrom, 200)})`, io.columns);
  const cells = plan.rows.map((row) => [row.name, shown(row.from), shown(row.to), row.id]);
  const heads = ["Value", "From", "To", "Id"];
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...cells.map((cell) => (cell[column] ?? "").length)),
  );
  const line = (cell: readonly string[]): string =>
    `  ${cell.map((text, column) => text.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd();
  let key = "";
  plan.rows.forEach((row, index) => {
    if (row.key !== key) {
      key = row.key;
      lines.push("", paint.bold(row.key), ...hanging("  ", 2, wrapped(row.why, io.columns - 2)));
      lines.push(paint.soft(line(heads)));
    }
    lines.push(line(cells[index] ?? []));
  });
  if (plan.notKnown.length > 0) {
    lines.push("", paint.bold("Could not be read, and is left alone"));
    for (const { address, reason } of plan.notKnown) lines.push(`  ${address}: ${shownText(reason, 200)}`);
  }
  lines.push("", summary(plan.rows));
  return `${lines.join("\n")}\n`;
}

function summary(rows: readonly PlanRow[]): string {
  if (rows.length === 0) return "Nothing to change.";
  const values = rows.length === 1 ? "1 value differs." : `${rows.length} values differ.`;
  return rows.some(({ restart }) => restart)
    ? `${values} Changes take effect after a restart of Windows.`
    : `${values} It takes effect when the service starts anew (apply --restart).`;
}

/** A value of the registry on one line, cut when it is long. */
export function shown(value: ShownValue): string {
  return shownText(shownStored(value as StoredValue), 60);
}
