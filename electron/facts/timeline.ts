import type { CloudCheck, InstallerRun, JournalEntry, RelayCheck } from "../contract/history.ts";
import { asksForRestart, installerOutcome } from "../contract/installer-outcome.ts";
import { type JournalFacts, journalFactsOf, journalWords } from "../contract/journal-end.ts";
import type { Target } from "../contract/target.ts";
import type { TimelineEntry, Verification } from "../contract/verify.ts";
import type { EventItem, Recording } from "../recording/recording.ts";
import { type Seen, seenIn } from "../recording/seen.ts";
import { lastChange, runSucceeded } from "./history.ts";
import { installerExit } from "./installer-exits.ts";
import { type MailEventKind, mailEventMeanings, mailEvents, mailEventsCountFrom, needsChange } from "./mail-events.ts";
import { type MailProof, mailProof } from "./mail-proof.ts";
import { plainLine } from "./plain-line.ts";
import { takesMail } from "./relay.ts";
import { mimService, serviceName } from "./service.ts";

/** As many entries as the line of time shows. */
export const timelineLimit = 200;

const titleLimit = 160;
const textLimit = 400;
const addressLimit = 300;
const personLimit = 100;

/** What an error of the check of Microsoft's cloud means, in words; null when that is not known. */
export type CloudMeaning = (error: string) => string | null;

/**
 * Everything that happened to the server's mail on one line of time, newest first: starts of Windows and of the service,
 * changes and undos, runs of the installer, checks of the cloud and of the relay, error events, what the administrator
 * confirmed, the look.
 * What has no time is left out. Texts of the server are cut and on one line. Never throws.
 */
export function timelineOf(
  recording: Recording,
  target: Target,
  meaningOf: CloudMeaning = () => null,
): Pick<Verification, "timeline" | "leftOut"> {
  const seen = seenIn(recording);
  const journals = recording.journal.map(journalFactsOf);
  const all = [
    ...lookMoments(recording),
    ...mailMoments(seen, target),
    ...confirmationMoments(target),
    ...cloudMoments(recording.cloud, meaningOf),
    ...relayMoments(recording.relay),
    ...eventMoments(seen),
    ...recording.installerRuns.flatMap(installerMoments),
    ...recording.journal.flatMap((entry) => journalMoments(entry, journals)),
    ...serviceMoments(seen),
    ...windowsMoments(recording),
  ];
  // The sort is stable: of one moment, what is listed first above comes first.
  const rows = rowsOf(all.sort((one, other) => other.time - one.time));
  return {
    timeline: rows.slice(0, timelineLimit).map(rowEntry),
    leftOut: Math.max(0, rows.length - timelineLimit),
  };
}

/** What an entry tells besides when; written out only for what is shown, for there may be tens of thousands. */
type Told = Pick<TimelineEntry, "kind" | "status" | "title"> &
  Partial<Pick<TimelineEntry, "detail" | "address" | "journal">> & { readonly by?: string | null | undefined };

/** One thing that happened. Events still know what they are, so that a row of the same can be told once. */
interface Moment {
  readonly at: string;
  readonly time: number;
  readonly tell: () => Told;
  readonly event: { readonly item: EventItem; readonly kind: MailEventKind; readonly counts: boolean } | null;
}

function moment(at: string | null | undefined, tell: () => Told, event: Moment["event"] = null): Moment[] {
  const time = Date.parse(at ?? "");
  return at && !Number.isNaN(time) ? [{ at, time, tell, event }] : [];
}

/** The entry of what was told: one line each, and no longer than it may be. */
function entryOf(at: string, { kind, status, title, detail, address, journal = null, by }: Told): TimelineEntry {
  const line = (text: string | null | undefined, limit: number): string | null =>
    text === null || text === undefined || text === "" ? null : plainLine(text, limit);
  return {
    at,
    kind,
    status,
    title: plainLine(title, titleLimit),
    detail: line(detail, textLimit),
    address: line(address, addressLimit),
    journal,
    ...(by ? { by: plainLine(by, personLimit) } : {}),
  };
}

function lookMoments(recording: Recording): Moment[] {
  return moment(recording.recordedAt, () => ({ kind: "look", status: "done", title: "The server was looked at" }));
}

