import { useAssistant } from "../store/assistant-store.ts";
import { interruptedIn } from "./journal-labels.ts";

/** How many planned changes can be reviewed and made from here; 0 when there are none or they cannot be made. */
export function useReviewable(): number {
  return useAssistant(({ state }) =>
    state === null || state.changes.refusal !== null || interruptedIn(state.changes.journals) !== null
      ? 0
      : state.changes.plan.rows.length,
  );
}
