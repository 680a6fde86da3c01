import { capitalized } from "../contract/capitalized.ts";
import { daysBetween } from "../contract/date.ts";
import { ewsBlockedFrom, ewsDecisionWords, ewsEndsOn, waysLeft } from "../contract/ews-retirement.ts";
import { isOffice365 } from "../contract/mail-server.ts";
import { type Confirmation, isConfirmed } from "../contract/target.ts";
import { ewsAnswer, wantedMailbox } from "../facts/cloud.ts";
import {
  type CommandValues,
  commandValues,
  readAllowList,
  readMailbox,
  readMailboxEws,
  writeAllowList,
  writeMailboxEws,
} from "../facts/exchange-commands.ts";
import { applicationId } from "../facts/mail.ts";
import { relayCheckFor, takesMail } from "../facts/relay.ts";
import { knownValue } from "../recording/fact.ts";
import { withAge } from "./cloud-age.ts";
import { outsideScope } from "./outside-scope.ts";
import { relayMeaning } from "./relay-states.ts";
import { type Case, notApplicable, type StepRules, type Verdict } from "./rule.ts";
import { smtpPlan } from "./smtp-plan.ts";

export const exchangeRules: StepRules<"exchange"> = {
  "exchange.ewsEnd": { title: "End of Exchange Web Services", judge: ewsEnd },
  "exchange.allowList": { title: "EWS allowed for this application", judge: allowList },
  "exchange.mailbox": { title: "Mailbox of the service", judge: mailbox },
};

const otherServer = "The mail server wanted is not Office 365";

/** Where the plan for the time after stands: what was decided, and how far that is. */
function afterwards({ seen, target }: Case): { readonly words: string; readonly advice: readonly string[] } {
  const { ewsDecision } = target;
  if (ewsDecision === undefined) {
    return {
      words: "nothing is decided for then",
      advice: [
        `Decide what follows on ${ewsEndsOn}: an SMTP relay, a mailbox on Exchange Server, or no mail. Write it as ewsDecision in the target: smtp, or untilTheEnd.`,
      ],
    };
  }
  if (ewsDecision === "untilTheEnd") {
    return {
      words: "it was decided to keep Office 365 until then, and MIM sends no mail afterwards",
      advice: [`Before ${ewsEndsOn} the mail server has to become another one; tell whoever relies on MIM's mail.`],
    };
  }
  const { standing, way } = smtpPlan({ seen, target });
  const check = relayCheckFor(seen, target);
  const asked = check === null ? "the relay was not asked yet" : `the relay was asked on ${check.at.slice(0, 10)}`;
  const answer = check === null ? "" : `: ${relayMeaning(check).cause.replace(/^./, (first) => first.toLowerCase())}`;
  return {
    words: `SMTP was decided for then; the plan: ${standing}; ${asked}${answer}`,
    advice: [
      ...(way === null ? ["Answer the questions of the plan: From EWS to SMTP, or mim-mail smtp-plan."] : []),
      ...(target.mailHost?.trim() ? [] : ["Enter the relay's name (mailHost)."]),
      check !== null && takesMail(check)
        ? `The relay takes MIM's mail. Choose SMTP in Change mode before ${ewsEndsOn}.`
        : "Ask the relay from this server: mim-mail relay-check. Nothing is sent.",
      "Tell those who approve by replying to mail: with SMTP they approve in the MIM Portal.",
    ],
  };
}

