import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from "@azure/msal-node";
import type { NetworkCode } from "../facts/cloud.ts";
import { claimsOf } from "./access-token.ts";
import { type ClockOffset, clockOffset, offsetInWords } from "./clock.ts";
import type { Cloud } from "./clouds.ts";
import { ConnectionFailure, type HttpPort } from "./http.ts";
import { Secret } from "./secret.ts";
import { inTime } from "./time-limit.ts";

export interface SignInInput {
  readonly http: HttpPort;
  readonly cloud: Cloud;
  readonly tenantId: string;
  readonly applicationId: string;
  readonly secret: Secret;
  readonly now: () => Date;
  /** Milliseconds. */
  readonly timeLimit: number;
  readonly signal?: AbortSignal;
}

/** How the token request ended. */
export type SignIn = { readonly clock: ClockOffset | null } & (
  | {
      readonly ok: true;
      /** For the probe alone. */
      readonly token: Secret;
      /** When the token ends, ISO 8601; null when Entra did not say. */
      readonly expiresAt: string | null;
      /** The permissions in the token; null when they cannot be read out of it. */
      readonly roles: readonly string[] | null;
    }
  | {
      readonly ok: false;
      /** `AADSTS` and its number, a network code, or the word of OAuth 2.0 when Entra gave no number. */
      readonly code: string;
      /** What was seen, on one line. */
      readonly detail: string;
      /** Entra's own id of this request, for its sign-in log. */
      readonly traceId: string | null;
    }
);

/**
 * AADSTS numbers that mean "outside of its time": a wrong clock, on this computer more likely than on Microsoft's.
 * Source: https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes
 */
const clockErrors: readonly string[] = ["700024", "500133"];

/**
 * Asks Microsoft Entra ID for a token of the application, with its client secret, once. Rejects only when the caller's
 * signal is aborted, with its reason, or by a fault of this program; everything else is an answer.
 */
export async function signIn(input: SignInInput): Promise<SignIn> {
  const { cloud, tenantId, applicationId, secret, now, signal } = input;
  const host = new URL(cloud.authority).host;
  const heard: Heard = { failure: null, status: null, clock: null };
  try {
    const { ConfidentialClientApplication, LogLevel } = await import("./token-request.ts");
    const result = await inTime(host, input.timeLimit, signal, async (stop) => {
      const authority = `${cloud.authority}/${tenantId}`;
      const application = new ConfidentialClientApplication({
        auth: {
          clientId: applicationId,
          authority,
          clientSecret: secret.reveal(),
          // The addresses are ours: nothing is asked of the network about where to ask.
          knownAuthorities: [host],
          authorityMetadata: JSON.stringify(endpointsOf(authority)),
        },
        system: {
          networkClient: networkOf(input.http, stop, heard, now),
          disableInternalRetries: true,
          loggerOptions: { loggerCallback: () => {}, piiLoggingEnabled: false, logLevel: LogLevel.Error },
        },
      });
      return application.acquireTokenByClientCredential({
        scopes: [cloud.scope],
        skipCache: true,
        // MSAL_FORCE_REGION in the environment would send the secret to another host.
        azureRegion: "DisableMsalForceRegion",
      });
    });
    const token = result?.accessToken;
    if (!token) return failed("network.notMicrosoft", `${host}: no token`, heard);
    const claims = claimsOf(token);
    return {
      ok: true,
      token: new Secret(token),
      expiresAt: result.expiresOn?.toISOString() ?? null,
      roles: claims?.roles ?? null,
      clock: heard.clock,
    };
  } catch (error) {
    signal?.throwIfAborted();
    return failureOf(error, heard, host);
  }
}

/** What the network answered, beside what the library makes of it. */
interface Heard {
  failure: ConnectionFailure | null;
  /** The HTTP status of Entra's answer; null when none came. */
  status: number | null;
  clock: ClockOffset | null;
}

