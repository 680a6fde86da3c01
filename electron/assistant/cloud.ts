import { askCloud, type CloudPorts, type CloudQuestion, type CloudResult } from "../cloud/cloud-check.ts";
import { cloudOf, clouds } from "../cloud/clouds.ts";
import type { Secret } from "../cloud/secret.ts";
import type { Checklist } from "../contract/checklist.ts";
import { ewsEndsOn } from "../contract/ews-retirement.ts";
import { guidFault, plainGuid } from "../contract/guid.ts";
import type { CloudCheck } from "../contract/history.ts";
import type { Target } from "../contract/target.ts";
import { cloudWanted } from "../facts/cloud.ts";
import { smtpAddress } from "../facts/exchange-commands.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { Recording } from "../recording/recording.ts";
import { seenIn } from "../recording/seen.ts";
import type { WindowsWay } from "./cloud-answer.ts";
import { type Judged, judgedWith } from "./judged.ts";

export interface CloudQuestionInput {
  readonly target: Target;
  /** What was seen on the server: its IDs and its address count where the target has none. */
  readonly recording: Recording;
  /** The day of the check, `YYYY-MM-DD`. */
  readonly today: string;
  /** True for a tenant in the DoD cloud, which the wizard does not tell from GCC High. */
  readonly dod: boolean;
}

/**
 * What to ask Microsoft's cloud. Nothing is sent.
 * @throws InputProblem when the target does not use Office 365 with an application, or an ID or address is missing or
 * malformed
 */
export function cloudQuestion({ target, recording, today, dod }: CloudQuestionInput): CloudQuestion {
  if (target.authentication !== "applicationContext" || cloudOf(target.mailServer, { dod }) === null) {
    throw new InputProblem(
      "no-application",
      "the target does not use Office 365 with Application Context Authentication",
      "target",
      "There is nothing to check in the cloud then; or choose Office 365 and Application Context Authentication.",
    );
  }
  if (dod && target.mailServer !== "office365Government") {
    throw new InputProblem(
      "not-government",
      "DoD was asked for, but the target's mail server is not Office 365 Government",
      "target",
      "Choose Office 365 Government GCC High and DoD as the mail server, or leave DoD out.",
    );
  }
  const wanted = cloudWanted(seenIn(recording), target);
  return {
    cloud: cloudOf(target.mailServer, { dod }) ?? "global",
    applicationId: guid("Application ID", wanted.applicationId),
    tenantId: guid("Tenant ID", wanted.tenantId),
    mailbox: mailbox(wanted.mailbox),
    hasEnded: today >= ewsEndsOn,
  };
}

function guid(name: string, wanted: string | null): string {
  const given = wanted?.trim() ?? "";
  const cure = "Copy it from the application's Overview page in the Entra admin centre into the target.";
  if (given === "") {
    throw new InputProblem("no-id", `the ${name} is neither in the target nor on the server`, "target", cure);
  }
  const plain = plainGuid(given);
  if (plain === null || guidFault(given) !== null) {
    throw new InputProblem(
      "not-an-id",
      `'${given.slice(0, 60)}' is not a valid ${name.replace(/^./, (first) => first.toLowerCase())}`,
      "target",
      cure,
    );
  }
  return plain;
}

/** The address of the service's mailbox; null when none is known: the sign-in can be checked all the same. */
function mailbox(address: string | null): string | null {
  if (address === null) return null;
  // Stands in an HTTP header as well as in the request, so printable ASCII it is.
  const sound = smtpAddress(address);
  if (sound !== null) return sound;
  throw new InputProblem(
    "not-an-address",
    "the service's e-mail address is not one that can be asked for",
    "target, at serviceEmail",
    "Write it like mim@contoso.com.",
  );
}

/** A check of the cloud, with what it makes of the checklist. */
export interface CloudChecked {
  readonly result: CloudResult;
  readonly windows: WindowsWay;
  readonly checklist: Checklist;
}

export interface CheckCloudPorts extends CloudPorts {
  readonly keep: (check: CloudCheck) => Promise<void>;
  /** What is said of Windows' own way where the server has none. */
  readonly untried: string;
}

/**
 * Asks Microsoft's cloud, and Windows' own way beside it where the server has one; keeps how it ended, for later looks,
 * by `keep`. The secret is used for this call alone. A check that was stopped is not kept, so it is kept only once what
 * goes on beside it has ended as well.
 * @throws InputProblem when the result cannot be kept; the signal's reason when it was stopped
 */
export async function checkCloud(
  judged: Judged,
  question: CloudQuestion,
  secret: Secret,
  { keep, untried, ...ports }: CheckCloudPorts,
): Promise<CloudChecked> {
  const { hosts = clouds, signal } = ports;
  const { authority, ews } = hosts[question.cloud];
  const named = { authority: new URL(authority).hostname, exchange: new URL(ews).hostname };
  const [result, windows] = await Promise.all([
    askCloud(question, secret, ports),
    judged.server.probeCloud?.(named, signal) ?? { notApplicable: untried },
  ]);
  signal?.throwIfAborted();
  await keep(result.check);
  return { result, windows, checklist: judgedWith(judged, { cloud: result.check }) };
}
