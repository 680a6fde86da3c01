import { hasSmtpPlan, smtpPlan } from "../checklist/smtp-plan.ts";
import type { JournalSummary } from "../contract/change.ts";
import type { Checklist, Evidence, FindingId, Source, Step } from "../contract/checklist.ts";
import type { Comparison, Farm } from "../contract/comparison.ts";
import { ewsDecisionWords, ewsEndsOn } from "../contract/ews-retirement.ts";
import { findingsIn } from "../contract/findings.ts";
import { authenticationCaptions, isOffice365, mailServerCaptions } from "../contract/mail-server.ts";
import type { PictureContent, PictureSummary } from "../contract/picture.ts";
import type { SmtpPlan } from "../contract/smtp-plan.ts";
import type { Status } from "../contract/status.ts";
import { worstStatus } from "../contract/status.ts";
import { type Confirmation, isConfirmed, type Target } from "../contract/target.ts";
import type { Verification } from "../contract/verify.ts";
import type { Recording } from "../recording/recording.ts";
import { seenIn } from "../recording/seen.ts";
import { changesIn, cloudIn, type ReportChange, type ReportCloud, type ReportRun, runsIn } from "./report-history.ts";

/** A line of a list of facts: what it is, and what it says. */
export interface ReportFact {
  readonly label: string;
  readonly value: string;
}

/** Something a look could not read, and why. */
export interface ReportGap {
  readonly address: string;
  readonly reason: string;
}

/** A finding that someone accepted as it is. */
export interface ReportAcceptance {
  readonly finding: FindingId;
  readonly title: string;
  readonly status: Status;
  readonly reason: string;
  readonly by: string;
  readonly until: string;
}

/** A picture of a page of the installer, with the page's title as the installer has it. */
export interface ReportPicture extends Omit<PictureSummary, "page">, PictureContent {
  readonly title: string;
}

/** How many rows of each long list were left out of the model; the recording itself holds them all. */
export interface LeftOut {
  readonly evidence: number;
  readonly gaps: number;
  readonly changes: number;
  readonly runs: number;
  readonly findings: number;
  readonly differences: number;
  readonly timeline: number;
}

/** Everything a report says of one server. */
export interface ReportServer {
  /** The server as it was named: `live`, `practice` or a recording's file. */
  readonly name: string;
  readonly computer: string;
  readonly windows: string;
  readonly product: string;
  readonly build: string;
  /** When the server was looked at. */
  readonly lookedAt: string;
  /** How it was read, where that is worth knowing. */
  readonly tools: readonly string[];
  /** The day the checklist was judged for. */
  readonly today: string;
  readonly verdict: Status;
  readonly target: readonly ReportFact[];
  readonly steps: readonly Step[];
  readonly accepted: readonly ReportAcceptance[];
  /** Before against now; null where there is no before. */
  readonly comparison: Comparison | null;
  /** What was changed, newest first. */
  readonly changes: readonly ReportChange[];
  /** The runs of the installer, newest first. */
  readonly runs: readonly ReportRun[];
  readonly cloud: ReportCloud | null;
  /** The plan from Exchange Web Services to another way; null where none was begun. */
  readonly smtpPlan: SmtpPlan | null;
  /** The line of time and the trace switch; null where they were not asked for. */
  readonly verification: Verification | null;
  readonly pictures: readonly ReportPicture[];
  readonly evidence: readonly (Evidence & { readonly finding: string })[];
  readonly sources: readonly Source[];
  readonly gaps: readonly ReportGap[];
  readonly leftOut: LeftOut;
  /** What the rest was made from; for formats that a program reads. */
  readonly from: { readonly recording: Recording; readonly target: Target; readonly checklist: Checklist };
}

/** The one model of a report; every format is made from it. */
export interface ReportDocument {
  readonly title: string;
  /** The moment the report was made, ISO 8601. */
  readonly createdAt: string;
  /** The product's version. */
  readonly version: string;
  /** The worst of the servers' verdicts. */
  readonly verdict: Status;
  /** True when names were replaced before anything was written. */
  readonly masked: boolean;
  /** What a reader has to know of the report itself, a sentence each. */
  readonly notes: readonly string[];
  readonly servers: readonly ReportServer[];
  /** Several servers side by side; null for one. */
  readonly farm: Farm | null;
}

/** One server as it goes into a report. */
export interface ReportInput {
  readonly name: string;
  readonly recording: Recording;
  readonly checklist: Checklist;
  readonly target: Target;
  /** The journals in full; without them the report tells what the recording holds of them. */
  readonly journals?: readonly JournalSummary[];
  readonly comparison?: Comparison | null;
  readonly verification?: Verification | null;
  readonly pictures?: readonly ReportPicture[];
}

/** The longest lists a report shows of one server, so that a report stays readable whatever was recorded. */
export const listLimits: LeftOut = {
  evidence: 300,
  gaps: 200,
  changes: 50,
  runs: 50,
  findings: 100,
  differences: 200,
  timeline: 150,
};

const secretNote = "This report holds no secret: encrypted values and tokens are shown as present, never as text.";

/** Makes the model of a report. Values are as they were read; it is each format's part to show them safely. */
export function buildReport(input: {
  readonly servers: readonly ReportInput[];
  readonly createdAt: Date;
  readonly version: string;
  readonly farm?: Farm | null;
  readonly masked?: boolean;
  /** Further sentences about the report itself. */
  readonly notes?: readonly string[];
}): ReportDocument {
  const servers = input.servers.map(reportServer);
  return {
    title: "MIM mail configuration report",
    createdAt: input.createdAt.toISOString(),
    version: input.version,
    verdict: worstStatus(servers.map((server) => server.verdict)),
    masked: input.masked ?? false,
    notes: [secretNote, ...(input.notes ?? [])],
    servers,
    farm: input.farm ?? null,
  };
}