function endpointsOf(authority: string): Readonly<Record<string, string>> {
  return {
    token_endpoint: `${authority}/oauth2/v2.0/token`,
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
    end_session_endpoint: `${authority}/oauth2/v2.0/logout`,
    jwks_uri: `${authority}/discovery/v2.0/keys`,
    issuer: `${authority}/v2.0`,
  };
}

/** The library's network: the same port as everything else, for the token request alone. */
function networkOf(http: HttpPort, signal: AbortSignal, heard: Heard, now: () => Date): INetworkModule {
  const hear = (failure: ConnectionFailure): ConnectionFailure => {
    heard.failure = failure;
    return failure;
  };
  return {
    sendGetRequestAsync: async (url) => {
      throw new Error(`a request was not foreseen: ${new URL(url).pathname}`);
    },
    sendPostRequestAsync: async <Body>(
      url: string,
      options?: NetworkRequestOptions,
    ): Promise<NetworkResponse<Body>> => {
      const { host } = new URL(url);
      const answer = await http
        .send({ method: "POST", url, headers: options?.headers ?? {}, body: options?.body ?? "", signal })
        .catch((error: unknown) => {
          throw error instanceof ConnectionFailure ? hear(error) : error;
        });
      heard.clock = clockOffset(answer.headers["date"], now());
      if (answer.status === 407) throw hear(new ConnectionFailure("network.proxySignIn", `${host}: HTTP 407`));
      const body = objectIn(answer.body);
      if (body === null || !("access_token" in body || "error" in body)) {
        throw hear(new ConnectionFailure("network.notMicrosoft", `${host}: HTTP ${answer.status}`));
      }
      heard.status = answer.status;
      return { status: answer.status, headers: { ...answer.headers }, body: body as Body };
    },
  };
}

function objectIn(text: string): object | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? parsed : null;
  } catch {
    return null;
  }
}

function failed(code: string, detail: string, { clock }: Heard, traceId: string | null = null): SignIn {
  return { ok: false, code, detail, traceId, clock };
}

/** The words of OAuth 2.0 and of Entra for errors, for an answer without a number. */
const errorWords: readonly string[] = [
  "access_denied",
  "interaction_required",
  "invalid_client",
  "invalid_grant",
  "invalid_request",
  "invalid_resource",
  "invalid_scope",
  "server_error",
  "temporarily_unavailable",
  "unauthorized_client",
  "unsupported_grant_type",
];

/**
 * Why there is no token. Of Entra's own text only the number and the trace ID are taken: the number says all, and a
 * text could repeat what was sent to it.
 */
function failureOf(error: unknown, heard: Heard, host: string): SignIn {
  const failure = heard.failure ?? (error instanceof ConnectionFailure ? error : null);
  if (failure !== null) return failed(failure.code, failure.detail, heard);
  if (heard.status === null) throw error;
  const said = textOf(error);
  const number = /AADSTS(\d{4,9})\b/.exec(said)?.[1];
  const traceId = /Trace ID: ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/i.exec(said)?.[1] ?? null;
  const answered = `${host} answered HTTP ${heard.status}`;
  if (number !== undefined && clockErrors.includes(number)) {
    const seen = heard.clock?.isWrong ? `, this computer is ${offsetInWords(heard.clock)}` : "";
    const code: NetworkCode = "network.clock";
    return failed(code, `${host} answered AADSTS${number}${seen}`, heard, traceId);
  }
  if (number !== undefined) return failed(`AADSTS${number}`, answered, heard, traceId);
  const word = (error as { readonly errorCode?: unknown } | null)?.errorCode;
  const known = typeof word === "string" && errorWords.includes(word) ? word : "error without a number";
  return failed(known, answered, heard, traceId);
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const { errorMessage } = error as { readonly errorMessage?: unknown };
  return typeof errorMessage === "string" && errorMessage !== "" ? errorMessage : error.message;
}
