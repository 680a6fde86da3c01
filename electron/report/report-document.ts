import type { Checklist, Evidence, Source, Step } from "../contract/checklist.ts";
import { authenticationCaptions, mailServerCaptions } from "../contract/mail-server.ts";
import type { Status } from "../contract/status.ts";
import { worstStatus } from "../contract/status.ts";
import type { Target } from "../contract/target.ts";
import type { Recording } from "../recording/recording.ts";

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
  readonly evidence: readonly (Evidence & { readonly finding: string })[];
  readonly sources: readonly Source[];
  readonly gaps: readonly ReportGap[];
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
  readonly servers: readonly ReportServer[];
}

/** Makes the model of a report. Values are as they were read; it is each format's part to show them safely. */
export function buildReport(input: {
  readonly servers: readonly {
    readonly name: string;
    readonly recording: Recording;
    readonly checklist: Checklist;
    readonly target: Target;
  }[];
  readonly createdAt: Date;
  readonly version: string;
}): ReportDocument {
  const servers = input.servers.map(reportServer);
  return {
    title: "MIM mail configuration report",
    createdAt: input.createdAt.toISOString(),
    version: input.version,
    verdict: worstStatus(servers.map((server) => server.verdict)),
    servers,
  };
}

function reportServer(server: {
  readonly name: string;
  readonly recording: Recording;
  readonly checklist: Checklist;
  readonly target: Target;
}): ReportServer {
  const { name, recording, checklist, target } = server;
  const findings = checklist.steps.flatMap((step) => step.findings);
  const actual = (id: string): string => findings.find((finding) => finding.id === id)?.actual ?? "not judged";
  const windows = recording.windows;
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
    evidence: findings.flatMap((finding) => finding.evidence.map((evidence) => ({ ...evidence, finding: finding.id }))),
    sources: distinctSources(findings.flatMap((finding) => finding.sources)),
    gaps: gapsIn(recording),
    from: { recording, target, checklist },
  };
}

function targetFacts(target: Target): ReportFact[] {
  const confirmed = (value: boolean | undefined): string => (value ? "confirmed" : "not confirmed");
  const facts: (ReportFact | null)[] = [
    { label: "Mail server", value: mailServerCaptions[target.mailServer] },
    { label: "Authentication", value: authenticationCaptions[target.authentication] },
    { label: "Application ID", value: target.applicationId ?? "not entered" },
    { label: "Tenant ID", value: target.tenantId ?? "not entered" },
    { label: "Client secret expires", value: target.secretExpires ?? "not entered" },
    { label: "Service account", value: target.serviceAccount ?? "not entered" },
    { label: "Service e-mail address", value: target.serviceEmail ?? "not entered" },
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
  return facts.filter((fact) => fact !== null);
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
