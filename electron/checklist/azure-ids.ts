import { daysBetween } from "../contract/date.ts";
import { ewsBlockedFrom } from "../contract/ews-retirement.ts";
import { emptyGuid, plainGuid } from "../contract/guid.ts";
import { isOffice365 } from "../contract/mail-server.ts";
import type { Target } from "../contract/target.ts";
import {
  codeIn,
  type EwsAnswer,
  type EwsCode,
  ewsAnswer,
  fullAccessRole,
  signIn,
  wantedMailbox,
} from "../facts/cloud.ts";
import { commandValues, writeMailboxEws } from "../facts/exchange-commands.ts";
import { applicationId, clientSecret, tenantId } from "../facts/mail.ts";
import { type Fact, isUnknown, knownValue } from "../recording/fact.ts";
import { withAge } from "./cloud-age.ts";
import { inWords, networkFailure } from "./network-failures.ts";
import { outsideScope } from "./outside-scope.ts";
import { type Case, evidenceOf, notApplicable, notKnown, type StepRules, type Verdict } from "./rule.ts";
import { signInMeaning } from "./sign-in-errors.ts";

export const azureIdRules: StepRules<"azureIds"> = {
  "azure.applicationId": {
    title: "Application ID",
    judge: (given) => identifier(given, "applicationId"),
  },
  "azure.tenantId": { title: "Tenant ID", judge: (given) => identifier(given, "tenantId") },
  "azure.secret": { title: "Client secret on the server", judge: secret },
  "azure.secretExpiry": { title: "Expiry of the client secret", judge: secretExpiry },
  "azure.signIn": { title: "Sign-in to Microsoft Entra ID", judge: signInCheck },
  "azure.role": { title: "Permission of the application", judge: role },
  "azure.ews": { title: "Mailbox through EWS", judge: ews },
};

/** True when what is wanted uses an Entra application. */
export function usesApplication(target: Target): boolean {
  return isOffice365(target.mailServer) && target.authentication === "applicationContext";
}

const noApplication = notApplicable("Application Context Authentication is not wanted");

type IdField = "applicationId" | "tenantId";
const names: Readonly<Record<IdField, string>> = { applicationId: "Application ID", tenantId: "Tenant ID" };
const read: Readonly<Record<IdField, (seen: Case["seen"]) => Fact<string>>> = { applicationId, tenantId };
const other: Readonly<Record<IdField, IdField>> = { applicationId: "tenantId", tenantId: "applicationId" };

/** A server's ID in the plain form; as it stands when it is no GUID. */
function plainly(fact: Fact<string>): string | null {
  const value = knownValue(fact);
  return value === null ? null : (plainGuid(value) ?? value.trim());
}

function identifier({ seen, target }: Case, field: IdField): Verdict {
  if (!usesApplication(target)) return noApplication;
  const name = names[field];
  const wanted = target[field]?.trim() ?? "";
  const onServer = read[field](seen);
  const serverValue = plainly(onServer);
  const evidence = [
    { address: `Target, ${name}`, value: wanted === "" ? "not entered" : wanted },
    evidenceOf(onServer),
  ];
  const sources = ["guide"] as const;
  const actual = serverValue ?? (isUnknown(onServer) ? "Could not be read" : "Not set on the server");
  if (wanted === "") {
    return {
      status: "pending",
      actual,
      expected: `Your ${name}`,
      advice: [
        serverValue === null
          ? `Enter the ${name}. It is on the application's Overview page in the Entra admin centre.`
          : `Enter the ${name}, or take over the server's value: ${serverValue}`,
      ],
      evidence,
      sources,
    };
  }
  const plain = plainGuid(wanted);
  const verdict = { actual, expected: plain ?? wanted, evidence, sources };
  if (plain === null || plain === emptyGuid) {
    return {
      ...verdict,
      status: "action",
      expected: `${name}: a GUID`,
      advice: [
        plain === null
          ? `"${wanted}" is not a GUID. Copy the ${name} from the application's Overview page.`
          : `A GUID of zeros is no ${name}. Copy it from the application's Overview page.`,
      ],
    };
  }
  const otherOnServer = plainly(read[other[field]](seen));
  if (otherOnServer !== null && plain === otherOnServer && plain !== serverValue) {
    return {
      ...verdict,
      status: "action",
      advice: [
        `This is the server's ${names[other[field]]}: the two IDs are swapped, in what is wanted or on the server.`,
        "Compare both with the application's Overview page: Application (client) ID and Directory (tenant) ID.",
      ],
    };
  }
  if (isUnknown(onServer)) return notKnown(onServer, plain, [], evidence);
  if (serverValue === plain) return { ...verdict, status: "done" };
  return {
    ...verdict,
    status: "action",
    advice: [
      serverValue === null
        ? `The server has none yet. Type it in Change mode on the page "Configure Office 365 mailbox".`
        : `The server has another one. Find out which is right; to change the server's, run Change mode again.`,
    ],
  };
}

