import type { CloudPart, CloudRow } from "../../electron/contract/cloud.ts";
import { statuses, statusWords } from "../../electron/contract/status.ts";
import { counted } from "../ui/phrases.ts";

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

/** What is to be said when the check that is shown was made with something else than what is wanted now. */
export function unfitWords(parts: readonly CloudPart[]): string {
  // A sign-in is an application's, whichever mailbox was asked.
  const counts = parts.every((part) => part === "mailbox")
    ? ": its sign-in counts, what the mailbox answered does not"
    : ", so it says nothing of this";
  return `It was made with another ${parts.join(" and another ")} than wanted now${counts}. Ask again.`;
}
