import { connect, isIP, type LookupFunction, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { RelayCheck } from "../contract/history.ts";
import type { RelayState } from "../facts/relay.ts";
import type { RelayQuestion } from "./relay-question.ts";
import { type Reply, replyWords, stateOfRefusal } from "./relay-refusals.ts";

/** How long each part may take, in milliseconds. */
export interface RelayTimes {
  readonly connecting: number;
  readonly greeting: number;
  readonly reply: number;
}

/** What a conversation found out. */
export type Conversation = Pick<
  RelayCheck,
  "banner" | "startTls" | "tls" | "mechanisms" | "senderReply" | "insideReply" | "outsideReply" | "sent"
> & { readonly state: RelayState; readonly detail: string | null };

export interface DialogueOptions {
  /** The host's addresses, tried in their order. */
  readonly addresses: readonly string[];
  readonly times: RelayTimes;
  /** `never` speaks in clear; `offered` takes STARTTLS where it is offered. */
  readonly startTls: "never" | "offered";
  /** True to look at the certificate alone: no sender and no recipient is named. */
  readonly greetingOnly?: boolean;
  /** Certificates to trust besides this computer's. */
  readonly trusted?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** More than any greeting or list of extensions is long, in bytes. */
const longestReply = 64 * 1024;
/** Speaks the commands up to RCPT TO in the place of a sign-in: the one way the library gives to say what one likes. */
const speaks = "ASKS-THE-RELAY";

const nothing: Conversation = {
  state: "brokenOff",
  detail: null,
  banner: null,
  startTls: false,
  tls: null,
  mechanisms: [],
  senderReply: null,
  insideReply: null,
  outsideReply: null,
  sent: null,
};

/**
 * Talks to a relay up to RCPT TO, then RSET and QUIT. DATA is said only where one test mail was asked for. Never rejects but
 * for a signal: how it ended is the conversation's state.
 */
export async function converse(question: RelayQuestion, options: DialogueOptions): Promise<Conversation> {
  const { signal } = options;
  signal?.throwIfAborted();
  const opened = await open(question, options);
  signal?.throwIfAborted();
  if ("state" in opened) return { ...nothing, ...opened };
  const stop = (): void => void opened.destroy();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    return await talk(opened, question, options);
  } finally {
    signal?.removeEventListener("abort", stop);
    signal?.throwIfAborted();
    opened.destroy();
  }
}

type Ended = Pick<Conversation, "state" | "detail">;

/** Opens the connection; or tells why none came about. */
function open({ host, port }: RelayQuestion, { addresses, times, signal }: DialogueOptions): Promise<Socket | Ended> {
  return new Promise((resolve) => {
    // The addresses that are told are the ones that are tried.
    const lookup: LookupFunction = (_host, { all }, callback) => {
      const found = addresses.map((address) => ({ address, family: isIP(address) }));
      if (all) callback(null, found);
      else callback(null, found[0]?.address ?? "", found[0]?.family);
    };
    const socket = connect({ host, port, lookup, autoSelectFamily: true });
    const ended = (state: RelayState, detail: string): void => {
      socket.destroy();
      resolve({ state, detail });
    };
    const stop = (): void => ended("brokenOff", "stopped");
    signal?.addEventListener("abort", stop, { once: true });
    socket.setTimeout(times.connecting, () =>
      ended("noConnection", `${host}, port ${port}: no connection in ${times.connecting / 1000} seconds`),
    );
    socket.once("error", (error: NodeJS.ErrnoException) => {
      const code = codeOf(error);
      ended(
        code === "ECONNREFUSED" ? "refused" : isNotFound(code) ? "notFound" : "noConnection",
        `${host}, port ${port}: ${code}`,
      );
    });
    socket.once("connect", () => {
      signal?.removeEventListener("abort", stop);
      socket.removeAllListeners("error").removeAllListeners("timeout").setTimeout(0);
      resolve(socket);
    });
  });
}

/** A code of Node's; tries of several addresses come as one error that holds the others. */
function codeOf(error: NodeJS.ErrnoException): string {
  const one = error instanceof AggregateError ? (error.errors[0] as NodeJS.ErrnoException) : error;
  return typeof one.code === "string" && /^[A-Z0-9_]{1,60}$/.test(one.code) ? one.code : "no code";
}

/** True for the codes of a name that is not found. */
export function isNotFound(code: string): boolean {
  return ["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "EAI_NODATA", "EAI_NONAME"].includes(code);
}

async function talk(socket: Socket, question: RelayQuestion, options: DialogueOptions): Promise<Conversation> {
  const { times, startTls, greetingOnly = false, trusted } = options;
  const said: string[] = [];
  let asked: Pick<Conversation, "senderReply" | "insideReply" | "outsideReply"> = {};
  const connection = new SMTPConnection({
    connection: socket,
    host: question.host,
    port: question.port,
    name: question.name,
    ignoreTLS: startTls === "never",
    greetingTimeout: times.greeting,
    socketTimeout: times.reply,
    maxResponseSize: longestReply,
    // What a certificate is worth is told, and decided afterwards.
    tls: { rejectUnauthorized: false, ...(trusted === undefined ? {} : { ca: trusted }) },
    transactionLog: true,
    logger: replyLogger(said) as never,
    customAuth: {
      [speaks]: async ({ sendCommand, resolve }) => {
        const say = async (command: string) => {
          const { status, response } = await sendCommand(command);
          return { taken: status >= 200 && status < 300, text: replyWords(response) };
        };
        asked = { senderReply: await say(`MAIL FROM:<${question.sender}>`) };
        if (asked.senderReply?.taken) {
          asked = { ...asked, insideReply: await say(`RCPT TO:<${question.inside}>`) };
          asked = { ...asked, outsideReply: await say(`RCPT TO:<${question.outside}>`) };
        }
        await sendCommand("RSET");
        resolve();
      },
    },
  });
  const done = (work: (callback: (error?: Error | null) => void) => void): Promise<Error | null> =>
    new Promise((resolve) => {
      connection.once("error", resolve);
      connection.once("end", () => resolve(new Error("the connection was closed")));
      work((error) => resolve(error ?? null));
    });
  const failed = await done((callback) => connection.connect(callback));
  const greeted = told(said, connection);
  if (failed !== null) return { ...nothing, ...greeted, ...endOf(failed, said) };
  if (greetingOnly) {
    connection.quit();
    return { ...nothing, ...greeted, state: "ready" };
  }
  if (question.useSsl && greeted.tls === null) {
    connection.quit();
    return { ...nothing, ...greeted, state: "tlsMissing", detail: replyWords(said.at(-1) ?? "") };
  }
  const broken = await done((callback) => connection.login({ method: speaks }, callback));
  if (broken !== null) return { ...nothing, ...greeted, ...asked, ...endOf(broken, said) };
  const ended = judged(question, { ...nothing, ...greeted, ...asked });
  const sent =
    ended.senderReply?.taken && question.sendTo !== null ? await send(connection, question, question.sendTo) : null;
  connection.quit();
  return { ...ended, sent };
}

/** The library's logger, of which only what the relay says is kept. */
function replyLogger(said: string[]) {
  const none = (): void => {};
  const debug = (entry: { readonly tnx?: string }, text: unknown): void => {
    // A relay may talk for ever: what decides stands in the last replies.
    if (entry.tnx === "server" && typeof text === "string" && said.length < 50) said.push(text);
  };
  return { level: none, trace: none, debug, info: none, warn: none, error: none, fatal: none };
}

/** What greeting, extensions and TLS tell. */
function told(said: readonly string[], connection: SMTPConnection) {
  const [banner = null] = said;
  const extensions = said.filter((reply) => /^250[- ]/.test(reply)).flatMap((reply) => reply.split(/\r?\n/));
  const last = said.findLast((reply) => /^250[- ]/.test(reply)) ?? "";
  const mechanisms = last.split(/\r?\n/).flatMap(
    (line) =>
      /^250[- ]AUTH[ =](.{0,300})/i
        .exec(line)?.[1]
        ?.trim()
        .split(/[\s=]+/) ?? [],
  );
  const socket = connection._socket;
  return {
    banner: banner === null ? null : replyWords(banner),
    startTls: extensions.some((line) => /^250[- ]STARTTLS\b/i.test(line)),
    tls: socket instanceof TLSSocket && connection.secure ? certificateOf(socket) : null,
    mechanisms: [...new Set(mechanisms.map((name) => replyWords(name).toUpperCase()).filter((name) => name !== ""))],
  };
}

function certificateOf(socket: TLSSocket): NonNullable<RelayCheck["tls"]> {
  const { subject, issuer, valid_to: validTo, subjectaltname } = socket.getPeerCertificate();
  const named = [subject?.CN].flat().at(0) ?? subjectaltname ?? "";
  const by = [issuer?.CN ?? issuer?.O].flat().at(0) ?? "";
  const until = Date.parse(validTo ?? "");
  const fault = socket.authorizationError as unknown as { readonly code?: string } | string | null | undefined;
  return {
    protocol: socket.getProtocol(),
    name: replyWords(named),
    issuer: replyWords(by),
    validTo: Number.isNaN(until) ? "" : new Date(until).toISOString().slice(0, 10),
    fault: socket.authorized ? null : replyWords(typeof fault === "string" ? fault : (fault?.code ?? String(fault))),
  };
}

/** Why the library gave up. */
function endOf(error: Error, said: readonly string[]): Ended {
  const { code, response, responseCode } = error as Error & {
    readonly code?: string;
    readonly response?: string;
    readonly responseCode?: number;
  };
  const reply: Reply = { code: responseCode ?? 0, text: response ?? "" };
  const detail = replyWords(response ?? error.message);
  if (code === "ETIMEDOUT" && said.length === 0) return { state: "slowGreeting", detail };
  if (code === "ETLS") return { state: "tlsFailed", detail };
  if (code === "EPROTOCOL" && said.length <= 1) {
    const isRefusal = /^[45]\d\d/.test(reply.text);
    return { state: isRefusal ? stateOfRefusal(reply, "blocked") : "notSmtp", detail };
  }
  if (/^[45]\d\d/.test(reply.text)) return { state: stateOfRefusal(reply, "brokenOff"), detail };
  return { state: "brokenOff", detail };
}

/** The state that the replies to sender and recipients mean. */
function judged({ useSsl }: RelayQuestion, found: Conversation): Conversation {
  const refused = (reply: { readonly text: string }, otherwise: RelayState): Conversation => {
    const code = Number(/^\d{3}/.exec(reply.text)?.[0] ?? 0);
    return { ...found, state: stateOfRefusal({ code, text: reply.text }, otherwise), detail: reply.text };
  };
  const { senderReply, insideReply, outsideReply, tls } = found;
  if (senderReply && !senderReply.taken) return refused(senderReply, "senderRefused");
  if (insideReply && !insideReply.taken) return refused(insideReply, "insideRefused");
  if (useSsl && tls?.fault) return { ...found, state: "certificate", detail: tls.fault };
  if (outsideReply && !outsideReply.taken) return refused(outsideReply, "outsideRefused");
  return { ...found, state: insideReply && outsideReply ? "ready" : "brokenOff" };
}

/** Sends the one test mail that was asked for. */
function send(
  connection: SMTPConnection,
  { sender, host }: RelayQuestion,
  to: string,
): Promise<NonNullable<RelayCheck["sent"]>> {
  const message = [
    `From: <${sender}>`,
    `To: <${to}>`,
    "Subject: Test mail of the MIM Mail Assistant",
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=us-ascii",
    "",
    `This mail was sent through ${host}, on request, to see whether it arrives.`,
    "",
  ].join("\r\n");
  return new Promise((resolve) => {
    connection.once("error", (error) => resolve({ to, taken: false, text: replyWords(error.message) }));
    connection.send({ from: sender, to: [to] }, message, (error, info) =>
      resolve({
        to,
        taken: !error,
        text: replyWords(error ? (error.response ?? error.message) : (info?.response ?? "")),
      }),
    );
  });
}
