import type { Checklist, Finding } from "../contract/checklist.ts";
import type { ComparedFinding } from "../contract/comparison.ts";
import { findingsIn } from "../contract/findings.ts";

type VerdictAt = ComparedFinding["now"];

/** True while something is left to do or to know of a finding, and nobody has accepted it. */
export function isOpen({ status, accepted }: Finding): boolean {
  return accepted === null && status !== "done" && status !== "notApplicable";
}

const verdictAt = ({ status, actual }: Finding): VerdictAt => ({ status, actual });

/**
 * What became of each finding between two checklists, in the checklist's order. Findings that are the same and not open
 * are left out. Both are to be judged with the same target and for the same day, so that only the server differs.
 */
export function compareChecklists(before: Checklist, now: Checklist): ComparedFinding[] {
  const earlier = new Map(findingsIn(before).map((finding) => [finding.id, finding]));
  return findingsIn(now).flatMap((finding): ComparedFinding[] => {
    const former = earlier.get(finding.id);
    if (former === undefined) return [];
    const became = becomes(former, finding);
    if (became === null) return [];
    const { id, title } = finding;
    return [{ finding: id, title, became, before: verdictAt(former), now: verdictAt(finding) }];
  });
}

function becomes(before: Finding, now: Finding): ComparedFinding["became"] | null {
  if (isOpen(now)) return isOpen(before) ? "open" : "new";
  if (isOpen(before)) return "fixed";
  return before.status === now.status && before.actual === now.actual ? null : "changed";
}
