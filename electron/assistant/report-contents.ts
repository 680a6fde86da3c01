import { farmOfServers } from "../checklist/farm.ts";
import { judge } from "../checklist/judge.ts";
import type { JournalSummary } from "../contract/change.ts";
import type { Checklist } from "../contract/checklist.ts";
import type { Comparison, Farm } from "../contract/comparison.ts";
import type { ReportOptions } from "../contract/report.ts";
import type { Target } from "../contract/target.ts";
import { areaTitles, compareRecordings, serverDifferences } from "../recording/compare.ts";
import type { Recording } from "../recording/recording.ts";
import { redactRecording } from "../recording/redact.ts";
import { createMask, type Mask } from "../report/mask-names.ts";
import { buildReport, type ReportDocument, type ReportInput } from "../report/report-document.ts";
import type { Server } from "../server/server.ts";
import { journalsOf } from "./changeable.ts";
import { comparisonWith, type Earlier } from "./earlier.ts";
import { type Judged, targetBefore } from "./judged.ts";
import { type ReportedPictures, reportedPictures } from "./reported-pictures.ts";
import { judgedAs } from "./server-labels.ts";
import { verificationOf } from "./verification.ts";

/** A server that goes into a report, as it was looked at. */
export interface ReportedServer {
  /** As it was named: `live`, `practice`, a recording's file or another computer. */
  readonly name: string;
  readonly server: Pick<Server, "local" | "askElevated" | "elevated">;
  readonly recording: Recording;
  readonly target: Target;
  readonly journals: readonly JournalSummary[];
  /** What to hold it against; null for nothing. */
  readonly before: (Earlier & { readonly target: Target }) | null;
  readonly pictures: ReportedPictures;
}

/** A judged server with what a report shows beside the verdicts: its journals, its pictures, and what was before. */
export async function reportedServer(judged: Judged, before: Earlier | null, home: string): Promise<ReportedServer> {
  const { server, recording, target, checklist } = judged;
  return {
    name: checklist.server,
    server,
    recording,
    target,
    journals: await journalsOf(server),
    before: before && { ...before, target: targetBefore(judged, before.recording) },
    pictures: await reportedPictures(home, server, target),
  };
}

/** A recording shown beside a single server. */
interface Beside {
  readonly name: string;
  readonly recording: Recording;
  readonly target: Target;
}

export interface ReportContents {
  readonly servers: readonly ReportedServer[];
  /** Recordings shown beside a single server, each with what is wanted of it. */
  readonly beside?: readonly Beside[];
  /** Servers that could not be looked at. */
  readonly failed?: Farm["failed"];
  /** Further sentences about the report itself. */
  readonly notes?: readonly string[];
  /** The day to judge for, `YYYY-MM-DD`. */
  readonly today: string;
  readonly createdAt: Date;
  readonly version: string;
  readonly options: ReportOptions;
}

/**
 * Makes the model of a report from what was seen. Names are masked first, where that is asked for, and everything else
 * is judged and compared from what is masked: so nothing the report says of a server can hold a name.
 */
