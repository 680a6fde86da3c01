import type { RelayCheck } from "../contract/history.ts";
import { domainOf, isTenantHost } from "../facts/relay.ts";
import { scrubText } from "../recording/redact.ts";
import { converse, isNotFound, type RelayTimes } from "./relay-dialogue.ts";
import { ownNames, type RelayNames } from "./relay-names.ts";
import type { RelayQuestion } from "./relay-question.ts";

export interface RelayPorts {
  readonly now: () => Date;
  readonly names?: RelayNames;
  readonly times?: RelayTimes;
  /** Certificates to trust besides this computer's. */
  readonly trusted?: string;
  readonly signal?: AbortSignal;
  /** What is being asked, and how far it is (0 to 1). */
  readonly progress?: (text: string, fraction: number) => void;
}

/** What a person waits for at most: a relay that delays its greeting to try programs' patience does so for 20 seconds. */
const usualTimes: RelayTimes = { connecting: 20_000, greeting: 30_000, reply: 30_000 };

/**
 * Asks a relay whether it would take MIM's mail: its name, its port, its greeting, TLS, the sender and two recipients. The
 * conversation is the one MIM will have, in clear or by STARTTLS; where that is in clear and STARTTLS is offered, the
 * certificate is looked at in a conversation of its own. Nothing is sent but a test mail that was asked for.
 * Rejects with the signal's reason when it is stopped, and for nothing else.
 */
export async function askRelay(question: RelayQuestion, ports: RelayPorts): Promise<RelayCheck> {
  const { names = ownNames, times = usualTimes, trusted, signal, progress = () => {} } = ports;
  const { host, port, useSsl, sender, inside, outside } = question;
  const asked = { at: ports.now().toISOString(), host, port, useSsl, sender, inside, outside };
  progress(`Looking ${host} up`, 0);
  let addresses: readonly string[];
  try {
    addresses = await names.addresses(host);
  } catch (error) {
    signal?.throwIfAborted();
    const code = (error as NodeJS.ErrnoException).code ?? "no code";
    const state = isNotFound(code) ? "notFound" : "brokenOff";
    return { ...asked, state, detail: `${host}: ${code}`, addresses: [], startTls: false, mechanisms: [] };
  }
  signal?.throwIfAborted();
  const records = isTenantHost(host)
    ? { mx: [...(await names.mx(domainOf(sender)))], spf: await names.spf(domainOf(sender)) }
    : {};
  signal?.throwIfAborted();
  const options = { addresses, times, trusted, signal };
  progress(`Talking to ${host}, port ${port}`, 0.3);
  const found = await converse(question, { ...options, startTls: useSsl ? "offered" : "never" });
  if (!useSsl && found.startTls) progress("Looking at its certificate", 0.8);
  const looked =
    !useSsl && found.startTls
      ? await converse(question, { ...options, startTls: "offered", greetingOnly: true })
      : null;
  const { detail, banner, ...told } = found;
  const scrubbed = <Said extends { readonly text: string }>(said: Said | null | undefined): Said | null =>
    said ? { ...said, text: scrubText(said.text) } : null;
  return {
    ...asked,
    addresses: [...addresses],
    ...records,
    ...told,
    senderReply: scrubbed(told.senderReply),
    insideReply: scrubbed(told.insideReply),
    outsideReply: scrubbed(told.outsideReply),
    sent: scrubbed(told.sent),
    tls: found.tls ?? looked?.tls ?? null,
    banner: banner ? scrubText(banner) : null,
    detail: detail === null ? null : scrubText(detail),
  };
}
