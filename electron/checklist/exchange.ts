import { daysBetween } from "../contract/date.ts";
import { ewsBlockedFrom, ewsEndsOn, waysLeft } from "../contract/ews-retirement.ts";
import { isOffice365 } from "../contract/mail-server.ts";
import { type EwsAnswer, ewsAnswer } from "../facts/cloud.ts";
import {
  type CommandValues,
  commandValues,
  readAllowList,
  readMailbox,
  readMailboxEws,
  testAuthorization,
  writeAllowList,
} from "../facts/exchange-commands.ts";
import { applicationId } from "../facts/mail.ts";
import { knownValue } from "../recording/fact.ts";
import { type Case, notApplicable, type StepRules, type Verdict } from "./rule.ts";

export const exchangeRules: StepRules<"exchange"> = {
  "exchange.ewsEnd": { title: "End of Exchange Web Services", judge: ewsEnd },
  "exchange.allowList": { title: "EWS allowed for this application", judge: allowList },
  "exchange.mailbox": { title: "Mailbox of the service", judge: mailbox },
};

const otherServer = "The mail server wanted is not Office 365";

function ewsEnd({ target, today }: Case): Verdict {
  if (!isOffice365(target.mailServer)) return notApplicable(otherServer);
  const expected = `Exchange Online answers Exchange Web Services (until ${ewsEndsOn})`;
  const left = daysBetween(today, ewsEndsOn);
  const evidence = [
    { address: "EWS blocked unless allowed, from", value: ewsBlockedFrom },
    { address: "EWS ends", value: ewsEndsOn },
    { address: "Today", value: today },
  ];
  const sources = ["organizationConfig"] as const;
  if (left <= 0) {
    return {
      status: "action",
      actual: `EWS ended on ${ewsEndsOn}; MIM's Office 365 mail cannot work`,
      expected,
      advice: [
        "Choose another way in Change mode:",
        ...waysLeft.map(({ name, needs, loses }) => `${name}. Needs: ${needs}. Lost: ${loses}.`),
      ],
      evidence,
      sources,
    };
  }
  const days = left === 1 ? "1 day" : `${left} days`;
  const plan = `Plan now what follows on ${ewsEndsOn}: an SMTP relay, a mailbox on Exchange Server, or no mail.`;
  if (today >= ewsBlockedFrom) {
    return {
      status: "attention",
      actual: `${days} left; since ${ewsBlockedFrom} EWS is blocked tenant by tenant unless the application is allowed`,
      expected,
      advice: ["Make sure this application is on the allow list (next check).", plan],
      evidence,
      sources,
    };
  }
  return {
    status: "attention",
    actual: `From ${ewsBlockedFrom} EWS is blocked unless the application is allowed; it ends on ${ewsEndsOn} (${days} left)`,
    expected,
    advice: [`Put this application on the allow list before ${ewsBlockedFrom} (next check).`, plan],
    evidence,
    sources,
  };
}

const policyAnswers: readonly EwsAnswer[] = ["policy", "ended"];

function allowList({ seen, target }: Case): Verdict {
  if (!isOffice365(target.mailServer)) return notApplicable(otherServer);
  const expected = "EwsEnabled is True and EwsAllowedAppIDs holds this application ID";
  const probe = ewsAnswer(seen, target);
  const sources = ["organizationConfig", "casMailbox"] as const;
  const evidence = probe.evidence;
  if (probe.answer === "answered")
    return { status: "done", actual: "The probe of the mailbox was answered", expected, evidence, sources };
  if (target.allowListConfirmed === true)
    return { status: "done", actual: "Confirmed by you", expected, evidence, sources };
  const values = valuesOf({ seen, target });
  const advice = [
    `Read the list first, in Exchange Online PowerShell: ${readAllowList}`,
    `The write replaces the whole list. Keep every ID you just read and add this one: ${writeAllowList(values)}`,
    `Check the mailbox as well: ${readMailboxEws(values)}`,
    "It may take up to 24 hours to take effect.",
  ];
  if (probe.answer !== null && policyAnswers.includes(probe.answer)) {
    return { status: "action", actual: "Exchange Online refused EWS by policy", expected, advice, evidence, sources };
  }
  return {
    status: "pending",
    actual: "Not checked yet",
    expected,
    advice: [...advice, "Then confirm it on this page."],
    evidence,
    sources,
  };
}

/** What the commands are filled in with: the target's values, else the server's application ID. */
function valuesOf({ seen, target }: Pick<Case, "seen" | "target">): CommandValues {
  return commandValues(target, knownValue(applicationId(seen)));
}

function mailbox({ seen, target }: Case): Verdict {
  if (!isOffice365(target.mailServer)) return notApplicable(otherServer);
  const expected = "The service's mailbox exists, has a licence, and the application may open it";
  const probe = ewsAnswer(seen, target);
  const evidence = probe.evidence;
  const sources = ["applicationRbac"] as const;
  const values = valuesOf({ seen, target });
  if (probe.answer === "answered")
    return { status: "done", actual: "The probe reached the mailbox", expected, evidence, sources };
  if (target.mailboxConfirmed === true)
    return { status: "done", actual: "Confirmed by you", expected, evidence, sources };
  const look = `Look at the mailbox in Exchange Online PowerShell: ${readMailbox(values)}`;
  if (probe.answer === "noMailbox") {
    return {
      status: "action",
      actual: "Exchange Online found no mailbox at that address, or it has no licence",
      expected,
      advice: [look, "Give the account a licence with Exchange Online, or correct the Service Email Account."],
      evidence,
      sources,
    };
  }
  if (probe.answer === "scope") {
    return {
      status: "action",
      actual: "The application may not open this mailbox",
      expected,
      advice: [
        `Test it in Exchange Online PowerShell: ${testAuthorization(values)}`,
        "Widen the management scope of the role Application EWS.AccessAsApp so that it holds this mailbox.",
      ],
      evidence,
      sources,
    };
  }
  return {
    status: "pending",
    actual: "Not checked yet",
    expected,
    advice: [look, "A kiosk licence (F1, F3) has no EWS.", "Then confirm it on this page."],
    evidence,
    sources,
  };
}
