import type { Checklist, Finding, FindingId } from "../contract/checklist.ts";
import type { ComparedFinding, Farm } from "../contract/comparison.ts";

type VerdictAt = ComparedFinding["now"];

/** True while something is left to do or to know of a finding, and nobody has accepted it. */
export function isOpen({ status, accepted }: Finding): boolean {
  return accepted === null && status !== "done" && status !== "notApplicable";
}

const verdictAt = ({ status, actual }: Finding): VerdictAt => ({ status, actual });

function findingsOf(checklist: Checklist): Finding[] {
  return checklist.steps.flatMap(({ findings }) => findings);
}

/**
 * What became of each finding between two checklists, in the checklist's order. Findings that are the same and not open
 * are left out. Both are to be judged with the same target and for the same day, so that only the server differs.
 */
export function compareChecklists(before: Checklist, now: Checklist): ComparedFinding[] {
  const earlier = new Map(findingsOf(before).map((finding) => [finding.id, finding]));
  return findingsOf(now).flatMap((finding): ComparedFinding[] => {
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

/** A server of a farm, judged. */
export interface FarmServer {
  readonly name: string;
  readonly computer: string;
  readonly lookedAt: string;
  readonly checklist: Checklist;
}

/**
 * Servers side by side: a row a finding, a cell a server. Two servers of one name are told apart by a number. They read
 * the same when the verdicts are of one status and say the same.
 */
export function farmOfServers(servers: readonly FarmServer[]): Farm {
  const names = distinctNames(servers.map(({ name }) => name));
  const [first] = servers;
  const byId = servers.map(
    ({ checklist }) => new Map<FindingId, Finding>(findingsOf(checklist).map((finding) => [finding.id, finding])),
  );
  return {
    servers: servers.map(({ computer, lookedAt, checklist }, index) => ({
      name: names[index] ?? "",
      computer,
      lookedAt,
      verdict: checklist.verdict,
    })),
    rows: (first === undefined ? [] : findingsOf(first.checklist)).map(({ id, title }) => {
      const cells = byId.map((findings): VerdictAt => {
        const finding = findings.get(id);
        return finding === undefined ? { status: "unknown", actual: "Not judged" } : verdictAt(finding);
      });
      const [one, ...others] = cells;
      const differs = others.some((other) => other.status !== one?.status || other.actual !== one.actual);
      return { finding: id, title, cells, differs };
    }),
  };
}

/** `a.json`, `a.json (2)`, `a.json (3)`, …; a name that is taken is never given. */
function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let distinct = name;
    for (let number = 2; taken.has(distinct.toLowerCase()); number += 1) distinct = `${name} (${number})`;
    taken.add(distinct.toLowerCase());
    return distinct;
  });
}
