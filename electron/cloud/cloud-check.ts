import type { CloudCheck } from "../contract/history.ts";
import { fullAccessRole } from "../facts/cloud.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { ClockOffset } from "./clock.ts";
import { type Cloud, type CloudName, clouds } from "./clouds.ts";
import { type EwsProbe, probeMailbox } from "./ews-probe.ts";
import type { HttpPort } from "./http.ts";
import { type Secret, saidWithout } from "./secret.ts";
import { type SignIn, signIn } from "./sign-in.ts";
import { requestTimeLimit } from "./time-limit.ts";

/** What is checked. */
export interface CloudQuestion {
  readonly cloud: CloudName;
  /** GUIDs in their plain form. */
  readonly tenantId: string;
  readonly applicationId: string;
  /** The SMTP address of the service's mailbox; null: the mailbox is not asked. */
  readonly mailbox: string | null;
  /** True when EWS has ended in Exchange Online. */
  readonly hasEnded: boolean;
}

export interface CloudPorts {
  readonly http: HttpPort;
  readonly now: () => Date;
  readonly signal?: AbortSignal;
  /** Milliseconds a request may take; 20 s unless told otherwise. */
  readonly timeLimit?: number;
  /** Where Microsoft's hosts are; a stand-in in tests, never anything else. */
  readonly hosts?: Readonly<Record<CloudName, Cloud>>;
  /** Told what is being done, and how far (0 to 1). */
  readonly progress?: (text: string, fraction: number) => void;
}

/** How a check ended: what is kept of it, and what is shown beside it. Holds no secret and no token. */
export interface CloudResult {
  /** What a recording and the home folder keep. */
  readonly check: CloudCheck;
  readonly question: CloudQuestion;
  /** How each host was reached. */
  readonly routes: readonly { readonly host: string; readonly route: string }[];
  readonly signIn:
    | {
        readonly ok: true;
        readonly expiresAt: string | null;
        /** Null when the token does not say. */
        readonly roles: readonly string[] | null;
        readonly hasFullAccess: boolean;
      }
    | { readonly ok: false; readonly code: string; readonly detail: string; readonly traceId: string | null };
  /** Null when the mailbox was not asked. */
  readonly ews:
    | { readonly ok: true }
    | { readonly ok: false; readonly code: string; readonly detail: string; readonly requestId: string | null }
    | null;
  /** Null when no answer told the time. */
  readonly clock: ClockOffset | null;
}

/**
 * Signs the application in and, when it got a token, asks the mailbox. Two requests, no more. The secret and the token
 * are in memory for these calls alone and in nothing that is given back. Rejects with the signal's reason when it was
 * aborted, and with an InputProblem when the proxy that is set cannot be used; nothing was sent then.
 */
export async function askCloud(question: CloudQuestion, secret: Secret, ports: CloudPorts): Promise<CloudResult> {
  const known: Secret[] = [secret];
  try {
    return await asked(question, secret, ports, known);
  } catch (error) {
    ports.signal?.throwIfAborted();
    if (error instanceof InputProblem) throw error;
    // Made anew: the error of a library may hold the request it was about, and with it what must not be told.
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new Error(`the check of the cloud failed: ${saidWithout(reason, known)}`);
  }
}

async function asked(
  question: CloudQuestion,
  secret: Secret,
  ports: CloudPorts,
  known: Secret[],
): Promise<CloudResult> {
  const { http, now, signal, timeLimit = requestTimeLimit, hosts = clouds, progress = () => {} } = ports;
  const cloud = hosts[question.cloud];
  const common = { http, cloud, now, timeLimit, ...(signal === undefined ? {} : { signal }) };
  const { tenantId, applicationId, mailbox, hasEnded } = question;
  const at = now().toISOString();
  // A proxy that cannot be used is told before anything is sent.
  await http.route(cloud.authority);
  progress("Signing in to Microsoft Entra ID", 0.1);
  const entered = await signIn({ ...common, tenantId, applicationId, secret });
  if (entered.ok) known.push(entered.token);
  if (entered.ok && mailbox !== null) progress("Asking the mailbox through Exchange Web Services", 0.5);
  const probe =
    entered.ok && mailbox !== null ? await probeMailbox({ ...common, token: entered.token, mailbox, hasEnded }) : null;
  const urls = [cloud.authority, ...(probe === null ? [] : [cloud.ews])];
  return {
    check: checkOf(question, at, entered, probe),
    question,
    routes: await Promise.all(urls.map(async (url) => ({ host: new URL(url).host, route: await http.route(url) }))),
    signIn: entered.ok
      ? {
          ok: true,
          expiresAt: entered.expiresAt,
          roles: entered.roles,
          hasFullAccess: entered.roles?.includes(fullAccessRole) ?? false,
        }
      : { ok: false, code: entered.code, detail: entered.detail, traceId: entered.traceId },
    ews:
      probe === null || probe.ok
        ? probe && { ok: true }
        : { ok: false, code: probe.code, detail: probe.detail, requestId: probe.requestId },
    clock: probe?.clock ?? entered.clock,
  };
}

function checkOf(question: CloudQuestion, at: string, entered: SignIn, probe: EwsProbe | null): CloudCheck {
  const { applicationId, tenantId, mailbox } = question;
  return {
    at,
    signIn: entered.ok ? { ok: true } : { error: signInError(entered) },
    roles: entered.ok ? [...(entered.roles ?? [])] : null,
    ews: probe === null ? null : probe.ok ? { ok: true } : { error: `${probe.code}: ${probe.detail}` },
    applicationId,
    tenantId,
    mailbox,
  };
}

/** Of Entra's refusals the code alone is kept: the checklist knows what it means. */
function signInError({ code, detail }: Extract<SignIn, { ok: false }>): string {
  return code.startsWith("AADSTS") || detail === "" ? code : `${code}: ${detail}`;
}
