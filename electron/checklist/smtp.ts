import type { Evidence } from "../contract/checklist.ts";
import type { RelayCheck } from "../contract/history.ts";
import { relayCheckFor, senderWanted, takesMail, windowsStateOf } from "../facts/relay.ts";
import { tlsVersionInWords } from "../facts/tls-version.ts";
import { withAge } from "./cloud-age.ts";
import { relayMeaning, relayMeanings } from "./relay-states.ts";
import { type Case, notApplicable, type Verdict } from "./rule.ts";

const otherServer = "The mail server wanted is not SMTP";
const ask = "Ask the relay from this server: mim-mail relay-check. Nothing is sent.";

/** A conversation as evidence. */
function told(check: RelayCheck): readonly Evidence[] {
  const { at, host, port, banner, tls, mechanisms, senderReply, insideReply, outsideReply, mx, spf, sent } = check;
  const row = (address: string, value: string | null | undefined): Evidence[] => (value ? [{ address, value }] : []);
  return [
    { address: "Relay asked", value: `${host}, port ${port}, ${at}` },
    ...row("Its addresses", check.addresses.join(", ")),
    ...row("Greeting", banner),
    ...row(
      "TLS",
      tls &&
        `${tls.protocol ?? "?"}, ${tls.name}, by ${tls.issuer}, until ${tls.validTo}${tls.fault ? `: ${tls.fault}` : ""}`,
    ),
    ...row("Ways to sign in", mechanisms.join(", ")),
    ...row(`Sender ${check.sender}`, senderReply?.text),
    ...row(`Recipient ${check.inside}`, insideReply?.text),
    ...row(`Recipient ${check.outside}`, outsideReply?.text),
    ...row("Windows' own way", windowsWords(check)),
    ...row("MX of the domain", mx?.join(", ")),
    ...row("SPF of the domain", spf),
    ...row("Test mail", sent && `${sent.to}: ${sent.text}`),
  ];
}

/** How Windows' own way ended, in a few words; null where it was not tried. */
function windowsWords({ windows }: RelayCheck): string | null {
  if (!windows) return null;
  const ended = windowsStateOf({ windows });
  if (ended === null) return `could not be tried: ${windows.detail ?? "no reason is known"}`;
  const tls = windows.tls ? `, ${tlsVersionInWords(windows.tls)}` : "";
  const said = windows.detail ? `: ${windows.detail}` : "";
  return `${ended === "ready" ? "reaches it" : relayMeanings[ended].cause}${tls}${said}`;
}

const dayOf = (moment: string): string => new Date(moment).toISOString().slice(0, 10);

/** Whether the relay would take MIM's mail, by the last conversation with it. */
export function relay({ seen, target, today }: Case): Verdict {
  if (target.mailServer !== "smtp") return notApplicable(otherServer);
  const expected = "The relay takes mail from the service's address, for inside and outside recipients";
  const sources = ["relayWays", "deliveryReports"] as const;
  const check = relayCheckFor(seen, target);
  if (check === null) return { status: "pending", actual: "Not asked yet", expected, advice: [ask], sources };
  const { cause, cure, detail } = relayMeaning(check);
  const verdict = { expected, evidence: told(check), sources };
  const actual = detail ? `${cause}: ${detail}` : cause;
  return withAge(
    takesMail(check)
      ? { ...verdict, status: "done", actual: `${cause}, ${check.host}` }
      : { ...verdict, status: "action", actual, advice: [...cure, ask] },
    dayOf(check.at),
    today,
    "Ask the relay again",
  );
}

/** Whether the relay takes the service's address as sender. */
export function sender({ seen, target, today }: Case): Verdict {
  if (target.mailServer !== "smtp") return notApplicable(otherServer);
  const address = senderWanted(seen, target);
  const expected = "The service's address belongs to a domain the relay takes as sender";
  const check = relayCheckFor(seen, target);
  const reply = check?.senderReply ?? null;
  if (check === null || reply === null) {
    return {
      status: "pending",
      actual: address === "" ? "The service's address is not entered" : `${address}: not asked yet`,
      expected,
      advice: [address === "" ? "Enter the address MIM sends from." : ask],
    };
  }
  const evidence = [{ address: `Sender ${check.sender}, ${check.at}`, value: reply.text }];
  const verdict: Verdict = reply.taken
    ? { status: "done", actual: check.sender, expected, evidence }
    : {
        status: "action",
        actual: `${check.sender} was refused: ${reply.text}`,
        expected,
        advice: [...relayMeaning(check).cure, ask],
        evidence,
      };
  return withAge(verdict, dayOf(check.at), today, "Ask the relay again");
}
