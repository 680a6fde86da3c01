import { daysBetween } from "../../electron/contract/date.ts";
import type { State } from "../../electron/contract/state.ts";
import { isDay } from "../parts/day.ts";

/** When Exchange Online lets go of Exchange Web Services, as the verdict itself gives it. */
export interface EwsDates {
  /** From this day it is blocked unless the application is on the allow list, `YYYY-MM-DD`. */
  readonly blocks: string;
  /** On this day it ends for good, `YYYY-MM-DD`. */
  readonly ends: string;
  /** Days from the day of the verdict to the end; not positive once it is reached. */
  readonly daysLeft: number;
}

/** The two dates out of the evidence of the finding that weighs them; null when it does not apply. */
export function ewsDatesIn(state: Pick<State, "checklist">): EwsDates | null {
  const finding = state.checklist.steps
    .flatMap((step) => step.findings)
    .find((candidate) => candidate.id === "exchange.ewsEnd");
  const dayNamed = (word: string): string | undefined =>
    finding?.evidence.find(({ address, value }) => address.includes(word) && isDay(value))?.value;
  const blocks = dayNamed("blocked");
  const ends = dayNamed("ends");
  if (blocks === undefined || ends === undefined) return null;
  return { blocks, ends, daysLeft: daysBetween(state.checklist.today, ends) };
}