function ewsEnd(given: Case): Verdict {
  const { target, today } = given;
  if (!isOffice365(target.mailServer)) return notApplicable(otherServer);
  const expected = `Exchange Online answers Exchange Web Services (until ${ewsEndsOn})`;
  const left = daysBetween(today, ewsEndsOn);
  const evidence = [
    { address: "EWS blocked unless allowed, from", value: ewsBlockedFrom },
    { address: "EWS ends", value: ewsEndsOn },
    { address: "Today", value: today },
    ...(target.ewsDecision === undefined ? [] : [{ address: "Decided", value: ewsDecisionWords[target.ewsDecision] }]),
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
  const { words, advice } = afterwards(given);
  if (today >= ewsBlockedFrom) {
    return {
      status: "attention",
      actual: `${days} left; since ${ewsBlockedFrom} EWS is blocked tenant by tenant unless the application is allowed. ${capitalized(words)}`,
      expected,
      advice: ["Make sure this application is on the allow list (next check).", ...advice],
      evidence,
      sources,
    };
  }
  return {
    status: "attention",
    actual: `From ${ewsBlockedFrom} EWS is blocked unless the application is allowed; it ends on ${ewsEndsOn} (${days} left). ${capitalized(words)}`,
    expected,
    advice: [`Put this application on the allow list before ${ewsBlockedFrom} (next check).`, ...advice],
    evidence,
    sources,
  };
}

/** The day a confirmation was given; null where it has none, or one that has not come yet. */
function confirmedOn(confirmation: Confirmation | undefined, today: string): string | null {
  return typeof confirmation === "string" && confirmation <= today ? confirmation : null;
}

/**
 * True when a confirmation says more than a probe: it was given on a later day. On the same day the probe is believed,
 * for it saw what it says, and can be made again.
 */
function isNewer(confirmation: Confirmation | undefined, probe: { readonly day: string | null }, today: string) {
  const day = confirmedOn(confirmation, today);
  return isConfirmed(confirmation) && (probe.day === null || (day !== null && day > probe.day));
}

function confirmed(confirmation: Confirmation | undefined, today: string): string {
  const day = confirmedOn(confirmation, today);
  return day === null ? "Confirmed by you" : `Confirmed by you on ${day}`;
}

/** Said where a probe refused what had been confirmed. */
function overruled(confirmation: Confirmation | undefined): readonly string[] {
  return isConfirmed(confirmation)
    ? [
        "It was confirmed, but not on a later day than this answer, so the answer counts. Check the cloud again once it is mended.",
      ]
    : [];
}

interface Refused {
  readonly actual: string;
  /** What comes before the general advice. */
  readonly first: readonly string[];
}

/** What a refusal says of the organisation's settings; null when it says nothing of them. */
function refusedBy(probe: ReturnType<typeof ewsAnswer>, values: CommandValues): Refused | null {
  const mailboxToo = `EwsEnabled of the mailbox must not be False. If it is: ${writeMailboxEws(values)}`;
  switch (probe.code) {
    case "ews.disabled":
      return {
        actual: "Exchange Online refused: EWS is switched off for the organisation or for this mailbox",
        first: ["EwsEnabled of the organisation must be True.", mailboxToo],
      };
    case "ews.blockedByPolicy":
      return {
        actual:
          "Exchange Online refused: a policy blocks EWS, either the list of application IDs or a policy of user agents",
        first: [
          "This application's ID must be in EwsAllowedAppIDs.",
          "Where EwsApplicationAccessPolicy is EnforceAllowList, EwsAllowList must name the caller's user agent; where it is EnforceBlockList, EwsBlockList must not. The organisation and the mailbox each have such a policy.",
          "The user agent of MIM's service is not known, and this check sends its own: have whoever set such a policy look who was refused.",
        ],
      };
    case "ews.disabledMailbox":
      return { actual: "Exchange Online refused: EWS is switched off for this mailbox", first: [mailboxToo] };
    default:
  }
  if (probe.answer === "policy") return { actual: "Exchange Online refused EWS by policy", first: [] };
  if (probe.answer === "ended") {
    return { actual: "Exchange Online refused: EWS has ended", first: ["See End of Exchange Web Services."] };
  }
  if (probe.answer === "forbidden" && probe.day !== null && probe.day >= ewsBlockedFrom) {
    return {
      actual: `Exchange Online refused without a reason (403); since ${ewsBlockedFrom} this is most likely the allow list`,
      first: [
        "The refusal names no reason, so this is the likely one, not a certain one. Check the permission as well.",
      ],
    };
  }
  return null;
}

function allowList({ seen, target, today }: Case): Verdict {
  if (!isOffice365(target.mailServer)) return notApplicable(otherServer);
  const expected = "EwsEnabled is True and EwsAllowedAppIDs holds this application ID";
  const probe = ewsAnswer(seen, target);
  const sources = ["organizationConfig", "casMailbox", "ewsControl"] as const;
  const evidence = probe.evidence;
  const values = valuesOf({ seen, target });
  const verdict = { expected, evidence, sources };
  const refused = refusedBy(probe, values);
  const answered = probe.answer === "answered";
  // Before that day the list was not asked, so an answer says nothing of it.
  const proves = answered && probe.day !== null && probe.day >= ewsBlockedFrom;
  if (proves && !isNewer(target.allowListConfirmed, probe, today)) {
    return withAge(
      {
        ...verdict,
        status: "done",
        actual: "The probe of the mailbox was answered",
      },
      probe.day,
      today,
    );
  }
  const stands = refused === null ? isConfirmed(target.allowListConfirmed) : false;
  if (stands || isNewer(target.allowListConfirmed, probe, today)) {
    return { ...verdict, status: "done", actual: confirmed(target.allowListConfirmed, today) };
  }
  const advice = [
    `Read the list first, in Exchange Online PowerShell: ${readAllowList}`,
    `The write replaces the whole list. Keep every ID you just read and add this one: ${writeAllowList(values)}`,
    `Check the mailbox as well: ${readMailboxEws(values)}`,
    "It may take up to 24 hours to take effect.",
  ];
  if (refused !== null) {
    const { actual, first } = refused;
    return withAge(
      { ...verdict, status: "action", actual, advice: [...first, ...advice, ...overruled(target.allowListConfirmed)] },
      probe.day,
      today,
    );
  }
  return {
    ...verdict,
    status: "pending",
    actual: answered
      ? `Not proved: the mailbox answered on ${probe.day}, before Exchange Online asked for the list (${ewsBlockedFrom})`
      : "Not checked yet",
    advice: [...advice, ...(answered ? ["Or check the cloud again."] : [])],
  };
}

/** What the commands are filled in with: the target's values, else the server's. */
function valuesOf({ seen, target }: Pick<Case, "seen" | "target">): CommandValues {
  return commandValues(target, knownValue(applicationId(seen)), wantedMailbox(seen, target));
}

function mailbox({ seen, target, today }: Case): Verdict {
  if (!isOffice365(target.mailServer)) return notApplicable(otherServer);
  const expected = "The service's mailbox exists, has a licence, and the application may open it";
  const probe = ewsAnswer(seen, target);
  const values = valuesOf({ seen, target });
  const verdict = { expected, evidence: probe.evidence, sources: ["applicationRbac", "accessPolicies"] as const };
  if (probe.answer === "answered" && !isNewer(target.mailboxConfirmed, probe, today)) {
    return withAge({ ...verdict, status: "done", actual: "The probe reached the mailbox" }, probe.day, today);
  }
  const look = `Look at the mailbox in Exchange Online PowerShell: ${readMailbox(values)}`;
  const refused = mailboxRefusal(probe, values, look);
  const stands = refused === null ? isConfirmed(target.mailboxConfirmed) : false;
  if (stands || isNewer(target.mailboxConfirmed, probe, today)) {
    return { ...verdict, status: "done", actual: confirmed(target.mailboxConfirmed, today) };
  }
  if (refused !== null) {
    const advice = [...refused.advice, ...overruled(target.mailboxConfirmed)];
    return withAge({ ...verdict, status: "action", actual: refused.actual, advice }, probe.day, today);
  }
  return {
    ...verdict,
    status: "pending",
    actual: "Not checked yet",
    advice: [look, "A kiosk licence (F1, F3) has no EWS."],
  };
}

/** What a refusal says of the mailbox; null when it says nothing of it. */
function mailboxRefusal(
  probe: ReturnType<typeof ewsAnswer>,
  values: CommandValues,
  look: string,
): { readonly actual: string; readonly advice: readonly string[] } | null {
  if (probe.answer === "noMailbox") {
    return {
      actual: "Exchange Online found no mailbox at that address, or it has no licence",
      advice: [look, "Give the account a licence with Exchange Online, or correct the Service Email Account."],
    };
  }
  if (probe.answer === "scope") return outsideScope(probe.hasFullAccess, values);
  if (probe.code === "ews.disabledMailbox") {
    return {
      actual: "EWS is switched off for this mailbox",
      advice: [`Read it first: ${readMailboxEws(values)}`, `Switch it on: ${writeMailboxEws(values)}`],
    };
  }
  return null;
}