function windowsMoments(recording: Recording): Moment[] {
  return moment(recording.windows?.startedAt, () => ({
    kind: "windowsStart",
    status: "done",
    title: "Windows started",
  }));
}

function serviceMoments(seen: Seen): Moment[] {
  const service = mimService(seen);
  if (service.state !== "present") return [];
  const { startedAt } = service.value;
  return moment(startedAt, () => {
    const changed = lastChange(seen);
    const stale = changed !== null && Date.parse(startedAt ?? "") <= Date.parse(changed);
    return {
      kind: "serviceStart",
      status: stale ? "attention" : "done",
      title: "The Forefront Identity Manager Service started",
      detail: stale ? "The server was changed after it: restart the service." : null,
      address: serviceName,
    };
  });
}

function journalMoments(entry: JournalEntry, all: readonly JournalFacts[]): Moment[] {
  return moment(entry.endedAt ?? entry.startedAt ?? entry.at, () => {
    const { work, happened, status, since } = journalWords(journalFactsOf(entry), all);
    return {
      kind: work === "undo" ? "undo" : "change",
      status: status === "notApplicable" ? "done" : status,
      title: happened,
      detail: since,
      address: entry.id ? `Journal ${entry.id}` : null,
      journal: entry.id ?? null,
      by: entry.by,
    };
  });
}

function installerMoments(run: InstallerRun): Moment[] {
  const { exitCode } = run;
  const address = run.log ?? null;
  if (exitCode === null || exitCode === undefined) {
    return moment(run.startedAt ?? run.endedAt, () => ({
      kind: "installer",
      status: "pending",
      title: "The installer was started in Change mode",
      detail: "No end of it was recorded when the server was looked at.",
      address,
    }));
  }
  return moment(run.endedAt ?? run.startedAt, () => {
    const secrets = run.secretsInLog ?? 0;
    const details = [
      run.firstFailure ? `First action that failed: ${plainLine(run.firstFailure, 100)}.` : null,
      secrets > 0 ? `Its log holds ${secrets === 1 ? "1 secret" : `${secrets} secrets`} in clear: clean it.` : null,
    ];
    const cancelled = installerOutcome(exitCode) === "cancelled";
    const succeeded = asksForRestart(exitCode) ? "attention" : "done";
    return {
      kind: "installer",
      // Who cancelled it wanted that: nothing is wrong with the server.
      status: secrets > 0 ? "action" : runSucceeded(run) ? succeeded : cancelled ? "attention" : "action",
      title: `The installer ended: ${installerExit(exitCode).cause} (exit code ${exitCode})`,
      detail: details.filter((detail) => detail !== null).join(" "),
      address,
    };
  });
}

function cloudMoments(cloud: CloudCheck | null | undefined, meaningOf: CloudMeaning): Moment[] {
  if (!cloud) return [];
  return moment(cloud.at, () => {
    const made = [
      { name: "the sign-in", attempt: cloud.signIn },
      { name: "the mailbox", attempt: cloud.ews },
    ].flatMap(({ name, attempt }) => (attempt ? [{ name, attempt }] : []));
    const faults = made.filter(({ attempt }) => attempt.error !== undefined || attempt.ok === false);
    const details = faults.map(({ attempt: { error = "refused without a reason" } }) => {
      const meaning = meaningOf(error);
      return plainLine(error, 150) + (meaning === null ? "" : `: ${plainLine(meaning, 200)}`);
    });
    const [fault] = faults;
    const well = made.length === 0 ? "nothing was recorded" : `${made.map(({ name }) => name).join(" and ")} succeeded`;
    return {
      kind: "cloudCheck",
      status: fault !== undefined ? "action" : made.length === 0 ? "unknown" : "done",
      title: `Microsoft’s cloud was asked: ${fault === undefined ? well : `${fault.name} failed`}`,
      detail: details.join("; "),
    };
  });
}

