import { progressOf } from "../../electron/contract/standing.ts";
import type { State } from "../../electron/contract/state.ts";
import { statusWords } from "../../electron/contract/status.ts";

/** The most changes that are read out one by one; more are counted. */
const readOut = 3;

/** What a screen reader says after a new state came: which findings changed, and how far the work is. */
export function changesIn(before: State | null, after: State): string {
  if (before === null || before.server.computer !== after.server.computer) return "";
  const old = new Map(
    before.checklist.steps.flatMap((step) => step.findings.map((finding) => [finding.id, finding.status])),
  );
  const changed = after.checklist.steps
    .flatMap((step) => step.findings)
    .filter((finding) => old.get(finding.id) !== finding.status);
  if (changed.length === 0) return "";
  if (changed.length > readOut) return `${changed.length} findings changed.`;
  return changed.map((finding) => `${finding.title}: ${statusWords[finding.status]}.`).join(" ");
}

/** What a screen reader says at the end of a look. */
export function endOfLook(before: State | null, after: State): string {
  const changes = changesIn(before, after);
  const { settled, all } = progressOf(after.checklist);
  return `Looked at ${after.server.computer}. ${changes === "" ? "" : `${changes} `}${settled} of ${all} checks done.`;
}
