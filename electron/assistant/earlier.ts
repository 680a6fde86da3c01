import { compareChecklists } from "../checklist/compare-checklists.ts";
import type { Checklist } from "../contract/checklist.ts";
import type { Comparison } from "../contract/comparison.ts";
import type { Recording } from "../recording/recording.ts";
import type { Judged } from "./judged.ts";
import type { Session } from "./session.ts";

/** What a server is held against. */
export interface Earlier {
  readonly label: string;
  readonly origin: Comparison["before"]["origin"];
  readonly recording: Recording;
}

/** The earlier recording that was opened, else the first look of this session; null while there is nothing earlier. */
export function earlierOf(session: Session, { server, recording }: Judged): Earlier | null {
  const opened = session.openedBefore(server);
  if (opened !== null) return { label: opened.name, origin: "file", recording: opened.recording };
  const first = session.firstLook(server);
  if (first === null || first === recording) return null;
  return { label: "The first look of this session", origin: "session", recording: first };
}

/** What was seen and judged before against what is now. */
export function comparisonWith(
  { label, origin, recording }: Earlier,
  former: Checklist,
  now: Checklist,
  differences: Comparison["differences"],
): Comparison {
  return {
    before: { label, at: recording.recordedAt, origin, verdict: former.verdict },
    findings: compareChecklists(former, now),
    differences,
    leftOut: 0,
  };
}
