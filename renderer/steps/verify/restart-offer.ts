import type { State } from "../../../electron/contract/state.ts";
import { interruptedIn } from "../../changes/journal-labels.ts";

/**
 * Whether the MIM Service can be restarted from here and whether it has to be. `refusal` says why not, null when it can.
 */
export interface RestartOffer {
  readonly refusal: string | null;
  /** True when the service has not started since the last change, or does not run. */
  readonly needed: boolean;
  /** How the service stands, as the checklist found it. */
  readonly found: string;
}

/** What can be offered about the service; null where there is no such service to start. */
export function restartOffer({ checklist, changes }: Pick<State, "checklist" | "changes">): RestartOffer | null {
  const findings = checklist.steps.flatMap((step) => step.findings);
  const service = findings.find(({ id }) => id === "server.service");
  const started = findings.find(({ id }) => id === "verify.service");
  // "Not there" is the only thing about the service that has to be changed rather than started.
  if (service === undefined || started === undefined || service.status === "action") return null;
  const refusal =
    interruptedIn(changes.journals) !== null
      ? "A change was interrupted. Finish it or put it back first."
      : changes.refusal;
  return { refusal, needed: started.status === "action", found: started.actual };
}
