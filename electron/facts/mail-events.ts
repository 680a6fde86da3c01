import { absent, type Fact, notRecorded, present, unreadable } from "../recording/fact.ts";
import type { EventItem } from "../recording/recording.ts";
import type { Seen } from "../recording/seen.ts";
import { lastChange } from "./history.ts";
import { mimService } from "./service.ts";

const address = "event logs Application and Forefront Identity Manager";

/** What each kind of event of the MIM Service means to whoever reads it. */
export const mailEventMeanings = {
  noToken: "the service got no access token; TLS, the secret or the permission is wrong",
  commonAlgorithm: "the two sides of a connection have no TLS version or cipher suite in common",
  signIn: "Microsoft Entra ID refused the sign-in",
  certificate: "a certificate was not trusted, or does not name the host",
  noMailbox: "Exchange found no mailbox of that address",
  proxy: "the proxy wants a sign-in or refused the connection",
  dns: "a host name could not be resolved",
  connect: "no connection came about: a firewall, a proxy or a wrong host",
  timeOut: "no answer came in time",
  tls: "the connection was broken while TLS was negotiated: the other side refused the version or the cipher suites offered",
  unauthorized: "the sign-in was not accepted (401)",
  forbidden: "access was refused (403)",
  throttled: "Exchange asked for patience (too many requests)",
  smtp: "the mail server refused a message or the sign-in (SMTP)",
  cannotConnect: "the service cannot connect to Exchange Web Services",
  unknownMail: "a problem with mail that the assistant does not know by its text",
  otherError: "an error of the MIM Service that does not speak of mail",
} as const;
export type MailEventKind = keyof typeof mailEventMeanings;

/**
 * What the text of a warning or an error tells, most telling first: an exception carries its causes behind it. Names of
 * exceptions and texts of .NET Framework, Windows' SSPI, EWS' ResponseCodeType and SMTP.
 */
const causes: readonly (readonly [MailEventKind, RegExp])[] = [
  ["signIn", /\bAADSTS\d/i],
  ["commonAlgorithm", /do(es)? not possess a common algorithm|\b0x80090331\b|SEC_E_ALGORITHM_MISMATCH/i],
  // The database's own troubles are not the mail's, whatever else their text says.
  ["otherError", /\bSqlException\b|System\.Data\.SqlClient|\bSQL Server\b|SQL Native Client|\bOLE DB\b/i],
  [
    "certificate",
    /remote certificate is invalid|could not establish trust relationship|certificate chain|RemoteCertificate|\bcertificate\b.{0,60}\b(expired|not trusted|untrusted|not valid|invalid|revoked)\b|CERT_E_|SEC_E_UNTRUSTED_ROOT|SEC_E_CERT_/i,
  ],
  [
    "noMailbox",
    /has no mailbox|no mailbox associated|mailbox (was |could )?not (be )?found|MailboxNotEnabled|ErrorNonExistentMailbox|ErrorMissingEmailAddress|ErrorInvalidSmtpAddress|ErrorMailboxMoveInProgress|ErrorMailboxStoreUnavailable/i,
  ],
  ["proxy", /\(407\)|\b407\b.{0,20}proxy|proxy authentication required/i],
  [
    "dns",
    /name could not be resolved|Remotename konnte nicht aufgelöst werden|nom distant n.a pas pu être résolu|NameResolutionFailure|no such host is known|\bWSAHOST_NOT_FOUND\b/i,
  ],
  [
    "connect",
    /unable to connect to the remote server|Verbindung mit dem Remoteserver kann nicht hergestellt werden|Impossible de se connecter au serveur distant|actively refused|network is unreachable|unreachable (network|host)|did not properly respond|ConnectFailure/i,
  ],
  [
    "tls",
    /secure channel|\bSSL\b.{0,10}\bTLS\b|unexpected error occurred on a (send|receive)|Verbindung wurde geschlossen|connexion sous-jacente a été fermée|SSL\/TLS-Kanal|canal sécurisé SSL\/TLS|closed the transport stream|unexpected EOF|forcibly closed|\bSSPI\b|SecureChannelFailure|AuthenticationException|tls alert|handshake|protocol version|SEC_E_|unexpected or badly formatted/i,
  ],
  [
    "timeOut",
    /(operation|request|connection|server) (has |was )?timed.?out|Timeout für Vorgang überschritten|délai (d.attente )?de l.opération|time-?out (period|expired)|\(504\)|\(408\)/i,
  ],
  ["throttled", /\(429\)|\(503\)|ErrorServerBusy|ErrorExceeded|ErrorTooManyObjects|ServerBusyException|throttl/i],
  ["unauthorized", /\(401\)|\b401\b.{0,20}unauthori[sz]ed|unauthori[sz]ed|invalid_client|invalid_token/i],
  [
    "forbidden",
    /\(403\)|\b403\b.{0,20}forbidden|\bforbidden\b|ErrorAccessDenied|ErrorImpersonat|X-EWS-Policy-Reason|EWS is (disabled|blocked)/i,
  ],
  [
    "smtp",
    /\bSmtp\w{0,30}Exception\b|\bSMTP\b|unable to relay|relay(ing)? (access )?denied|client was not authenticated|\b[45]\.\d{1,3}\.\d{1,3}\b.{0,80}(recipient|sender|mailbox|relay|client|auth|message|address)/i,
  ],
];

