import { emptyGuid, plainGuid } from "../contract/guid.ts";
import { lastChange } from "../facts/history.ts";
import { applicationId, clientSecret, mailValueNames, tenantId } from "../facts/mail.ts";
import { mailEventKind, mailEventMeanings, mailEvents, mailEventsCountFrom } from "../facts/mail-events.ts";
import { mimService } from "../facts/service.ts";
import { accessToken } from "../facts/token.ts";
import { type Fact, isUnknown, knownValue } from "../recording/fact.ts";
import { usesApplication } from "./azure-ids.ts";
import { type Case, evidenceOf, firstUnknown, notApplicable, notKnown, type StepRules, type Verdict } from "./rule.ts";

export const verifyRules: StepRules<"verify"> = {
  "verify.service": { title: "Service started since the change", judge: service },
  "verify.registry": { title: "Values in the registry", judge: registry },
  "verify.token": { title: "Access token", judge: token },
  "verify.events": { title: "Error events", judge: events },
  "verify.mail": { title: "A notification arrived", judge: mail },
};

function service({ seen }: Case): Verdict {
  const expected = "Running, and started after the last change";
  const state = mimService(seen);
  if (isUnknown(state)) return notKnown(state, expected);
  const changed = lastChange(seen);
  const restart = ["Restart the Forefront Identity Manager Service: it reads its configuration only when it starts."];
  if (state.state === "absent") {
    return {
      status: "action",
      actual: "There is no service FIMService",
      expected,
      advice: ["Install the MIM Service first."],
      evidence: [evidenceOf(state)],
    };
  }
  const { status, startedAt } = state.value;
  const evidence = [
    { address: "FIMService, started", value: startedAt ?? "not known" },
    { address: "Last change", value: changed ?? "none" },
  ];
  if (status.toLowerCase() !== "running") {
    return {
      status: "action",
      actual: `The service is ${status}`,
      expected,
      advice: ["Start the Forefront Identity Manager Service."],
      evidence,
    };
  }
  if (changed === null) return { status: "done", actual: "Running; nothing was changed", expected, evidence };
  if (!startedAt) return notKnown({ state: "notRecorded", address: "FIMService, start time" }, expected, [], evidence);
  if (Date.parse(startedAt) > Date.parse(changed)) {
    return { status: "done", actual: "Running, started after the last change", expected, evidence };
  }
  return { status: "action", actual: "Running since before the last change", expected, advice: restart, evidence };
}

function registry({ seen, target }: Case): Verdict {
  if (!usesApplication(target)) return notApplicable("Application Context Authentication is not wanted");
  const expected = "Application ID and Tenant ID as wanted, and an encrypted client secret";
  const ids = [
    { name: mailValueNames.applicationId, fact: applicationId(seen), wanted: target.applicationId },
    { name: mailValueNames.tenantId, fact: tenantId(seen), wanted: target.tenantId },
  ];
  const secret = clientSecret(seen);
  const evidence = [
    ...ids.map(({ fact }) => evidenceOf(fact)),
    evidenceOf(secret, ({ encrypted }) => (encrypted ? "present, encrypted" : "present, not encrypted")),
  ];
  const unknown = firstUnknown(...ids.map(({ fact }) => fact), secret);
  if (unknown !== null) return notKnown(unknown, expected, [], evidence);
  const wrong = [
    ...ids.flatMap(({ name, fact, wanted }) => idFault(name, fact, wanted)),
    ...(secret.state === "absent" ? [`${mailValueNames.secret} is not set`] : []),
    ...(secret.state === "present" && !secret.value.encrypted ? [`${mailValueNames.secret} is not encrypted`] : []),
  ];
  if (wrong.length === 0) return { status: "done", actual: "All three as wanted", expected, evidence };
  return {
    status: "action",
    actual: wrong.join("; "),
    expected,
    advice: [
      "Enter on Azure IDs what is wanted.",
      "Where the server is wrong, run Change mode again; the values cannot be written by hand.",
    ],
    evidence,
  };
}