function secret({ seen, target }: Case): Verdict {
  if (!usesApplication(target)) return noApplication;
  const expected = "Present and encrypted";
  const found = clientSecret(seen);
  if (isUnknown(found)) return notKnown(found, expected);
  const evidence = [
    evidenceOf(found, ({ encrypted }) => (encrypted ? "present, encrypted" : "present, not encrypted")),
  ];
  const sources = ["groupManaged"] as const;
  if (found.state === "absent") {
    return {
      status: "action",
      actual: "None on the server",
      expected,
      advice: [
        'Type the client secret\'s Value (not its Secret ID) in Change mode on the page "Configure Office 365 mailbox".',
      ],
      evidence,
      sources,
    };
  }
  if (found.value.encrypted) return { status: "done", actual: expected, expected, evidence, sources };
  return {
    status: "action",
    actual: "Present, but not encrypted",
    expected,
    advice: [
      "The value was not written by the installer and the service cannot use it. Its text is never shown.",
      "Take it as leaked: make a new client secret in Entra, delete the old one, and run Change mode with the new one.",
    ],
    evidence,
    sources,
  };
}

function secretExpiry({ target, today }: Case): Verdict {
  if (!usesApplication(target)) return noApplication;
  const expected = "More than 30 days left";
  const until = target.secretExpires;
  if (until === undefined) {
    return {
      status: "pending",
      actual: "Not entered",
      expected,
      advice: ["Enter the day the client secret expires: Entra admin centre, the application, Certificates & secrets."],
    };
  }
  const left = daysBetween(today, until);
  const evidence = [{ address: "Target, secretExpires", value: until }];
  const renew = [
    "Make a new client secret in Entra.",
    "Run Change mode on every MIM Service server and type the new Value.",
  ];
  if (left < 0) return { status: "action", actual: `Expired on ${until}`, expected, advice: renew, evidence };
  const days = left === 0 ? "today" : left === 1 ? "in 1 day" : `in ${left} days`;
  const actual = `Expires ${days}, on ${until}`;
  if (left <= 30) return { status: "attention", actual, expected, advice: renew, evidence };
  return { status: "done", actual, expected, evidence };
}

function signInCheck({ seen, target, today }: Case): Verdict {
  if (!usesApplication(target)) return noApplication;
  const expected = "Microsoft Entra ID gives the application a token";
  const attempt = signIn(seen, target);
  const sources = ["ewsOAuth", "signInErrors"] as const;
  if (attempt.state === "never") {
    return {
      status: "pending",
      actual: "Not tried yet",
      expected,
      advice: ["The sign-in is checked with the client secret when the cloud check runs."],
      sources,
    };
  }
  if (attempt.state === "succeeded")
    return withAge(
      { status: "done", actual: "A token was given", expected, evidence: attempt.evidence, sources },
      attempt.day,
      today,
    );
  const network = networkFailure(attempt.error);
  const { meaning, cure } = network ?? signInMeaning(attempt.error);
  const failed: Verdict = {
    status: "action",
    actual: network === null ? `${attempt.error}: ${meaning}` : inWords(network),
    expected,
    advice: [cure],
    evidence: attempt.evidence,
    sources,
  };
  return withAge(failed, attempt.day, today);
}

function role({ seen, target, today }: Case): Verdict {
  if (!usesApplication(target)) return noApplication;
  const expected = `The token holds the role ${fullAccessRole}`;
  const attempt = signIn(seen, target);
  const sources = ["ewsOAuth", "applicationRbac"] as const;
  if (attempt.state !== "succeeded") {
    return {
      status: "pending",
      actual: "No token yet",
      expected,
      advice: ["The role is read from the token once the sign-in succeeds."],
      sources,
    };
  }
  const evidence = attempt.evidence;
  const actual = attempt.roles.length === 0 ? "The token holds no role" : `Roles: ${attempt.roles.join(", ")}`;
  if (attempt.roles.includes(fullAccessRole)) {
    return withAge({ status: "done", actual, expected, evidence, sources }, attempt.day, today);
  }
  if (ewsAnswer(seen, target).answer === "answered") {
    const tighter: Verdict = {
      status: "attention",
      actual: `${actual}; the mailbox answered all the same`,
      expected,
      advice: [
        "RBAC for Applications is in use, which is the tighter way. Keep its management scope with the mailbox in it.",
      ],
      evidence,
      sources,
    };
    return withAge(tighter, attempt.day, today);
  }
  const missing: Verdict = {
    status: "action",
    actual,
    expected,
    advice: [
      `Give the application the permission ${fullAccessRole} of Office 365 Exchange Online, and grant admin consent.`,
      "Or use RBAC for Applications: the role Application EWS.AccessAsApp with a management scope that holds the mailbox.",
    ],
    evidence,
    sources,
  };
  return withAge(missing, attempt.day, today);
}

interface Refusal {
  readonly actual: string;
  readonly advice: readonly string[];
}