export function reportContents(contents: ReportContents): ReportDocument {
  const { options, today, createdAt, version } = contents;
  const clean = contents.servers.map((server) => ({
    ...server,
    recording: redactRecording(server.recording),
    before: server.before && { ...server.before, recording: redactRecording(server.before.recording) },
  }));
  const beside = (contents.beside ?? []).map((other) => ({ ...other, recording: redactRecording(other.recording) }));
  const { servers, others, mask } = options.maskNames
    ? maskedOf(clean, beside)
    : { servers: clean, others: beside, mask: null };

  const judged = servers.map((server) => ({ server, checklist: judgedFor(server, today) }));
  const failed = (contents.failed ?? []).map((one) => (options.maskNames ? { ...one, name: "One server" } : one));
  const notes = [
    ...(contents.notes ?? []),
    ...failed.map(({ name, message, cure }) => `${name} could not be looked at: ${message}. ${cure}`),
    ...(mask?.notes ?? []),
  ];
  if (options.maskNames && options.pictures && clean.some(({ pictures }) => pictures.pictures.length > 0)) {
    notes.push("Pictures are left out, because names in a picture cannot be masked.");
  }
  const noRoom = clean.reduce((sum, { pictures }) => sum + pictures.leftOut, 0);
  if (options.pictures && !options.maskNames && noRoom > 0) {
    notes.push(`${noRoom} more pictures had no room in this report; they are kept with the program's data.`);
  }
  const inputs = judged.map(({ server, checklist }): ReportInput => {
    const { name, recording, target, journals, before, pictures } = server;
    return {
      name,
      recording,
      target,
      checklist,
      journals: mask === null ? journals : mask.value(journals),
      comparison: options.before && before !== null ? comparedWith(before, server, checklist, today) : null,
      verification: verificationOf({ recording, target }),
      pictures: options.pictures && !options.maskNames ? pictures.pictures : [],
    };
  });
  const farm = farmFor(judged, others, failed, today);
  return buildReport({ servers: inputs, createdAt, version, farm, masked: options.maskNames, notes });
}

/** A server as the mask shows it: a recording's file has a name of its own, which may be a person's or a computer's. */
function maskedOf(
  servers: readonly ReportedServer[],
  beside: readonly Beside[],
): {
  readonly servers: readonly ReportedServer[];
  readonly others: readonly Beside[];
  readonly mask: Mask;
} {
  const befores = servers.flatMap(({ before }) => (before === null ? [] : [before.recording]));
  const mask = createMask({
    recordings: [...[...servers, ...beside].map(({ recording }) => recording), ...befores],
    targets: [
      ...[...servers, ...beside].map(({ target }) => target),
      ...servers.flatMap(({ before }) => (before === null ? [] : [before.target])),
    ],
  });
  let files = 0;
  const nameOf = (): string => {
    files += 1;
    return `recording ${files}`;
  };
  return {
    mask,
    servers: servers.map((server) => ({
      ...server,
      name: server.server.local ? server.name : nameOf(),
      recording: mask.recording(server.recording),
      target: mask.target(server.target),
      before: server.before && {
        ...server.before,
        label: server.before.origin === "file" ? "An earlier recording" : server.before.label,
        recording: mask.recording(server.before.recording),
        target: mask.target(server.before.target),
      },
    })),
    others: beside.map(({ recording, target }) => ({
      name: nameOf(),
      recording: mask.recording(recording),
      target: mask.target(target),
    })),
  };
}

type AsReported = Pick<ReportedServer, "name" | "server" | "recording" | "target">;

function judgedFor({ name, server, recording, target }: AsReported, today: string): Checklist {
  return judge({ recording, target, today, server: judgedAs(server, name) });
}

function comparedWith(
  before: NonNullable<ReportedServer["before"]>,
  server: ReportedServer,
  now: Checklist,
  today: string,
): Comparison {
  const { recording, target } = before;
  const former = judgedFor({ ...server, recording, target }, today);
  const differences = serverDifferences(compareRecordings(recording, server.recording));
  const named = differences.map(({ area, ...difference }) => ({ area: areaTitles[area], ...difference }));
  return comparisonWith(before, former, now, named);
}

function farmFor(
  judged: readonly { readonly server: ReportedServer; readonly checklist: Checklist }[],
  others: readonly Beside[],
  failed: Farm["failed"],
  today: string,
): Farm | null {
  const [first] = judged;
  if (first === undefined || judged.length + others.length < 2) return null;
  const beside = others.map(({ name, recording, target }) => ({
    name,
    recording,
    checklist: judge({ recording, target, today, server: { name } }),
    target,
  }));
  return farmOfServers([...judged.map(({ server, checklist }) => ({ ...server, checklist })), ...beside], failed);
}
