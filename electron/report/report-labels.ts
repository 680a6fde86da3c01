import { isOpen } from "../checklist/compare-checklists.ts";
import type { Finding } from "../contract/checklist.ts";
import type { ComparedFinding, FarmSetting } from "../contract/comparison.ts";
import { statuses } from "../contract/status.ts";
import type { TimelineEntry } from "../contract/verify.ts";
import type { ReportServer } from "./report-document.ts";

/** What became of a finding, in words; the same in every format. */
export const becameWords: Readonly<Record<ComparedFinding["became"], string>> = {
  fixed: "Fixed",
  new: "New",
  open: "Still open",
  changed: "Changed",
};

/** What happened on the line of time, in words. */
export const timelineWords: Readonly<Record<TimelineEntry["kind"], string>> = {
  windowsStart: "Windows started",
  serviceStart: "Service started",
  change: "Change",
  undo: "Undo",
  installer: "Installer",
  cloudCheck: "Cloud check",
  event: "Event",
  mail: "Mail",
  look: "Look",
  relayCheck: "Relay check",
  confirmation: "Confirmation",
};

/** Who did it, behind what was done: ", by CONTOSO\anna"; nothing where that was not kept. */
export function byWords(by: string | null | undefined): string {
  return by ? `, by ${by}` : "";
}

/** The findings of a server that are open, the worst first. */
export function openFindings(server: ReportServer): Finding[] {
  return server.steps
    .flatMap((step) => step.findings.filter(isOpen))
    .sort((one, other) => statuses.indexOf(one.status) - statuses.indexOf(other.status));
}

/** What comparing came to: "2 fixed, 1 still open". Empty lists give "no finding differs". */
export function comparisonWords(server: ReportServer): string {
  const found = server.comparison?.findings ?? [];
  const count = (became: ComparedFinding["became"]): number => found.filter((one) => one.became === became).length;
  const parts = (["fixed", "new", "open", "changed"] as const).flatMap((became) =>
    count(became) === 0 ? [] : [`${count(became)} ${becameWords[became].toLowerCase()}`],
  );
  return parts.length === 0 ? "No finding differs and none is open." : `${parts.join(", ")}.`;
}

/** The sentence below a list that was cut; null for one that is whole. */
export function leftOutWords(count: number, what: string): string | null {
  if (count === 0) return null;
  const shown = count.toLocaleString("en-US");
  return `${shown} more ${what} not listed here; the JSON report holds the recording they come from.`;
}

/** True for a setting that nodes of one service have otherwise. */
export function settingDiffers({ status }: FarmSetting): boolean {
  return status === "action" || status === "attention";
}