const refusals: Readonly<Record<Exclude<EwsAnswer, "answered" | "scope">, Refusal>> = {
  unauthorized: {
    actual: "Refused: not authorised (401)",
    advice: [`The token was not accepted. Check that admin consent was granted for ${fullAccessRole}.`],
  },
  forbidden: {
    actual: "Refused: forbidden (403)",
    advice: [
      "The application may not use EWS here. Check admin consent, the allow list, and the mailbox's EwsEnabled.",
    ],
  },
  policy: {
    actual: "Refused by policy: EWS is switched off or the application is not on the allow list",
    advice: ["See Exchange Online, EWS allowed for this application."],
  },
  ended: {
    actual: "Refused: EWS has ended for this tenant",
    advice: ["See Exchange Online, End of Exchange Web Services, for the ways that are left."],
  },
  noMailbox: {
    actual: "No mailbox answers at that address",
    advice: ["Check the Service Email Account, and that the mailbox exists and has a licence with EWS."],
  },
  throttled: {
    actual: "Exchange Online is busy or slows this application down",
    advice: ["Wait some minutes and check again. Nothing on the server has to change."],
  },
  other: { actual: "The probe failed", advice: ["Read the answer under evidence and check again."] },
};

/** Refusals the probe tells apart more finely than the rules of other steps need. */
const finerRefusals: Readonly<Partial<Record<EwsCode, Refusal>>> = {
  "ews.noPermission": {
    actual: "Refused: the token holds no permission for EWS",
    advice: [`Grant admin consent for ${fullAccessRole} of Office 365 Exchange Online, and wait some minutes.`],
  },
  "ews.disabled": {
    actual: "Refused by policy: EWS is switched off for the organisation or for this mailbox",
    advice: ["See Exchange Online, EWS allowed for this application: EwsEnabled of both decides."],
  },
  "ews.blockedByPolicy": {
    actual: "Refused by policy: EWS is blocked by the list of application IDs or by a policy of user agents",
    advice: ["See Exchange Online, EWS allowed for this application: both have to let it pass."],
  },
  "ews.disabledOrganization": {
    actual: "Refused: EWS is switched off for the organisation",
    advice: ["See Exchange Online, EWS allowed for this application: EwsEnabled of the organisation must be True."],
  },
  "ews.notOnAllowList": {
    actual: "Refused: the application is not on the organisation's allow list for EWS",
    advice: ["See Exchange Online, EWS allowed for this application."],
  },
  "ews.noLicence": {
    actual: "The mailbox has no licence with Exchange Online",
    advice: ["Give the account a licence with Exchange Online that includes EWS; kiosk licences (F1, F3) do not."],
  },
};

/** A refusal in words, as the probe's day and the token explain it. */
function refusalOf(probe: ReturnType<typeof ewsAnswer>, { seen, target }: Case): Refusal {
  const { answer, code } = probe;
  const values = commandValues(target, knownValue(applicationId(seen)), wantedMailbox(seen, target));
  if (code === "ews.disabledMailbox") {
    return {
      actual: "Refused: EWS is switched off for this mailbox",
      advice: [`Switch it on in Exchange Online PowerShell: ${writeMailboxEws(values)}`],
    };
  }
  if (answer === "scope") {
    const { actual, advice } = outsideScope(probe.hasFullAccess, values);
    return { actual: `Refused: ${actual.charAt(0).toLowerCase()}${actual.slice(1)}`, advice };
  }
  const finer = finerRefusals[code as EwsCode];
  if (finer !== undefined) return finer;
  if (answer === "forbidden" && probe.day !== null && probe.day >= ewsBlockedFrom) {
    return {
      actual: `Refused: forbidden (403), without a reason; since ${ewsBlockedFrom} most likely the allow list`,
      advice: [
        "See Exchange Online, EWS allowed for this application, first.",
        "Then check admin consent, the allow list, and the mailbox's EwsEnabled.",
      ],
    };
  }
  return refusals[answer === null || answer === "answered" ? "other" : answer];
}

function ews(given: Case): Verdict {
  const { seen, target, today } = given;
  if (!usesApplication(target)) return noApplication;
  const expected = "The mailbox answers the application through EWS";
  const probe = ewsAnswer(seen, target);
  const { answer, text, evidence } = probe;
  const sources = ["ewsOAuth", "ewsControl"] as const;
  if (answer === null) {
    return {
      status: "pending",
      actual: "Not tried yet",
      expected,
      advice: ["The mailbox is asked when the cloud check runs."],
      sources,
    };
  }
  const aged = (status: Verdict["status"], { actual, advice }: Refusal): Verdict =>
    withAge({ status, actual, expected, advice, evidence, sources }, probe.day, today);
  if (answer === "answered") return aged("done", { actual: "The mailbox answered", advice: [] });
  const network = networkFailure(text ?? "");
  if (network !== null) return aged("action", { actual: inWords(network), advice: [network.cure] });
  const refusal = refusalOf(probe, given);
  const said = answer === "other" ? `: ${codeIn(text ?? "")?.detail ?? text ?? ""}` : "";
  return aged("action", { actual: `${refusal.actual}${said}`, advice: refusal.advice });
}
