import type { CloudRow, CloudState } from "../../electron/contract/cloud.ts";
import { statuses, statusWords } from "../../electron/contract/status.ts";
import { counted } from "../changes/change-words.ts";

/** The row that weighs most: the one to be mended first. Undefined when there is none. */
function gravest(rows: readonly CloudRow[]): CloudRow | undefined {
  const weight = ({ status }: CloudRow): number => statuses.indexOf(status);
  return rows.reduce<CloudRow | undefined>(
    (worst, row) => (worst === undefined || weight(row) < weight(worst) ? row : worst),
    undefined,
  );
}

/** How a check of Microsoft's cloud ended, in one sentence: that all is well, or what is to be mended first. */
export function outcomeSentence(rows: readonly CloudRow[]): string {
  const worst = gravest(rows);
  const done = rows.filter(({ status }) => status === "done").length;
  if (worst === undefined || worst.status === "notApplicable") return "Microsoft’s cloud was asked; nothing applied.";
  if (worst.status === "done") return `Microsoft’s cloud was asked: ${counted(done, "check")} done, nothing to change.`;
  return `${worst.title}, ${statusWords[worst.status].toLowerCase()}: ${worst.text.replace(/\.$/, "")}.`;
}

/**
 * In what a kept check differs from what would be asked now: the names of the parts that are others. Empty when it
 * cannot be told.
 */
export function partsThatDiffer({ last, question }: Pick<CloudState, "last" | "question">): string[] {
  if (last === null || question === null) return [];
  const differs = (kept: string | null | undefined, now: string | null): boolean =>
    kept !== undefined && (kept ?? "").toLowerCase() !== (now ?? "").toLowerCase();
  return [
    ...(differs(last.applicationId, question.applicationId) ? ["application"] : []),
    ...(differs(last.tenantId, question.tenantId) ? ["tenant"] : []),
    ...(differs(last.mailbox, question.mailbox) ? ["mailbox"] : []),
  ];
}

/** What is to be said when the check that is shown was made with something else than what is wanted now. */
export function unfitWords(cloud: Pick<CloudState, "last" | "question">): string {
  const parts = partsThatDiffer(cloud);
  const what = parts.length === 0 ? "something else" : `another ${parts.join(" and another ")}`;
  return `It was made with ${what} than wanted now, so it says nothing of this. Ask again.`;
}
