import type { RelayCheck } from "../contract/history.ts";
import type { RelayAnswer, RelayRow, RelayStepId } from "../contract/relay.ts";
import { type RelayState, relayStateOf, windowsStateOf } from "../facts/relay.ts";
import { tlsVersionInWords } from "../facts/tls-version.ts";
import { relayMeanings, windowsFailure } from "./relay-states.ts";

const titles: Readonly<Record<RelayStepId, string>> = {
  name: "The relay’s name",
  connection: "Connection",
  greeting: "Greeting",
  tls: "TLS",
  sender: "Sender",
  inside: "Recipient inside",
  outside: "Recipient outside",
  windows: "Windows’ own way (SCHANNEL and .NET Framework)",
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

/** What Windows' own way proves, and what not. */
const provesWindows =
  "MIM’s service runs on CLR 2.0, which has settings of its own: see TLS and strong cryptography, .NET 2.x, 64-bit.";

/** How Windows' own way ended; null where it was not tried. */
function windowsRow(check: RelayCheck): RelayRow | null {
  const { windows } = check;
  if (!windows) return null;
  const head = { id: "windows", title: titles.windows } as const;
  const said = windows.detail ? `: ${windows.detail}` : "";
  const state = windowsStateOf(check);
  if (state === null) {
    return {
      ...head,
      status: "unknown",
      text: `Windows PowerShell could not be asked${said}`,
      cure: ["Let Windows PowerShell run on this server, and ask again."],
    };
  }
  if (state === "ready") {
    const tls = windows.tls ? `, ${tlsVersionInWords(windows.tls)}` : "";
    return { ...head, status: "done", text: `Reaches the relay${tls}. ${provesWindows}`, cure: [] };
  }
  const cure = windowsFailure(check)?.cure ?? relayMeanings[state].cure;
  return { ...head, status: "action", text: `${relayMeanings[state].cause}${said}`, cure: [...cure] };
}

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
  rows.push(...[windowsRow(check) ?? []].flat());
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