function idFault(name: string, fact: Fact<string>, wanted: string | undefined): string[] {
  const value = knownValue(fact);
  if (value === null) return [`${name} is not set`];
  const plain = plainGuid(wanted ?? "");
  if (plain === null || plain === emptyGuid)
    return [`${name} cannot be compared: what is wanted is not entered or no GUID`];
  return plainGuid(value) === plain ? [] : [`${name} differs`];
}

function token({ seen, target }: Case): Verdict {
  if (!usesApplication(target)) return notApplicable("Application Context Authentication is not wanted");
  const expected = "The service keeps an access token under its account's hive";
  const found = accessToken(seen);
  const evidence = [evidenceOf(found, () => "present, not shown")];
  const sources = ["guide"] as const;
  if (found.state === "present") return { status: "done", actual: "Present", expected, evidence, sources };
  if (found.state === "absent") {
    return {
      status: "action",
      actual: "There is no token: the service could not sign in",
      expected,
      advice: [
        "Solve TLS first, the .NET 2.x values above all, and the sign-in on Azure IDs.",
        "Then restart the Forefront Identity Manager Service and look again.",
      ],
      evidence,
      sources,
    };
  }
  return {
    ...notKnown(
      found,
      expected,
      [
        "The account's hive is loaded only while its service runs: start the Forefront Identity Manager Service.",
        "Reading it needs elevation: start the assistant as an administrator and look again.",
      ],
      evidence,
    ),
    sources,
  };
}

const minutesToWait = 15;

function events({ seen }: Case): Verdict {
  const expected = `No Event 12 and no token error for ${minutesToWait} minutes after the last start or change`;
  const found = mailEvents(seen);
  if (found.state !== "present") return notKnown(found, expected);
  const since = mailEventsCountFrom(seen);
  const current = found.value.filter(({ at }) => since === null || Date.parse(at) >= since);
  const shown = current.slice(0, 5).map((event) => ({
    address: `${event.log}, ${event.provider}, Event ${event.id}, ${event.at}`,
    value: event.text.slice(0, 1000),
  }));
  const sinceText = since === null ? "not known" : new Date(since).toISOString();
  const evidence = [{ address: "Counted from", value: sinceText }, ...shown];
  const [latest] = current;
  if (latest !== undefined) {
    const kind = mailEventKind(latest) ?? "cannotConnect";
    const count = current.length === 1 ? "1 error event" : `${current.length} error events`;
    return {
      status: "action",
      actual: `${count}; the last at ${latest.at.replace(/\.\d+Z$/, "Z")}: ${latest.text.slice(0, 200)}`,
      expected,
      advice: [
        `It means: ${mailEventMeanings[kind]}.`,
        "Look at TLS first, the .NET 2.x values above all, then at Azure IDs and Exchange Online.",
        "Restart the Forefront Identity Manager Service after each change; only events after that count.",
      ],
      evidence,
      sources: ["guide"],
    };
  }
  if (since === null) {
    return notKnown({ state: "notRecorded", address: "FIMService, start time" }, expected, [
      "When the service started is not known, so the time without errors cannot be told. Start the service and look again.",
    ]);
  }
  const minutes = Math.floor((Date.parse(seen.recording.recordedAt) - since) / 60_000);
  if (minutes < minutesToWait) {
    return {
      status: "pending",
      actual: `No error so far, for ${Math.max(minutes, 0)} of ${minutesToWait} minutes`,
      expected,
      // The next whole minute: nobody waits for milliseconds.
      advice: [`Wait until ${wholeMinute(since + minutesToWait * 60_000)} and look again.`],
      evidence,
    };
  }
  return { status: "done", actual: "No error event", expected, evidence };
}

function mail({ target }: Case): Verdict {
  const expected = "Someone received a notification from MIM";
  if (target.mailConfirmed !== undefined)
    return { status: "done", actual: `Confirmed on ${target.mailConfirmed}`, expected };
  return {
    status: "pending",
    actual: "Not confirmed yet",
    expected,
    advice: [
      "Let MIM send one: change something whose workflow notifies you, or reset a test account's password.",
      "When it has arrived, confirm it on this page with the day.",
    ],
  };
}

/** The next whole minute from a moment on, as recordings write moments. */
function wholeMinute(moment: number): string {
  return new Date(Math.ceil(moment / 60_000) * 60_000).toISOString().replace(".000Z", "Z");
}
