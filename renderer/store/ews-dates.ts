import { daysBetween } from "../../electron/contract/date.ts";
import { ewsBlockedFrom, ewsEndsOn } from "../../electron/contract/ews-retirement.ts";
import type { State } from "../../electron/contract/state.ts";

/** When Exchange Online lets go of Exchange Web Services, seen from the day of the verdict. */
export interface EwsDates {
  /** From this day it is blocked unless the application is on the allow list, `YYYY-MM-DD`. */
  readonly blocks: string;
  /** On this day it ends for good, `YYYY-MM-DD`. */
  readonly ends: string;
  /** Days from the day of the verdict to the end; not positive once it is reached. */
  readonly daysLeft: number;
}

/** The two dates, and how long is left; null when they do not apply to what is wanted. */
export function ewsDatesIn(state: Pick<State, "checklist">): EwsDates | null {
  const finding = state.checklist.steps
    .flatMap((step) => step.findings)
    .find((candidate) => candidate.id === "exchange.ewsEnd");
  if (finding === undefined || finding.status === "notApplicable") return null;
  return { blocks: ewsBlockedFrom, ends: ewsEndsOn, daysLeft: daysBetween(state.checklist.today, ewsEndsOn) };
}