/** Words by which an event speaks of mail, where its cause is not known. */
const mailWords =
  /\be-?mails?\b|\bmails?\b|mailbox|Exchange|\bEWS\b|\bSMTP\b|office ?365|outlook|notification|\bMessageTransport|access token/i;

/** True for an event that MIM itself wrote. */
function isOfMim({ provider, log }: EventItem): boolean {
  const name = provider.toLowerCase();
  return (
    name.startsWith("microsoft.resourcemanagement") ||
    name.startsWith("forefront identity manager") ||
    log.toLowerCase() === "forefront identity manager"
  );
}

/**
 * What an event says: Event 12 of Microsoft.ResourceManagement* and the token message (in the log from build 4.6.607),
 * by whatever provider, and MIM's warnings and errors by their cause. Null for one that tells nothing: a stranger's, a
 * message of information, a warning that does not speak of mail.
 */
export function mailEventKind(event: EventItem): MailEventKind | null {
  if (/could not get access token for office ?365 mailbox/i.test(event.text)) return "noToken";
  if (!isOfMim(event)) return null;
  const isEvent12 = event.id === 12 && event.provider.toLowerCase().startsWith("microsoft.resourcemanagement");
  const level = event.level?.toLowerCase() ?? "";
  if ((level === "information" || level === "verbose") && !isEvent12) return null;
  const cause = causes.find(([, pattern]) => pattern.test(event.text))?.[0];
  if (isEvent12) return cause === undefined || cause === "otherError" ? "cannotConnect" : cause;
  const kind = cause ?? (mailWords.test(event.text) ? "unknownMail" : "otherError");
  return kind === "otherError" && level === "warning" ? null : kind;
}

/** True when a kind of event means for certain that something has to be changed; else it has to be looked at. */
export function needsChange(kind: MailEventKind): boolean {
  return kind !== "unknownMail" && kind !== "otherError";
}

/** True when an event speaks of mail, or of the cloud that mail goes through. */
export function speaksOfMail({ text }: EventItem): boolean {
  return mailWords.test(text) || /AADSTS|microsoftonline/i.test(text);
}

/** An event that tells something, and what. */
export interface MailEvent {
  readonly event: EventItem;
  readonly kind: MailEventKind;
}

/** The events that tell something, newest first; empty when the logs were read and hold none. */
export function mailEvents(seen: Seen): Fact<readonly MailEvent[]> {
  const events = seen.recording.events;
  if (events === null || events === undefined) return notRecorded(address);
  if (events.state === "absent") return absent(address);
  if (events.state === "unreadable") return unreadable(address, events.reason);
  // There may be tens of thousands: each moment is read once, not at every comparison.
  const timed = events.items.flatMap((event) => {
    const kind = mailEventKind(event);
    return kind === null ? [] : [{ event, kind, time: Date.parse(event.at) }];
  });
  timed.sort((one, other) => other.time - one.time);
  return present(
    address,
    timed.map(({ event, kind }) => ({ event, kind })),
  );
}

/**
 * From when on such events count: the later of the service's start and the last change, in milliseconds. What came
 * before says nothing of the server as it is now. Null when neither is known.
 */
export function mailEventsCountFrom(seen: Seen): number | null {
  const state = mimService(seen);
  const started = state.state === "present" ? (state.value.startedAt ?? null) : null;
  const moments = [started, lastChange(seen)].flatMap((moment) => (moment === null ? [] : [Date.parse(moment)]));
  return moments.length === 0 ? null : Math.max(...moments);
}

/** From when on the log can be believed to be whole, in milliseconds; null when that was not recorded. */
export function logReachesBackTo(seen: Seen): number | null {
  const events = seen.recording.events;
  return events?.state === "present" && events.from ? Date.parse(events.from) : null;
}
