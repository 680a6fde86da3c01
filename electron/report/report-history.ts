import type { JournalSummary, ShownValue } from "../contract/change.ts";
import { type InstallerOutcome, installerOutcome } from "../contract/installer-outcome.ts";
import { type JournalFacts, journalFactsOf, journalWords } from "../contract/journal-end.ts";
import type { Recording } from "../recording/recording.ts";
import { shownText } from "./shown-text.ts";

/** One journal of changes as a report tells it. */
export interface ReportChange {
  readonly id: string;
  /** When it was made; null where that was not recorded. */
  readonly at: string | null;
  /** "Change" or "Undo of …". */
  readonly what: string;
  readonly state: string;
  /** Who had it made; null where that was not kept. */
  readonly by: string | null;
  /** Why it failed, where it did. */
  readonly reason: string | null;
  /** What was set. From and to are null where only the place was recorded. */
  readonly values: readonly { readonly address: string; readonly from: string | null; readonly to: string | null }[];
}

/** One run of the installer in Change mode as a report tells it. */
export interface ReportRun {
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly outcome: string;
  readonly productCode: string;
  readonly log: string;
  readonly firstFailure: string;
  readonly secretsInLog: string;
  /** What its log told of causes. */
  readonly causes: readonly { readonly text: string; readonly lines: string }[];
}

/** The last check of Microsoft's cloud as a report tells it. */
export interface ReportCloud {
  readonly at: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}

const notRecorded = "not recorded";

/** A registry value as a report tells it: its data, and its type where that is not the plain one. */
function valueWords(value: ShownValue): string {
  if (value === "absent") return "absent";
  const data = typeof value.data === "object" ? value.data.join(" | ") : String(value.data);
  return value.type === "REG_DWORD" || value.type === "REG_SZ" ? data : `${data} (${value.type})`;
}

const stateWord = (journal: JournalFacts, all: readonly JournalFacts[]): string =>
  journalWords(journal, all).word.toLowerCase();

/** The changes of a server, newest first: its journals, and those its recording alone still knows. */
export function changesIn(journals: readonly JournalSummary[], recording: Recording): ReportChange[] {
  const known = new Set(journals.map(({ id }) => id));
  const told: ReportChange[] = journals.map((journal) => ({
    id: journal.id,
    at: journal.at,
    what: journal.kind === "undo" ? `Undo of ${journal.of ?? "a change"}` : "Change",
    state: stateWord(journal, journals),
    by: journal.by ?? null,
    reason: journal.reason,
    values: journal.changes.map(({ address, from, to }) => ({ address, from: valueWords(from), to: valueWords(to) })),
  }));
  const facts = recording.journal.map(journalFactsOf);
  const recorded: ReportChange[] = recording.journal.flatMap((entry, index) => {
    const one = facts[index];
    if (one === undefined || known.has(one.id)) return [];
    return [
      {
        id: entry.id ?? "no id recorded",
        at: entry.startedAt ?? entry.at ?? entry.endedAt ?? null,
        what: one.kind === "undo" ? `Undo of ${one.of ?? "a change"}` : "Change",
        state: entry.state ? stateWord(one, facts) : notRecorded,
        by: entry.by ?? null,
        reason: entry.reason ?? null,
        values: (entry.changes ?? []).map(({ address }) => ({ address, from: null, to: null })),
      },
    ];
  });
  return [...told, ...recorded].sort((one, other) => time(other.at) - time(one.at));
}

const outcomeWords: Readonly<Record<InstallerOutcome, string>> = {
  succeeded: "done",
  restartBegun: "done, Windows was restarted",
  restartNeeded: "done, Windows has to be restarted",
  cancelled: "cancelled",
  busy: "another installation was under way",
  failed: "failed",
};

function outcomeOf(exitCode: number | null | undefined): string {
  const outcome = installerOutcome(exitCode);
  return outcome === null ? notRecorded : `${exitCode}, ${outcomeWords[outcome]}`;
}

/** So many causes of a run are told, and so many lines of each. */
const shownCauses = 5;
const shownLines = 12;

/** The runs of the installer, newest first. */
export function runsIn(recording: Recording): ReportRun[] {
  const runs = recording.installerRuns.map((run) => ({
    startedAt: run.startedAt ?? null,
    endedAt: run.endedAt ?? null,
    outcome: outcomeOf(run.exitCode),
    productCode: run.productCode ?? notRecorded,
    log: run.log ?? notRecorded,
    firstFailure: run.firstFailure ?? "none",
    secretsInLog: run.secretsInLog === null || run.secretsInLog === undefined ? notRecorded : String(run.secretsInLog),
    causes: (run.causes ?? []).slice(0, shownCauses).map(({ text, lines }) => ({
      text: shownText(text),
      lines: (lines ?? [])
        .slice(0, shownLines)
        .map(({ line, text: told }) => `${line}  ${shownText(told, 300)}`)
        .join("\n"),
    })),
  }));
  return runs.sort((one, other) => time(other.endedAt ?? other.startedAt) - time(one.endedAt ?? one.startedAt));
}

/** The last check of Microsoft's cloud; null when none was made. */
export function cloudIn({ cloud }: Recording): ReportCloud | null {
  if (!cloud) return null;
  const attempt = (made: typeof cloud.signIn): string =>
    made ? (made.error ?? (made.ok ? "succeeded" : "failed")) : "not made";
  return {
    at: cloud.at,
    facts: [
      { label: "Sign-in", value: attempt(cloud.signIn) },
      { label: "Roles in the token", value: cloud.roles ? cloud.roles.join(", ") || "none" : "not known" },
      { label: "Mailbox", value: attempt(cloud.ews) },
      { label: "Application ID", value: cloud.applicationId ?? notRecorded },
      { label: "Tenant ID", value: cloud.tenantId ?? notRecorded },
      { label: "Mailbox asked", value: cloud.mailbox ?? notRecorded },
    ],
  };
}

function time(moment: string | null): number {
  return moment === null ? 0 : Date.parse(moment) || 0;
}