function reportServer(server: ReportInput): ReportServer {
  const { name, recording, checklist, target } = server;
  const findings = findingsIn(checklist);
  const actual = (id: string): string => findings.find((finding) => finding.id === id)?.actual ?? "not judged";
  const windows = recording.windows;
  const evidence = findings.flatMap((finding) => finding.evidence.map((one) => ({ ...one, finding: finding.id })));
  const gaps = gapsIn(recording);
  const changes = changesIn(server.journals ?? [], recording);
  const runs = runsIn(recording);
  const { comparison = null, verification = null } = server;
  const over = (list: keyof LeftOut, count: number): number => Math.max(0, count - listLimits[list]);
  return {
    name,
    computer: recording.computer,
    windows: [windows?.caption, windows?.build].filter(Boolean).join(", ") || (windows?.reason ?? "not recorded"),
    product: actual("server.product"),
    build: actual("server.build"),
    lookedAt: recording.recordedAt,
    tools: recording.tools ?? [],
    today: checklist.today,
    verdict: checklist.verdict,
    target: targetFacts(target),
    steps: checklist.steps,
    accepted: findings.flatMap(({ id, title, status, accepted }) =>
      accepted === null ? [] : [{ finding: id, title, status, ...accepted }],
    ),
    comparison: comparison && {
      ...comparison,
      findings: comparison.findings.slice(0, listLimits.findings),
      differences: comparison.differences.slice(0, listLimits.differences),
    },
    changes: changes.slice(0, listLimits.changes),
    runs: runs.slice(0, listLimits.runs),
    cloud: cloudIn(recording),
    smtpPlan: hasSmtpPlan({ target }) ? smtpPlan({ seen: seenIn(recording), target }) : null,
    verification: verification && {
      ...verification,
      timeline: verification.timeline.slice(0, listLimits.timeline),
    },
    pictures: server.pictures ?? [],
    evidence: evidence.slice(0, listLimits.evidence),
    sources: distinctSources(findings.flatMap((finding) => finding.sources)),
    gaps: gaps.slice(0, listLimits.gaps),
    leftOut: {
      evidence: over("evidence", evidence.length),
      gaps: over("gaps", gaps.length),
      changes: over("changes", changes.length),
      runs: over("runs", runs.length),
      findings: over("findings", comparison?.findings.length ?? 0),
      differences: (comparison?.leftOut ?? 0) + over("differences", comparison?.differences.length ?? 0),
      timeline: (verification?.leftOut ?? 0) + over("timeline", verification?.timeline.length ?? 0),
    },
    from: { recording, target, checklist },
  };
}

function targetFacts(target: Target): ReportFact[] {
  const confirmed = (value: Confirmation | undefined): string =>
    typeof value === "string" ? `confirmed on ${value}` : isConfirmed(value) ? "confirmed" : "not confirmed";
  return [
    { label: "Mail server", value: mailServerCaptions[target.mailServer] },
    { label: "Authentication", value: authenticationCaptions[target.authentication] },
    { label: "Application ID", value: target.applicationId ?? "not entered" },
    { label: "Tenant ID", value: target.tenantId ?? "not entered" },
    { label: "Client secret expires", value: target.secretExpires ?? "not entered" },
    { label: "Service account", value: target.serviceAccount ?? "not entered" },
    { label: "Service e-mail address", value: target.serviceEmail ?? "not entered" },
    ...(target.mailHost === undefined ? [] : [{ label: "Mail host", value: target.mailHost }]),
    ...(target.mailUseSsl === undefined
      ? []
      : [{ label: "Mail host with SSL", value: target.mailUseSsl ? "yes" : "no" }]),
    ...(isOffice365(target.mailServer)
      ? [
          {
            label: `End of Exchange Web Services, ${ewsEndsOn}`,
            value: target.ewsDecision === undefined ? "not decided" : ewsDecisionWords[target.ewsDecision],
          },
        ]
      : []),
    {
      label: "TLS profile",
      value: target.tlsProfile === "guide" ? "as in the guide" : "only what mail needs",
    },
    { label: "Backup", value: confirmed(target.backupConfirmed) },
    { label: "EWS allow list", value: confirmed(target.allowListConfirmed) },
    { label: "Mailbox", value: confirmed(target.mailboxConfirmed) },
    { label: "Costs of TLS 1.2 only", value: confirmed(target.tlsCostsConfirmed) },
    { label: "A notification arrived", value: target.mailConfirmed ?? "not confirmed" },
  ];
}

function distinctSources(sources: readonly Source[]): Source[] {
  const byUrl = new Map<string, Source>();
  for (const source of sources) {
    const known = byUrl.get(source.url);
    if (known === undefined || known.lookedAt < source.lookedAt) byUrl.set(source.url, source);
  }
  return [...byUrl.values()];
}

function gapsIn(recording: Recording): ReportGap[] {
  const sections = [recording.registry, recording.services, recording.files, recording.texts, recording.accounts];
  const gaps = sections.flatMap((section) =>
    Object.entries(section).flatMap(([address, fact]) =>
      fact.state === "unreadable" ? [{ address, reason: fact.reason }] : [],
    ),
  );
  if (recording.windows?.reason) gaps.push({ address: "Windows", reason: recording.windows.reason });
  if (recording.events?.state === "unreadable") gaps.push({ address: "Event log", reason: recording.events.reason });
  return gaps;
}
