import type { FindingId } from "../../../electron/contract/checklist.ts";
import type { State } from "../../../electron/contract/state.ts";

/** Time left as a clock shows it: "6:04"; "0:00" when it is over. In milliseconds. */
export function clockTime(left: number): string {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** What is looked at while one waits: each finding, as its row is called when it is there, when it is not yet, and when that cannot be read. */
const watched: readonly {
  readonly id: FindingId;
  readonly there: string;
  readonly missing: string;
  readonly closed?: string;
}[] = [
  { id: "verify.service", there: "service runs", missing: "service not as it should be" },
  { id: "verify.events", there: "no error event", missing: "an error event" },
  { id: "verify.token", there: "token there", missing: "no token yet", closed: "token not readable" },
];

/** What one look saw of what is waited for, in a line: "Service runs · no error event · no token yet". */
export function lookWords({ checklist }: Pick<State, "checklist">): string {
  const findings = checklist.steps.flatMap((step) => step.findings);
  const parts = watched.flatMap(({ id, there, missing, closed }) => {
    const status = findings.find((finding) => finding.id === id)?.status;
    if (status === undefined || status === "notApplicable") return [];
    if (status === "unknown" && closed !== undefined) return [closed];
    // Quiet so far is what one waits for, and no error.
    return [status === "done" || (id === "verify.events" && status === "pending") ? there : missing];
  });
  const line = parts.join(" · ");
  return line.charAt(0).toUpperCase() + line.slice(1);
}
