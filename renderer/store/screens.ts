import { type StepId, stages, stepIds, stepTitles } from "../../electron/contract/checklist.ts";

/** A screen of the window: the overview, a step of the checklist, the report, all that happened, or the plan for after EWS. */
export type ScreenId = "overview" | StepId | "report" | "activity" | "smtpPlan";

/** The screens in the order of the job; what happened stands beside it. */
export const screenIds: readonly ScreenId[] = ["overview", ...stepIds, "report"];

/** The stages as the list at the left shows them; the report is the last thing that proves the work. */
export const screenStages = stages.map((stage) => ({
  ...stage,
  screens: [...stage.steps, ...(stage.id === "prove" ? (["report"] as const) : [])] as readonly ScreenId[],
}));

/** A screen's whole title, as its heading shows it. */
export function screenTitle(id: ScreenId): string {
  if (id === "overview") return "Overview";
  if (id === "activity") return "Activity";
  if (id === "smtpPlan") return "From EWS to SMTP";
  return id === "report" ? "Report" : stepTitles[id];
}

/** A screen's short title, as the list at the left and the button to it show it. */
export function screenName(id: ScreenId): string {
  return id === "tls" ? "TLS" : screenTitle(id);
}

/** The screen named by the address's hash, such as `#tls`; the first one for anything else. */
export function screenOfHash(hash: string): ScreenId {
  const name = hash.replace(/^#/, "");
  return name === "activity" || name === "smtpPlan" ? name : (screenIds.find((id) => id === name) ?? "overview");
}

/** The screen before or after another; null at the ends, and beside the job. */
export function screenBeside(id: ScreenId, distance: -1 | 1): ScreenId | null {
  if (id === "activity") return null;
  // It belongs to Exchange Online, and leads to where what it found is wanted.
  if (id === "smtpPlan") return distance === -1 ? "exchange" : "mailServer";
  return screenIds[screenIds.indexOf(id) + distance] ?? null;
}
