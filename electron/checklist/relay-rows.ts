import type { RelayCheck } from "../contract/history.ts";
import type { RelayAnswer, RelayRow, RelayStepId } from "../contract/relay.ts";
import { type RelayState, relayStateOf } from "../facts/relay.ts";
import { relayMeanings } from "./relay-states.ts";

const titles: Readonly<Record<RelayStepId, string>> = {
  name: "The relay’s name",
  connection: "Connection",
  greeting: "Greeting",
  tls: "TLS",
  sender: "Sender",
  inside: "Recipient inside",
  outside: "Recipient outside",
  testMail: "Test mail",
};

/** The steps of the conversation itself, in their order. */
const conversation = ["name", "connection", "greeting", "tls", "sender", "inside", "outside"] as const;
type Step = (typeof conversation)[number];

/** The step at which a state is met where no reply tells it. */
const metAt: Readonly<Partial<Record<RelayState, Step>>> = {
  notFound: "name",
  refused: "connection",
  noConnection: "connection",
  tlsMissing: "tls",
  tlsFailed: "tls",
  certificate: "tls",
};

/** The step that failed; null when the relay takes the mail. */
function failedStep(check: RelayCheck): Step | null {
  const state = relayStateOf(check);
  if (state === "ready") return null;
  const met = metAt[state];
  if (met !== undefined) return met;
  const { banner, senderReply, insideReply } = check;
  if (!banner) return "greeting";
  if (senderReply?.taken) return insideReply?.taken ? "outside" : "inside";
  // A refusal without a reply to the sender came at the greeting; a conversation that broke off may have got further.
  return senderReply || state === "brokenOff" ? "sender" : "greeting";
}

/** What was answered at a step that went well. */
function answered(check: RelayCheck, step: Step): string {
  const { addresses, host, port, banner, tls, startTls, useSsl, sender, inside, outside } = check;
  switch (step) {
    case "name":
      return addresses.length === 0 ? host : `${host}: ${addresses.join(", ")}`;
    case "connection":
      return `Port ${port} is open from here`;
    case "greeting":
      return banner ?? "Greeted";
    case "tls": {
      const certificate = tls
        ? `${tls.protocol ?? "TLS"}, ${tls.name}, by ${tls.issuer}, until ${tls.validTo}${tls.fault ? ` (${tls.fault})` : ""}`
        : null;
      if (useSsl) return certificate ?? "STARTTLS";
      return startTls
        ? `Not wanted; the relay offers it${certificate ? `: ${certificate}` : ""}`
        : "Not wanted, not offered";
    }
    case "sender":
      return `${sender}: ${check.senderReply?.text ?? "taken"}`;
    case "inside":
      return `${inside}: ${check.insideReply?.text ?? "taken"}`;
    case "outside":
      return `${outside}: ${check.outsideReply?.text ?? "taken"}`;
  }
}

const replyOf = (check: RelayCheck, step: Step) =>
  step === "sender" || step === "inside" || step === "outside" ? (check[`${step}Reply`] ?? null) : null;

/** A conversation step by step: what went well, what failed with its cause and cure, and what was not reached. */
export function relayAnswer(check: RelayCheck): RelayAnswer {
  const failed = failedStep(check);
  const at = failed === null ? conversation.length : conversation.indexOf(failed);
  const { cause, cure } = relayMeanings[relayStateOf(check)];
  const rows = conversation.map((id, index): RelayRow => {
    const title = titles[id];
    if (id === failed) {
      return { id, status: "action", title, text: check.detail ? `${cause}: ${check.detail}` : cause, cure: [...cure] };
    }
    // After a certificate that is not trusted the conversation went on.
    if (index < at || replyOf(check, id)?.taken) {
      return { id, status: "done", title, text: answered(check, id), cure: [] };
    }
    return { id, status: "notApplicable", title, text: "Not reached", cure: [] };
  });
  const { sent, mechanisms, mx, spf } = check;
  if (sent) {
    rows.push({
      id: "testMail",
      status: sent.taken ? "done" : "action",
      title: titles.testMail,
      text: sent.taken ? `Taken for ${sent.to}: see that it arrives (${sent.text})` : `${sent.to}: ${sent.text}`,
      cure: sent.taken ? [] : ["Nothing arrived. See what the relay said, mend that, and ask again."],
    });
  }
  const detail = (label: string, value: string | null | undefined) => (value ? [{ label, value }] : []);
  return {
    at: check.at,
    host: check.host,
    port: check.port,
    rows,
    details: [
      ...detail("Ways to sign in", mechanisms.join(", ")),
      ...detail("MX of the domain", mx?.join(", ")),
      ...detail("SPF of the domain", spf),
    ],
  };
}
