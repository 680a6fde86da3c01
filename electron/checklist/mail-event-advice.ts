import { type MailEvent, type MailEventKind, mailEventMeanings, speaksOfMail } from "../facts/mail-events.ts";
import { algorithmAdvice } from "./no-common-algorithm.ts";
import { whatIsLeft } from "./no-token.ts";
import type { Case } from "./rule.ts";
import { signInMeaning } from "./sign-in-errors.ts";

/** What to do for each kind of event; `signIn`, `commonAlgorithm` and those of TLS say it of the server at hand. */
const cures: Readonly<Partial<Record<MailEventKind, readonly string[]>>> = {
  certificate: [
    "Look at the certificate's chain, its dates and its names from this server; a device between that opens TLS shows its own.",
    "Set this server's clock: w32tm /query /status.",
  ],
  noMailbox: [
    "Look at Exchange Online, the service's mailbox: does the address exist, is it licensed, is it the service's own address?",
  ],
  proxy: [
    "The service goes through a proxy that wants a sign-in: let this server through without one, or set the proxy in <defaultProxy> of the service's configuration.",
  ],
  dns: [
    "Look the host up from this server: Resolve-DnsName outlook.office365.com, login.microsoftonline.com, or your mail host.",
  ],
  connect: [
    "Try the port from this server: Test-NetConnection <host> -Port 443 (25 for SMTP). Let the firewall and the proxy through.",
  ],
  timeOut: [
    "Try the port from this server: Test-NetConnection <host> -Port 443 (25 for SMTP); look at the proxy, the firewall and the mail server's load.",
  ],
  unauthorized: [
    "Look at Azure IDs: make the check of Microsoft's cloud, which tells secret, consent and permission apart. For Exchange Server: the service account's password and its mailbox.",
  ],
  forbidden: [
    "Look at Exchange Online: the allow list of applications, EWS of the mailbox and the policies that limit the application; and at the permission on Azure IDs.",
  ],
  throttled: ["Wait and check again: Exchange limits how much an application may ask. Look for what sends very much."],
  smtp: [
    "Look at Mail server type: the host, who may relay there, and the sender's address. The reply of the mail server is in the text.",
  ],
  unknownMail: ["Read the text; the assistant does not know it. Look it up together with the event's number."],
  otherError: ["Read the text: the service has a trouble of its own, which may keep mail from being made."],
};

/** What the events mean and what to do, for each kind once, that of the newest first. */
export function eventAdvice(given: Case, events: readonly MailEvent[]): string[] {
  const kinds = [...new Set(events.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const newest = events.find((one) => one.kind === kind)?.event;
    if (newest === undefined) return [];
    if (kind === "signIn") {
      const code = /AADSTS\d{1,10}/i.exec(newest.text)?.[0] ?? "";
      const { meaning, cure } = signInMeaning(newest.text);
      const tls = /AADSTS1002016\b/i.test(newest.text) ? whatIsLeft(given) : [];
      return [`It means: Microsoft Entra ID refused the sign-in (${code}): ${meaning}.`, cure, ...tls];
    }
    const about = speaksOfMail(newest) || !(kind in cures) ? "It means" : "If it is about mail, it means";
    const means = `${about}: ${mailEventMeanings[kind]}.`;
    if (kind === "commonAlgorithm") return [means, ...algorithmAdvice(given.seen), ...whatIsLeft(given)];
    return [means, ...(cures[kind] ?? whatIsLeft(given))];
  });
}
