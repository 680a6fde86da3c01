import type { FarmTarget } from "./farm-target.ts";
import { readTargetText } from "./target-file.ts";

/**
 * The target a JSON report keeps beside its recording, so that, opened again, it gives the verdicts it gave; null for a
 * recording that is no report. Throws InputProblem for a report whose target is not one.
 */
export function savedTarget(text: string, where: string): FarmTarget | null {
  // A recording may be large and is read elsewhere: only one that can be a report is parsed again.
  if (!text.includes('"report"')) return null;
  const kept = JSON.parse(text.replace(/^\uFEFF/, "")) as { report?: unknown; target?: unknown };
  if (typeof kept.report !== "object" || kept.report === null || kept.target === undefined) return null;
  return readTargetText(JSON.stringify(kept.target), `${where}, at target`);
}