/** What the relay answered is told with its cause by the finding; here whether it takes the mail. */
function relayMoments(relay: RelayCheck | null | undefined): Moment[] {
  if (!relay) return [];
  return moment(relay.at, () => {
    const ready = takesMail(relay);
    return {
      kind: "relayCheck",
      status: ready ? "done" : "action",
      title: `The relay ${relay.host} was asked: it ${ready ? "takes the mail" : "does not take the mail"}`,
      detail: relay.detail ?? relay.windows?.detail ?? null,
      address: `${relay.host}:${relay.port}`,
    };
  });
}

/** What only the administrator could know, by the confirmation that says it. */
const confirmed = {
  backupConfirmed: "The administrator confirmed a backup",
  tlsCostsConfirmed: "The administrator weighed what TLS 1.2 alone breaks",
  allowListConfirmed: "The administrator confirmed the allow list",
  mailboxConfirmed: "The administrator confirmed the mailbox",
} as const satisfies Partial<Readonly<Record<keyof Target, string>>>;

function confirmationMoments(target: Target): Moment[] {
  return Object.entries(confirmed).flatMap(([field, title]) => {
    const day = target[field as keyof typeof confirmed];
    if (typeof day !== "string") return [];
    return moment(`${day}${noon}`, () => ({ kind: "confirmation", status: "done", title }));
  });
}

/** A day has no time: it stands at noon, between what was done in the morning and what came after. */
const noon = "T12:00:00Z";

const mailDetails: Readonly<Record<MailProof, string>> = {
  proof: "The time of day is not known.",
  inTheFuture: "That is after this look.",
  beforeTheChange: "That is before the last change: it proves nothing of the server as it is now.",
  beforeTheStart: "That is before the service last started: it proves nothing of the server as it is now.",
};

function mailMoments(seen: Seen, { mailConfirmed: day }: Target): Moment[] {
  if (day === undefined) return [];
  const proof = mailProof(seen, day, seen.recording.recordedAt.slice(0, 10));
  return moment(`${day}${noon}`, () => ({
    kind: "mail",
    status: proof === "proof" ? "done" : "attention",
    title: "A notification arrived, as the administrator confirmed",
    detail: `Confirmed for ${day}. ${mailDetails[proof]}`,
  }));
}

function eventMoments(seen: Seen): Moment[] {
  const events = mailEvents(seen);
  if (events.state !== "present") return [];
  const countsFrom = mailEventsCountFrom(seen);
  return events.value.flatMap(({ event: item, kind }) => {
    const counts = countsFrom === null || Date.parse(item.at) >= countsFrom;
    return moment(
      item.at,
      () => ({
        kind: "event",
        // What came before the last start or change is history: nothing is to be changed for it.
        status: counts ? (needsChange(kind) ? "action" : "attention") : "notApplicable",
        title: `Event ${item.id}: ${mailEventMeanings[kind]}`,
        detail: counts
          ? item.text
          : `It came before the last start or change and does not count any more. ${item.text}`,
        address: `${item.log}, ${item.provider}`,
      }),
      { item, kind, counts },
    );
  });
}

/**
 * The moments in rows. While nothing else happens, each event is told once with how often it came: a service that fails
 * writes its pair of events every few minutes, and must not push everything else off the line.
 */
function rowsOf(newestFirst: readonly Moment[]): [Moment, ...Moment[]][] {
  const rows: [Moment, ...Moment[]][] = [];
  let stretch = new Map<string, [Moment, ...Moment[]]>();
  for (const next of newestFirst) {
    if (next.event === null) {
      stretch = new Map();
      rows.push([next]);
      continue;
    }
    const { item, kind, counts } = next.event;
    const same = [kind, counts, item.id, item.log, item.provider, item.text].join("\u0000");
    const row = stretch.get(same);
    if (row === undefined) {
      const begun: [Moment] = [next];
      stretch.set(same, begun);
      rows.push(begun);
    } else row.push(next);
  }
  return rows;
}

function rowEntry([newest, ...older]: readonly [Moment, ...Moment[]]): TimelineEntry {
  const told = newest.tell();
  const oldest = older.at(-1);
  if (oldest === undefined) return entryOf(newest.at, told);
  const title = `${told.title} (${older.length + 1} times)`;
  return entryOf(newest.at, { ...told, title, detail: `The first of them at ${oldest.at}. ${told.detail ?? ""}` });
}
