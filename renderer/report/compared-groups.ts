import type { ComparedFinding } from "../../electron/contract/comparison.ts";

/** What became of some findings: a group's heading, what it means, and its findings. */
export interface ComparedGroup {
  readonly became: ComparedFinding["became"];
  readonly title: string;
  /** What is said when none belongs to it; null when the group is then left out. */
  readonly none: string | null;
  readonly findings: readonly ComparedFinding[];
}

const groups: readonly Omit<ComparedGroup, "findings">[] = [
  { became: "fixed", title: "Fixed", none: "Nothing was fixed since." },
  { became: "new", title: "New", none: "Nothing new is open." },
  { became: "open", title: "Still open", none: "Nothing is still open." },
  { became: "changed", title: "Details changed", none: null },
];

/** The findings of a comparison by what became of them; a group without any says so or is left out. */
export function comparedGroups(findings: readonly ComparedFinding[]): ComparedGroup[] {
  return groups
    .map((group) => ({ ...group, findings: findings.filter(({ became }) => became === group.became) }))
    .filter((group) => group.none !== null || group.findings.length > 0);
}
