import type { Finding } from "../contract/checklist.ts";

/**
 * What to do about a finding, for where there is no button beside it: command line and report. What only the
 * administrator knows is confirmed in the window, or in the target.
 */
export function writtenAdvice({ advice, remedy }: Pick<Finding, "advice" | "remedy">): readonly string[] {
  if (remedy.kind !== "confirm") return advice;
  return [...advice, `When that is so, confirm it: in the assistant's window, or as ${remedy.field} in the target.`];
}
