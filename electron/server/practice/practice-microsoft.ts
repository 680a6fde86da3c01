import type { HttpAnswer, HttpPort, HttpRequest } from "../../cloud/http.ts";
import { fullAccessRole } from "../../facts/cloud.ts";
import { microsoftParts } from "./practice-faults.ts";
import type { PracticeState } from "./practice-state.ts";

/**
 * Microsoft, simulated for the practice server: it answers a sign-in and a question for a mailbox in the forms in which
 * Entra and Exchange Online do, for any application and any mailbox, with what is missing as its faults have it. Nothing
 * is sent anywhere. Only the practice server holds it; no other server has a way to it.
 */
export function createPracticeMicrosoft(open: () => Promise<PracticeState>, now: () => Date): HttpPort {
  return {
    route: async () => "simulated: nothing leaves this computer",
    send: async (request) => {
      request.signal.throwIfAborted();
      return answerTo(request, await open(), now());
    },
  };
}

const sample = { traceId: "00000000-0000-4000-8000-000000000000", requestId: "practice" };

function answerTo({ url }: HttpRequest, state: PracticeState, now: Date): HttpAnswer {
  const answer = new URL(url).pathname.endsWith("/oauth2/v2.0/token") ? signIn(state) : mailbox(state);
  return { ...answer, headers: { date: now.toUTCString(), "request-id": sample.requestId, ...answer.headers } };
}

function signIn(state: PracticeState): HttpAnswer {
  const parts = microsoftParts(state).filter(({ missing }) => missing);
  for (const { answer } of parts) {
    if (!("entra" in answer)) continue;
    const { entra, error, text } = answer;
    const body = {
      error,
      error_description: `AADSTS${entra}: ${text} Trace ID: ${sample.traceId}`,
      error_codes: [entra],
    };
    return { status: error === "invalid_client" ? 401 : 400, headers: {}, body: JSON.stringify(body) };
  }
  const roles = parts.some(({ id }) => id === "noConsent") ? [] : [fullAccessRole];
  const piece = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  // Signed by nobody, and of use nowhere.
  const token = `${piece({ typ: "JWT", alg: "none" })}.${piece({ aud: "practice", roles })}.practice`;
  const body = { token_type: "Bearer", expires_in: 3599, ext_expires_in: 3599, access_token: token };
  return { status: 200, headers: {}, body: JSON.stringify(body) };
}

function mailbox(state: PracticeState): HttpAnswer {
  for (const { missing, answer } of microsoftParts(state)) {
    if (!missing || "entra" in answer) continue;
    const { status, headers = {}, code } = answer;
    return { status, headers, body: code === undefined ? "" : envelope(fault(code)) };
  }
  return { status: 200, headers: {}, body: envelope(inbox) };
}

const envelope = (body: string): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;

const fault = (code: string): string =>
  `<s:Fault><faultcode>${code}</faultcode><faultstring>${code}</faultstring><detail><ResponseCode>${code}</ResponseCode></detail></s:Fault>`;

const inbox =
  "<GetFolderResponse><ResponseMessages><GetFolderResponseMessage><ResponseCode>NoError</ResponseCode></GetFolderResponseMessage></ResponseMessages></GetFolderResponse>";
