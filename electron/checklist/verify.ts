import type { Evidence } from "../contract/checklist.ts";
import { emptyGuid, plainGuid } from "../contract/guid.ts";
import { lastChange } from "../facts/history.ts";
import { applicationId, clientSecret, mailValueNames, tenantId } from "../facts/mail.ts";
import { type MailEvent, mailEvents, mailEventsCountFrom, needsChange } from "../facts/mail-events.ts";
import { type MailProof, mailProof } from "../facts/mail-proof.ts";
import { minutesToWait, quietSince } from "../facts/quiet-time.ts";
import { isStopped, mimService, serviceAccountSid } from "../facts/service.ts";
import { accessToken } from "../facts/token.ts";
import { type Fact, isUnknown, knownValue } from "../recording/fact.ts";
import { usesApplication } from "./azure-ids.ts";
import { eventAdvice } from "./mail-event-advice.ts";
import { algorithmAdvice } from "./no-common-algorithm.ts";
import { ruledOut, whatIsLeft } from "./no-token.ts";
import { type Case, evidenceOf, firstUnknown, notApplicable, notKnown, type StepRules, type Verdict } from "./rule.ts";
import { sidNotKnown } from "./service-account.ts";

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
      advice: [...algorithmAdvice(seen), "Start the Forefront Identity Manager Service."],
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
      "Where the server is wrong, run Change mode again: it is the supported way. Scripts that write these values are not.",
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

function token(given: Case): Verdict {
  const { seen, target } = given;
  if (!usesApplication(target)) return notApplicable("Application Context Authentication is not wanted");
  const expected = "The service keeps an access token under its account's hive";
  const found = accessToken(seen);
  const evidence = [evidenceOf(found, () => "present, not shown")];
  const sources = ["guide"] as const;
  if (isStopped(seen)) return { ...whileStopped(expected, evidence), sources };
  if (found.state === "present") return { status: "done", actual: "Present", expected, evidence, sources };
  if (found.state === "absent") {
    return {
      status: "action",
      actual: "There is no token: the service could not sign in",
      expected,
      advice: [...whatIsLeft(given), "Then restart the Forefront Identity Manager Service and check again."],
      evidence: [...evidence, ...ruledOut(given)],
      sources,
    };
  }
  const sid = serviceAccountSid(seen);
  // The token is kept under the account's SID: without it there is nothing to read.
  if (sid.state !== "present") return { ...sidNotKnown(sid, expected), sources };
  return { ...notKnown(found, expected, [], evidence), sources };
}

function events(given: Case): Verdict {
  const { seen } = given;
  const expected = `No error of mail in the event log for ${minutesToWait} minutes after the last start or change`;
  const found = mailEvents(seen);
  if (found.state !== "present") return notKnown(found, expected);
  const since = mailEventsCountFrom(seen);
  const current = found.value.filter(({ event }) => since === null || Date.parse(event.at) >= since);
  const shown = current.slice(0, 5).map(({ event }) => ({
    address: `${event.log}, ${event.provider}, Event ${event.id}, ${event.at}`,
    value: event.text.slice(0, 1000),
  }));
  const sinceText = since === null ? "not known" : moment(since);
  const evidence = [{ address: "Counted from", value: sinceText }, ...shown];
  if (isStopped(seen)) return whileStopped(expected, evidence);
  if (current.length > 0) return { ...toldEvents(given, current), expected, evidence, sources: ["guide"] };
  if (since === null) {
    return notKnown({ state: "notRecorded", address: "FIMService, start time" }, expected, [
      "When the service started is not known, so the time without errors cannot be told. Start the service and check again.",
    ]);
  }
  const quiet = quietSince(seen) ?? since;
  const minutes = Math.floor((Date.parse(seen.recording.recordedAt) - quiet) / 60_000);
  if (minutes < minutesToWait) {
    return {
      status: "pending",
      actual: `No error so far, for ${Math.max(minutes, 0)} of ${minutesToWait} minutes`,
      expected,
      // The next whole minute: nobody waits for milliseconds.
      advice: [`Wait until ${wholeMinute(quiet + minutesToWait * 60_000)} and check again.`],
      evidence,
    };
  }
  return { status: "done", actual: "No error event", expected, evidence };
}

/** The verdict on events that count: a cause that is known has to be changed, anything else to be looked at. */
function toldEvents(given: Case, current: readonly MailEvent[]): Pick<Verdict, "status" | "actual" | "advice"> {
  const certain = current.filter(({ kind }) => needsChange(kind));
  const told = certain.length > 0 ? certain : current;
  const [{ event: last } = { event: null }] = told;
  const count = told.length === 1 ? "1 error event" : `${told.length} error events`;
  const text = last === null ? "" : `${last.at.replace(/\.\d+Z$/, "Z")}: ${last.text.slice(0, 200)}`;
  return {
    status: certain.length > 0 ? "action" : "attention",
    actual: `${count}; the last at ${text}`,
    advice: [
      ...eventAdvice(given, told),
      "Restart the Forefront Identity Manager Service after each change; only events after that count.",
    ],
  };
}

/** The service sends nothing while it is stopped: that it writes no errors then proves nothing. */
function whileStopped(expected: string, evidence: readonly Evidence[]): Verdict {
  return {
    status: "unknown",
    actual: "Not known: the service is not running",
    expected,
    advice: ["Start the Forefront Identity Manager Service, wait a quarter of an hour and check again."],
    evidence,
  };
}

const mailProblems: Readonly<Record<Exclude<MailProof, "proof">, string>> = {
  inTheFuture: "that day has not come yet",
  beforeTheChange: "that is before the last change, so it proves nothing of the server as it is now",
  beforeTheStart: "that is before the service last started, so it proves nothing of the server as it is now",
};

function mail({ seen, target, today }: Case): Verdict {
  const expected = "Someone received a notification from MIM since the last change and the service's start";
  const day = target.mailConfirmed;
  const advice = [
    "Let MIM send one: change something whose workflow notifies you, or reset a test account's password.",
  ];
  if (day === undefined) return { status: "pending", actual: "Not confirmed yet", expected, advice };
  const proof = mailProof(seen, day, today);
  const evidence = [
    { address: "Last change", value: lastChange(seen) ?? "none" },
    evidenceOf(mimService(seen), ({ startedAt }) => startedAt ?? "start not known"),
  ];
  if (proof === "proof") return { status: "done", actual: `Confirmed on ${day}`, expected, evidence };
  return { status: "pending", actual: `Confirmed on ${day}: ${mailProblems[proof]}`, expected, advice, evidence };
}

function moment(time: number): string {
  return new Date(time).toISOString();
}

/** The next whole minute from a moment on, as recordings write moments. */
function wholeMinute(moment: number): string {
  return new Date(Math.ceil(moment / 60_000) * 60_000).toISOString().replace(".000Z", "Z");
}
