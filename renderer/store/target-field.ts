import type { Target } from "../../electron/contract/target.ts";
import { shownTarget, useAssistant } from "./assistant-store.ts";

/** A field of the target as it stands on show: typed or sent. */
export function useTargetField<Field extends keyof Target>(field: Field): Target[Field] | undefined {
  return useAssistant((store) => shownTarget(store)?.[field]);
}
