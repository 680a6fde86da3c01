import type { Finding, FindingId } from "../../electron/contract/checklist.ts";
import { useAssistant } from "./assistant-store.ts";

/** One finding of the checklist; undefined before the first look. */
export function useFinding(id: FindingId): Finding | undefined {
  return useAssistant((store) =>
    store.state?.checklist.steps.flatMap((step) => step.findings).find((finding) => finding.id === id),
  );
}
