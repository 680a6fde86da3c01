import {
  type Finding,
  type FindingId,
  findingIds,
  type StepId,
  type stages,
  stepIds,
} from "../../electron/contract/checklist.ts";
import { isOffice365, mailServerCaptions } from "../../electron/contract/mail-server.ts";
import type { RemedyKind } from "../../electron/contract/remedy.ts";
import { findingsOf, progressOf, standingsOf } from "../../electron/contract/standing.ts";
import type { State } from "../../electron/contract/state.ts";
import { screenName } from "../store/screens.ts";
import { counted } from "../ui/phrases.ts";

type Shown = Pick<State, "checklist">;

/** True when nothing is left to do: every check that applies is done, accepted, or right with a remark. */
export function isFinished({ checklist }: Shown): boolean {
  const { settled, all } = progressOf(checklist);
  return all > 0 && settled === all;
}

/** How long each kind of remedy takes a person about, in minutes. */
const minutes: Readonly<Record<RemedyKind, number>> = {
  apply: 0,
  changeMode: 0,
  enter: 1,
  confirm: 1,
  cloudCheck: 2,
  relayCheck: 2,
  restart: 5,
  elevate: 1,
  manual: 5,
};

/** How long the review of registry values takes, however many they are, and a run of the installer; in minutes. */
const reviewMinutes = 2;
const installerMinutes = 15;

/** What is to be done in a stage, without what waits for the installer. */
function openIn({ checklist }: Shown, stage: (typeof stages)[number]["id"]): readonly Finding[] {
  const standings = standingsOf(checklist);
  return findingsOf(checklist, stage).filter(({ id }) => standings.get(id) === "open");
}

/** The verdict in one sentence: how much is left, and of which stage. */
export function verdictOf(state: Shown & Pick<State, "server" | "target">): string {
  if (isFinished(state)) return finishedVerdict(state);
  const [prepare, install, prove] = [openIn(state, "prepare"), openIn(state, "install"), openIn(state, "prove")];
  if (prepare.length > 0) return `${counted(prepare.length, "thing")} left before Change mode`;
  if (install.length > 0 || progressOf(state.checklist, "prepare").ready > 0) return "Ready for Change mode";
  return `${counted(prove.length, "check")} left to prove it`;
}

/** What a job that is done has come to. That mail goes out is said where a notification proved it, and only there. */
function finishedVerdict({ checklist, server, target }: Shown & Pick<State, "server" | "target">): string {
  const proof = checklist.steps.flatMap(({ findings }) => findings).find(({ id }) => id === "verify.mail");
  if (target.mailServer === "none") return `MIM on ${server.computer} sends no mail, as wanted`;
  if (proof?.status !== "done") return `Everything is done or accepted on ${server.computer}`;
  const way = isOffice365(target.mailServer) ? "Office 365" : mailServerCaptions[target.mailServer];
  return `MIM on ${server.computer} sends its mail through ${way}`;
}

/** What a job that is done rests on, in a sentence. */
function finishedLead({ checklist }: Shown): string {
  const findings = checklist.steps.flatMap((step) => step.findings);
  const count = (is: (finding: Finding) => boolean): number => findings.filter(is).length;
  const accepted = count((finding) => finding.accepted !== null);
  const attention = count((finding) => finding.accepted === null && finding.status === "attention");
  const { settled, all } = progressOf(checklist);
  const parts = [
    `${settled} of ${all} checks settled`,
    ...(accepted > 0 ? [`${accepted} of them accepted`] : []),
    ...(attention > 0 ? [`${attention} with something to keep in mind`] : []),
  ];
  return `${parts.join(", ")}.`;
}

/** How long it takes about. */
export function timeOf(state: Shown): string {
  if (isFinished(state)) return finishedLead(state);
  const prepare = openIn(state, "prepare");
  const review = prepare.some(({ remedy }) => remedy.kind === "apply") ? reviewMinutes : 0;
  const mine = prepare.reduce((sum, { remedy }) => sum + minutes[remedy.kind], review);
  const installs = openIn(state, "install").length > 0;
  if (mine > 0)
    return `About ${counted(mine, "minute")} of yours${installs ? `, then ${installerMinutes} for the installer` : ""}.`;
  if (installs) return `About ${installerMinutes} minutes for the installer. Have a quiet time for it.`;
  return "MIM tells within 15 minutes of its start whether mail works.";
}

/** The next thing to do. */
export interface NextStep {
  readonly title: string;
  readonly text: string;
  readonly button: string;
  /** The review of the planned values, else the screen to go to. */
  readonly to: "review" | StepId | "report";
  /** What is confirmed there and then, where that is all there is to do. */
  readonly confirms?: Finding;
}

const remedyTitles: Readonly<Record<RemedyKind, string>> = {
  apply: "set the registry values",
  changeMode: "run Change mode",
  enter: "enter what is missing",
  confirm: "confirm what only you can know",
  cloudCheck: "ask Microsoft whether it works",
  relayCheck: "ask the relay whether it takes the mail",
  restart: "restart",
  elevate: "look as an administrator",
  manual: "settle what stands in the way",
};

/** The step a finding belongs to. */
export function stepOfFinding(id: FindingId): StepId {
  return stepIds.find((step) => (findingIds[step] as readonly FindingId[]).includes(id)) ?? "server";
}

/**
 * What to do next: all registry values in one review, then what is open in the order of the job.
 * @param reviewable how many planned values can be reviewed and set from here
 */
export function nextOf(state: Shown, reviewable: number): NextStep {
  const prepare = openIn(state, "prepare");
  const [first] = prepare;
  if (reviewable > 0 && prepare.some(({ remedy }) => remedy.kind === "apply")) {
    return {
      title: `Next: set ${counted(reviewable, "registry value")}`,
      text: "Two minutes. Each value is journalled before it is set and can be put back; Windows restarts when it suits you.",
      button: `Review ${counted(reviewable, "value")}`,
      to: "review",
    };
  }
  if (first !== undefined) {
    const step = stepOfFinding(first.id);
    return {
      title: `Next: ${remedyTitles[first.remedy.kind]}`,
      text: `${first.title}: ${first.actual}.`.replace(/\.\.$/, "."),
      button: `Open ${screenName(step)}`,
      to: step,
      ...(first.remedy.kind === "confirm" ? { confirms: first } : {}),
    };
  }
  if (openIn(state, "install").length > 0 || progressOf(state.checklist, "prepare").ready > 0) {
    return {
      title: "Next: run the installer in Change mode",
      text: `About ${installerMinutes} minutes. A companion follows it page by page and shows what to choose.`,
      button: "Open Change mode",
      to: "changeMode",
    };
  }
  const [proof] = openIn(state, "prove");
  if (proof !== undefined) {
    return {
      title: "Next: prove that mail works",
      text: `${proof.title}: ${proof.actual}.`.replace(/\.\.$/, "."),
      button: "Open Verify",
      to: "verify",
    };
  }
  return {
    title: "Done: save the report",
    text: "It says what was done, by whom and when, and what remains dated. It never holds a secret.",
    button: "Open the report",
    to: "report",
  };
}
