import { randomUUID } from "node:crypto";
import { type EwsCode, type NetworkCode, policyReasonHeader } from "../facts/cloud.ts";
import { type ClockOffset, clockOffset } from "./clock.ts";
import type { Cloud } from "./clouds.ts";
import { ewsReply } from "./ews-answer.ts";
import { refusalOf } from "./ews-refusals.ts";
import { getInbox } from "./ews-request.ts";
import { ConnectionFailure, type HttpAnswer, type HttpPort } from "./http.ts";
import { type Secret, saidWithout } from "./secret.ts";
import { inTime } from "./time-limit.ts";

export interface EwsProbeInput {
  readonly http: HttpPort;
  readonly cloud: Cloud;
  readonly token: Secret;
  /** The SMTP address of the service's mailbox. */
  readonly mailbox: string;
  /** True when EWS has ended in Exchange Online. */
  readonly hasEnded: boolean;
  readonly now: () => Date;
  /** Milliseconds. */
  readonly timeLimit: number;
  readonly signal?: AbortSignal;
}

/** How the probe ended. */
export type EwsProbe =
  | { readonly ok: true; readonly clock: ClockOffset | null }
  | {
      readonly ok: false;
      readonly code: EwsCode | NetworkCode;
      /** What was said, on one line, without anything secret. */
      readonly detail: string;
      /** Exchange Online's id of this request, for Microsoft's support. */
      readonly requestId: string | null;
      readonly clock: ClockOffset | null;
    };

/**
 * Asks the mailbox for the id of its Inbox, once. Rejects only when the caller's signal is aborted, with its reason;
 * everything else is an answer.
 */
export async function probeMailbox(input: EwsProbeInput): Promise<EwsProbe> {
  const { http, cloud, token, mailbox, signal } = input;
  const { host } = new URL(cloud.ews);
  let answer: HttpAnswer;
  try {
    answer = await inTime(host, input.timeLimit, signal, (stop) =>
      http.send({
        method: "POST",
        url: cloud.ews,
        headers: {
          Authorization: `Bearer ${token.reveal()}`,
          "Content-Type": "text/xml; charset=utf-8",
          Accept: "text/xml",
          // Routes the request to the mailbox's own server. Source: as for the impersonation header, getfolder-operation
          // and "Impersonation and EWS in Exchange".
          "X-AnchorMailbox": mailbox,
          "User-Agent": "MIM-Mail-Assistant",
          "client-request-id": randomUUID(),
          "return-client-request-id": "true",
        },
        body: getInbox(mailbox),
        signal: stop,
      }),
    );
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof ConnectionFailure)) throw error;
    return { ok: false, code: error.code, detail: error.detail, requestId: null, clock: null };
  }
  return judged(answer, host, input);
}

function judged(answer: HttpAnswer, host: string, { token, hasEnded, now }: EwsProbeInput): EwsProbe {
  const { status, headers, body } = answer;
  const clock = clockOffset(headers["date"], now());
  const requestId = /^[\w-]{1,64}$/.exec(headers["request-id"] ?? "")?.[0] ?? null;
  if (status === 407) {
    return { ok: false, code: "network.proxySignIn", detail: `${host}: HTTP 407`, requestId, clock };
  }
  const reply = ewsReply(body);
  if (status === 200 && reply?.responseCode === "NoError") return { ok: true, clock };
  if (reply === null && ((status >= 200 && status < 400) || status === 511)) {
    // A web page, or a way to one: Exchange Online answers the question or refuses it, in SOAP.
    return { ok: false, code: "network.notMicrosoft", detail: `${host}: HTTP ${status}`, requestId, clock };
  }
  const responseCode = reply?.responseCode ?? "";
  const text = [reply?.text ?? "", headers["x-ms-diagnostics"] ?? ""].filter((part) => part !== "").join("; ");
  const policyReason = headers[policyReasonHeader.toLowerCase()] ?? "";
  const code = refusalOf({ status, responseCode, text, policyReason }, { hasEnded });
  const reason = policyReason === "" ? "" : `${policyReasonHeader}: ${policyReason}`;
  const answered = [responseCode, text].filter((part) => part !== "").join(": ");
  const said = saidWithout([reason, answered].filter((part) => part !== "").join("; "), [token]);
  const detail = said === "" ? `HTTP ${status}` : `${said} (HTTP ${status})`;
  return { ok: false, code, detail, requestId, clock };
}
