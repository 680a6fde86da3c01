import type { Finding, FindingId, StepId } from "../../electron/contract/checklist.ts";
import type { MailServer } from "../../electron/contract/mail-server.ts";
import { type Standing, standingsOf } from "../../electron/contract/standing.ts";
import type { State } from "../../electron/contract/state.ts";
import { statusWords, worstStatus } from "../../electron/contract/status.ts";
import type { Sign } from "../ui/sign.ts";
import { ewsDatesIn } from "./ews-dates.ts";

/** The wizard's captions cut to what fits beside a step's name. */
const shortMailServers: Readonly<Record<MailServer, string>> = {
  exchange: "Exchange found",
  office365: "Office 365 found",
  office365China: "21Vianet found",
  office365Government: "Government found",
  smtp: "SMTP found",
  none: "None found",
};

/** What is entered into a form, rather than done or confirmed. */
const entered: readonly FindingId[] = ["azure.applicationId", "azure.tenantId", "azure.secretExpiry", "account.email"];
const confirmed: readonly FindingId[] = [
  "server.backup",
  "exchange.allowList",
  "exchange.mailbox",
  "tls.costs",
  "verify.mail",
];

function pendingWord(step: StepId, pending: readonly Finding[]): string {
  if (step === "changeMode") return "Not run yet";
  const toEnter = pending.filter((finding) => entered.includes(finding.id)).length;
  if (toEnter > 0) return `${toEnter} to enter`;
  const toConfirm = pending.filter((finding) => confirmed.includes(finding.id)).length;
  return toConfirm > 0 ? `${toConfirm} to confirm` : "Waiting";
}

/**
 * The word beside a step: what its worst findings come to, in a few letters ("7 to change", "SMTP found",
 * "2 to enter"). It never says more than the findings do.
 */
export function stepWord(
  state: Pick<State, "found" | "checklist">,
  id: StepId,
): { readonly status: Sign; readonly word: string } {
  const step = state.checklist.steps.find((candidate) => candidate.id === id);
  if (step === undefined) return { status: "unknown", word: statusWords.unknown };
  const standings = standingsOf(state.checklist);
  const standing = (wanted: Standing): readonly Finding[] =>
    step.findings.filter((finding) => standings.get(finding.id) === wanted);
  const open = standing("open");
  if (open.length === 0) {
    // What waits for the installer is not wrong: red is for what could be right now.
    if (standing("ready").length > 0) return { status: "ready", word: "Ready" };
    if (standing("waiting").length > 0) return { status: "pending", word: id === "verify" ? "After it" : "Waiting" };
  }
  const counting = open.length > 0 ? open : standing("settled").filter(({ accepted }) => accepted === null);
  const status = worstStatus(counting.map((finding) => finding.status));
  const worst = counting.filter((finding) => finding.status === status);
  const { found } = state;
  switch (status) {
    case "action":
      if (id === "mailServer" && found.mailServer !== null) return { status, word: shortMailServers[found.mailServer] };
      if (id === "authentication" && found.authentication === "basic") return { status, word: "Basic found" };
      return { status, word: worst.length === 1 ? statusWords.action : `${worst.length} to change` };
    case "unknown":
      // Short: beside the longest name there is room for no more.
      if (worst.some(({ remedy }) => remedy.kind === "elevate")) return { status, word: "Elevate" };
      return { status, word: worst.length === 1 ? statusWords.unknown : `${worst.length} not known` };
    case "pending":
      return { status, word: pendingWord(id, worst) };
    case "attention": {
      const daysLeft = id === "exchange" ? ewsDatesIn(state)?.daysLeft : undefined;
      if (daysLeft !== undefined) return { status, word: daysLeft === 1 ? "1 day left" : `${daysLeft} days left` };
      return { status, word: statusWords.attention };
    }
    case "done":
    case "notApplicable":
      return { status, word: statusWords[status] };
  }
}
