import type { State } from "../../electron/contract/state.ts";
import { screenIds } from "./screens.ts";

/** How many of the ten screens are done; one that does not apply asks for nothing and counts. */
export function progressOf(state: State, reportSaved: boolean): { readonly done: number; readonly all: number } {
  const steps = state.checklist.steps.filter((step) => step.status === "done" || step.status === "notApplicable");
  return { done: steps.length + (reportSaved ? 1 : 0), all: screenIds.length };
}
