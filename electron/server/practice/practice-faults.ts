import { isDeepStrictEqual } from "node:util";
import type { FindingId } from "../../contract/checklist.ts";
import type { CloudCheck } from "../../contract/history.ts";
import type { faultGroups } from "../../contract/practice.ts";
import { suiteOrderKeys } from "../../facts/cipher-suites.ts";
import { fullAccessRole, policyReasonHeader } from "../../facts/cloud.ts";
import { mailValueNames } from "../../facts/mail.ts";
import { protocolKey } from "../../facts/registry-values.ts";
import {
  configPath,
  executableIn,
  mimServiceKey,
  pollExchangeName,
  serviceKey,
  serviceName,
} from "../../facts/service.ts";
import { fipsKey, keyProtectService } from "../../facts/service-settings.ts";
import { hiveKey } from "../../facts/token.ts";
import type { RegistryValue } from "../../recording/recording.ts";
import { keptKey, withKey } from "./practice-keys.ts";
import type { PracticeState } from "./practice-state.ts";

/**
 * What can be made to go wrong on the practice server: its next `change` or its `installer`'s next run fails, the
 * `server` has a fault that a look finds, or the simulated `microsoft` refuses what it is asked.
 */
export interface PracticeFault {
  readonly id: string;
  readonly group: (typeof faultGroups)[number];
  /** What it is, in a few words. */
  readonly title: string;
  /** What happens now that it is set. */
  readonly says: string;
  /** What is learned from it. */
  readonly teaches: string;
  /** The finding that teaches it, for a fault of the server. */
  readonly finding?: FindingId;
}

interface ServerFault extends PracticeFault {
  readonly group: "server" | "microsoft";
  readonly finding: FindingId;
  /** Lays the fault over what a look sees; `at` is when it was set. It goes when it is taken back, or with its cause. */
  readonly shows?: (state: PracticeState, at: string) => PracticeState;
  /** Breaks the server itself, where it can be mended from here. */
  readonly breaks?: (state: PracticeState) => PracticeState;
}

const schannel = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";
const text = (data: string): RegistryValue => ({ type: "REG_SZ", data });
const number = (data: number): RegistryValue => ({ type: "REG_DWORD", data });

function valuesOf(state: PracticeState, key: string): Readonly<Record<string, RegistryValue>> {
  const kept = keptKey(state.registry, key);
  return kept === null ? {} : (state.registry[kept] ?? {});
}

/** The server with these values beside those a key has. */
function withValues(state: PracticeState, key: string, values: Readonly<Record<string, RegistryValue>>): PracticeState {
  const registry = withKey(state.registry, key);
  const kept = keptKey(registry, key) ?? key;
  return { ...state, registry: { ...registry, [kept]: { ...registry[kept], ...values } } };
}

const textIn = (value: RegistryValue | undefined): string =>
  value !== undefined && "data" in value && typeof value.data === "string" ? value.data : "";

/** The server with its service's configuration rewritten. */
function withConfig(state: PracticeState, change: (config: string) => string): PracticeState {
  const path = configPath(executableIn(textIn(valuesOf(state, serviceKey)["ImagePath"])));
  const config = state.texts[path];
  if (config?.state !== "present") return state;
  return { ...state, texts: { ...state.texts, [path]: { state: "present", text: change(config.text) } } };
}

const later = (one: string, other: string | null | undefined): string =>
  other && Date.parse(other) > Date.parse(one) ? other : one;

/** The server with an error of the MIM Service in its log, after the service's start so that it counts. */
function withError(state: PracticeState, at: string, words: string): PracticeState {
  const service = state.services[serviceName];
  const started = service?.state === "present" ? service.startedAt : null;
  const event: PracticeState["events"][number] = {
    log: "Application",
    provider: "Microsoft.ResourceManagement",
    id: 3,
    level: "Error",
    at: later(at, started),
    text: words,
  };
  return { ...state, events: [...state.events, event] };
}

/** The server whose service obtained no token, where it was set up to obtain one. */
function withoutToken(state: PracticeState): PracticeState {
  if (!Object.keys(valuesOf(state, mimServiceKey)).includes(mailValueNames.applicationId)) return state;
  const account = textIn(valuesOf(state, serviceKey)["ObjectName"]).toLowerCase();
  const sid = Object.entries(state.accounts).find(([name]) => name.toLowerCase() === account)?.[1];
  const kept = sid === undefined ? null : keptKey(state.registry, hiveKey(sid));
  return kept === null ? state : { ...state, registry: { ...state.registry, [kept]: {} } };
}

/** The server whose last check of the cloud was refused, unless a later one was made. */
function withCheck(state: PracticeState, at: string, check: Omit<CloudCheck, "at">): PracticeState {
  return state.cloud !== null && state.cloud.at > at ? state : { ...state, cloud: { at, ...check } };
}

/** The server whose last check of the cloud could sign in and was refused by Exchange Online. */
function withRefusal(state: PracticeState, at: string, error: string, roles = [fullAccessRole]): PracticeState {
  return withCheck(state, at, { signIn: { ok: true }, roles, ews: { ok: false, error } });
}

/** A part of the application's set-up with Microsoft that is missing, as the simulated Microsoft tells it. */
interface MicrosoftFault extends ServerFault {
  readonly group: "microsoft";
  /** The part in words: what there is of it without the fault, and with it, and what puts it right. */
  readonly part: { readonly name: string; readonly there: string; readonly missing: string; readonly cure: string };
  /** What Microsoft answers: Entra to the sign-in, with its number, or Exchange Online to the mailbox. */
  readonly answer:
    | { readonly entra: number; readonly error: string; readonly text: string }
    | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly code?: string };
}

const blockedByPolicy = "EWS is blocked by policy for this user or tenant";

const isOff = (value: RegistryValue | undefined): boolean => value !== undefined && "data" in value && value.data === 0;

const serverFaults = [
  {
    id: "oldSqlClient",
    group: "server",
    title: "SQL Native Client too old for TLS 1.2",
    says: "SQL Server Native Client 11.0.2100.60 is installed: without TLS 1.0 the service cannot reach its database.",
    teaches: "Turning TLS 1.0 off is a matter of the database too: its drivers come first.",
    finding: "server.sqlClient",
    shows: (state) =>
      withValues(state, "HKLM\\SOFTWARE\\Microsoft\\SQLNCLI11", { InstalledVersion: text("11.0.2100.60") }),
  },
  {
    id: "needsTls10",
    group: "server",
    title: "Service does not start without TLS 1.0",
    says: "Once TLS 1.0 is off, the service does not start, and the log says why. Undo TLS 1.0 alone to have it back.",
    teaches: "What a TLS-1.2-only server breaks is asked before the change, and one change can be undone alone.",
    finding: "verify.service",
    shows: (state, at) => {
      if (!isOff(valuesOf(state, protocolKey("1.0", "Client"))["Enabled"])) return state;
      const stopped: PracticeState = {
        ...state,
        services: { ...state.services, [serviceName]: { state: "present", status: "stopped", startedAt: null } },
      };
      return withError(
        stopped,
        at,
        "The service cannot be started. System.ComponentModel.Win32Exception: The client and server cannot communicate, because they do not possess a common algorithm",
      );
    },
  },
  {
    id: "noDotnetUpdate",
    group: "server",
    title: "Windows Server 2012 R2 without the update of .NET 3.5",
    says: "The server is Windows Server 2012 R2 without KB3154520: .NET 3.5 does not look at its TLS values, and the service obtains no token.",
    teaches: "On old Windows the right values do nothing without their update.",
    finding: "tls.dotnet.update",
    shows: (state) => ({
      ...withoutToken(state),
      windows: { ...state.windows, caption: "Windows Server 2012 R2 Standard", build: "6.3.9600" },
      updates: ["KB2919355"],
    }),
  },
  {
    id: "cipherOrder",
    group: "server",
    title: "Cipher suites by policy that Microsoft does not take",
    says: "A policy's order of cipher suites holds none that Microsoft's hosts take.",
    teaches: "A policy elsewhere can take away what was set here: look at the suites, not only at the versions.",
    finding: "tls.ciphers",
    shows: (state) =>
      withValues(state, suiteOrderKeys.policy, {
        Functions: text("TLS_RSA_WITH_AES_256_CBC_SHA256,TLS_RSA_WITH_AES_128_CBC_SHA256"),
      }),
  },
  {
    id: "keyExchangeOff",
    group: "server",
    title: "Key exchange by elliptic curves turned off",
    says: "SCHANNEL's KeyExchangeAlgorithms turn ECDH off, and with it every suite that Microsoft's hosts take.",
    teaches: "Hardening by key exchange cuts off Microsoft's hosts as surely as a wrong version.",
    finding: "tls.ciphers",
    shows: (state) => withValues(state, `${schannel}\\KeyExchangeAlgorithms\\ECDH`, { Enabled: number(0) }),
  },
  {
    id: "cipherOff",
    group: "server",
    title: "AES turned off",
    says: "SCHANNEL's Ciphers turn AES off in both lengths.",
    teaches: "Hardening by cipher cuts off Microsoft's hosts as surely as a wrong version.",
    finding: "tls.ciphers",
    shows: (state) =>
      ["AES 128/128", "AES 256/256"].reduce(
        (given, name) => withValues(given, `${schannel}\\Ciphers\\${name}`, { Enabled: number(0) }),
        state,
      ),
  },
  {
    id: "hashOff",
    group: "server",
    title: "SHA hashes turned off",
    says: "SCHANNEL's Hashes turn SHA, SHA256 and SHA384 off.",
    teaches: "Hardening by hash cuts off Microsoft's hosts as surely as a wrong version.",
    finding: "tls.ciphers",
    shows: (state) =>
      ["SHA", "SHA256", "SHA384"].reduce(
        (given, name) => withValues(given, `${schannel}\\Hashes\\${name}`, { Enabled: number(0) }),
        state,
      ),
  },
  {
    id: "tls13Off",
    group: "server",
    title: "TLS 1.3 turned off",
    says: "TLS 1.3 is set off for clients, though this Windows has it on by itself.",
    teaches: "What is off without need is a risk to weigh, not a fault to mend at once.",
    finding: "tls.1.3.client",
    shows: (state) =>
      withValues(state, protocolKey("1.3", "Client"), { Enabled: number(0), DisabledByDefault: number(1) }),
  },
  {
    id: "fips",
    group: "server",
    title: "FIPS policy on",
    says: "The FIPS policy is on, and the service's configuration does not say to go without it: no workflow runs.",
    teaches: "A policy of Windows can stop the workflows that send mail, whatever the mail settings say.",
    finding: "server.fips",
    shows: (state) => withValues(state, fipsKey, { Enabled: number(1) }),
  },
  {
    id: "keyProtect",
    group: "server",
    title: "MIMKeyProtectService left behind",
    says: "The script for managed accounts left its service behind, with which the installer fails.",
    teaches: "What a script left behind can make the installer fail: clear it first.",
    finding: "server.keyProtect",
    shows: (state) => ({
      ...state,
      services: {
        ...state.services,
        [keyProtectService]: { state: "present", status: "stopped", startedAt: null },
      },
    }),
  },
  {
    id: "databasePort",
    group: "server",
    title: "Database server with a port",
    says: "The database server is written with a port, with which the installer is reported to fail.",
    teaches: "A spelling that the service accepts may be one that the installer does not.",
    finding: "server.database",
    shows: (state) => withValues(state, serviceKey, { DatabaseServer: text("SQL01,14330") }),
  },
  {
    id: "proxyOff",
    group: "server",
    title: "Service's proxy turned off",
    says: "The service's configuration turns its proxy off; once mail goes through Office 365, it obtains no token.",
    teaches: "A service without a token may have everything right but its way out.",
    finding: "verify.token",
    shows: (state) =>
      withoutToken(
        withConfig(state, (config) =>
          config.replace(
            "</configuration>",
            '  <system.net>\n    <defaultProxy enabled="false" />\n  </system.net>\n</configuration>',
          ),
        ),
      ),
  },
  {
    id: "mailError",
    group: "server",
    title: "Mail fails while TLS is negotiated",
    says: "The service's log holds an error of its mail: the connection is closed while TLS is negotiated.",
    teaches: "The event log is the proof: values that look right are not.",
    finding: "verify.events",
    shows: (state, at) =>
      withError(
        state,
        at,
        "Microsoft.Exchange.WebServices.Data.ServiceRequestException: The request failed. The underlying connection was closed: An unexpected error occurred on a send.",
      ),
  },
  {
    id: "repliesUnread",
    group: "server",
    title: "Replies by mail are not read",
    says: "PollExchangeEnabled is 0: with Exchange or Office 365 nobody can approve by mail. It can be set back from here.",
    teaches: "Sending works and approving does not: after the installer, look at this value.",
    finding: "server.pollExchange",
    breaks: (state) => withValues(state, serviceKey, { [pollExchangeName]: number(0) }),
  },
  {
    id: "otherSender",
    group: "server",
    title: "Service sends from another address",
    says: "The service sends from other@contoso.com, whatever address is wanted. Change mode mends it.",
    teaches: "The address on the account page of the installer is the one that mail comes from.",
    finding: "account.email",
    breaks: (state) =>
      withConfig(state, (config) =>
        config.replace(/(<add key="sendAsAddress" value=")[^"]*(")/, "$1other@contoso.com$2"),
      ),
  },
] as const satisfies readonly ServerFault[];

/** Of several, the first that stands here is the one that Microsoft tells. */
const microsoftFaults = [
  {
    id: "noApplication",
    group: "microsoft",
    title: "Application is not registered",
    says: "The application is not in the tenant: Microsoft Entra ID refuses the sign-in.",
    teaches: "AADSTS700016: the right ID in the wrong tenant is as wrong as no application.",
    finding: "azure.signIn",
    part: { name: "Application", there: "Registered", missing: "Not registered", cure: "Register it" },
    answer: { entra: 700016, error: "unauthorized_client", text: "Application was not found in the directory." },
    shows: (state, at) => withCheck(state, at, { signIn: { error: "AADSTS700016" }, roles: null, ews: null }),
  },
  {
    id: "secretExpired",
    group: "microsoft",
    title: "Client secret has expired",
    says: "The application's client secret has expired: Microsoft Entra ID refuses the sign-in.",
    teaches: "AADSTS7000222: a secret has a day, and a new one goes through Change mode again.",
    finding: "azure.signIn",
    part: { name: "Client secret", there: "Valid", missing: "Expired", cure: "Make a new one" },
    answer: { entra: 7000222, error: "invalid_client", text: "The provided client secret keys are expired." },
    shows: (state, at) => withCheck(state, at, { signIn: { error: "AADSTS7000222" }, roles: null, ews: null }),
  },
  {
    id: "noConsent",
    group: "microsoft",
    title: "No admin consent",
    says: "Nobody consented to full_access_as_app: the application signs in and may do nothing.",
    teaches: "A permission that was added counts only once an administrator consented.",
    finding: "azure.role",
    part: { name: "Admin consent", there: "Granted", missing: "Not granted", cure: "Grant it" },
    answer: {
      status: 403,
      headers: { "x-ms-diagnostics": '2000008;reason="The token contains no permissions."' },
    },
    shows: (state, at) => withRefusal(state, at, "ews.noPermission: 2000008 (HTTP 403)", []),
  },
  {
    id: "notAllowed",
    group: "microsoft",
    title: "Exchange Online blocks EWS by policy",
    says: "The application is not on the allow list: Exchange Online refuses it by policy, and says so in a header.",
    teaches: "From 2026-10-01 an application has to be on the organisation's allow list.",
    finding: "exchange.allowList",
    part: { name: "Allow list", there: "Lists the application", missing: "Lacks the application", cure: "Add it" },
    answer: { status: 403, headers: { [policyReasonHeader.toLowerCase()]: blockedByPolicy } },
    shows: (state, at) =>
      withRefusal(state, at, `ews.blockedByPolicy: ${policyReasonHeader}: ${blockedByPolicy} (HTTP 403)`),
  },
  {
    id: "accessPolicy",
    group: "microsoft",
    title: "An Application Access Policy keeps the application out",
    says: "A policy keeps the application out of this mailbox, though its token could open every mailbox.",
    teaches: "A token that is right can meet a policy of mailboxes: ask for its scope.",
    finding: "exchange.mailbox",
    part: {
      name: "Mailboxes it may open",
      there: "The service's is one",
      missing: "Not the service's",
      cure: "Let it",
    },
    answer: { status: 500, code: "ErrorAccessDenied" },
    shows: (state, at) =>
      withRefusal(state, at, "ews.outsideScope: ErrorAccessDenied: Access is denied. Check credentials and try again."),
  },
  {
    id: "noMailbox",
    group: "microsoft",
    title: "The address has no mailbox",
    says: "The service's address has no mailbox in Exchange Online.",
    teaches: "An account is no mailbox: it needs a licence, or a shared mailbox.",
    finding: "exchange.mailbox",
    part: { name: "Mailbox", there: "There", missing: "Not there", cure: "Make it" },
    answer: { status: 500, code: "ErrorNonExistentMailbox" },
    shows: (state, at) => withRefusal(state, at, "ews.noMailbox: ErrorNonExistentMailbox (HTTP 500)"),
  },
] as const satisfies readonly MicrosoftFault[];

/** The practice server's relay refuses: see practice-relay.ts for what it says then. */
const relayFaults = [
  {
    id: "relayPortClosed",
    group: "server",
    title: "Outgoing port 25 is closed",
    says: "The next conversation with the relay comes to nothing: no connection.",
    teaches: "Port 25 is closed outwards in many networks: have it opened, or use a relay within.",
    finding: "smtp.relay",
  },
  {
    id: "relayNoConnector",
    group: "server",
    title: "Exchange Online knows no connector",
    says: "The relay refuses outside recipients, because it knows no connector for this server.",
    teaches: "A connector knows this server by its public address or by its certificate.",
    finding: "smtp.relay",
  },
  {
    id: "relayOldTls",
    group: "server",
    title: "The relay's STARTTLS fails",
    says: "The relay offers STARTTLS and breaks it off.",
    teaches: "The relay's TLS is looked at on the relay, this server's on TLS and strong cryptography.",
    finding: "smtp.relay",
  },
] as const satisfies readonly ServerFault[];

const changeFaults = [
  {
    id: "writeError",
    group: "change",
    title: "Third write of a change fails",
    says: "The next change of three writes or more fails at the third, and is rolled back.",
    teaches: "A change that fails is rolled back by the program, and its journal says so.",
  },
  {
    id: "stuck",
    group: "change",
    title: "Changes fail and cannot be rolled back",
    says: "Changes of three writes or more fail at the third and cannot be rolled back, until that is taken back.",
    teaches: "When a rollback fails too, the journal says what stands: finish it or put it back.",
  },
] as const satisfies readonly PracticeFault[];

const installerFaults = [
  {
    id: "wrongSecret",
    group: "installer",
    title: "Client secret is wrong",
    says: "The installer's next run is refused on its mailbox page: the client secret is wrong.",
    teaches: "The mailbox page checks the secret: use its Value, not its ID, and try it here first.",
  },
  {
    id: "missingMedia",
    group: "installer",
    title: "Media are missing",
    says: "The installer's next run does not find its media, and is rolled back.",
    teaches: "Change mode needs the media it was installed from.",
  },
  {
    id: "customActionFails",
    group: "installer",
    title: "A custom action fails",
    says: "A custom action of the installer's next run fails, and it is rolled back.",
    teaches: "The first failing action in the log says what to mend; the code 1603 does not.",
  },
  {
    id: "cancelled",
    group: "installer",
    title: "Cancelled at the end",
    says: "The installer's next run is cancelled on one of its last pages.",
    teaches: "A cancelled run has changed nothing, and can be started again.",
  },
  {
    id: "another",
    group: "installer",
    title: "Another installation runs",
    says: "The installer's next start is refused: another installation runs.",
    teaches: "Windows Installer runs one installation at a time.",
  },
  {
    id: "passwordInLog",
    group: "installer",
    title: "A password in the log",
    says: "The installer's next run succeeds, and leaves a password in its log.",
    teaches: "A log may hold a password in clear: clean it before anyone else reads it.",
  },
] as const satisfies readonly PracticeFault[];

/** The next change fails: `writeError` once, at its third write; `stuck` at every write from the third on. */
export type ChangeFailure = (typeof changeFaults)[number]["id"];
/** The installer's next run fails, or leaves a password in its log. */
export type InstallerFailure = (typeof installerFaults)[number]["id"];
/** A fault of the server itself. */
export type ServerFaultId = (typeof serverFaults | typeof relayFaults | typeof microsoftFaults)[number]["id"];
export type PracticeFaultId = ChangeFailure | InstallerFailure | ServerFaultId;

const idsOf = <Id extends string>(faults: readonly { readonly id: Id }[]): readonly Id[] => faults.map(({ id }) => id);

export const changeFailures = idsOf(changeFaults);
export const installerFailures = idsOf(installerFaults);

/** Everything that can be made to go wrong, in the order it is shown. */
export const practiceFaults: readonly (PracticeFault & { readonly id: PracticeFaultId })[] = [
  ...changeFaults,
  ...installerFaults,
  ...serverFaults,
  ...relayFaults,
  ...microsoftFaults,
];

/** The parts of the set-up with Microsoft, and whether each is missing. */
export function microsoftParts(state: PracticeState): readonly (MicrosoftFault & { readonly missing: boolean })[] {
  return microsoftFaults.map((fault) => ({ ...fault, missing: state.faults.some(({ what }) => what === fault.id) }));
}

/** What is set to go wrong at the next change or run. */
export function nextFailure(id: string | null): ChangeFailure | InstallerFailure | null {
  return [...changeFailures, ...installerFailures].find((one) => one === id) ?? null;
}

const serverFault = (id: string): ServerFault | undefined =>
  [...serverFaults, ...relayFaults, ...microsoftFaults].find((one) => one.id === id);

/** The server with a fault set at a moment: it replaces one of the same name, and what comes next where it is such a one. */
export function withFault(state: PracticeState, id: PracticeFaultId, at: Date): PracticeState {
  const next = nextFailure(id);
  if (next !== null) return { ...state, failNext: next };
  const fault = serverFault(id);
  if (fault?.breaks !== undefined) return fault.breaks(state);
  return {
    ...state,
    faults: [...state.faults.filter(({ what }) => what !== id), { what: id, at: at.toISOString() }],
  };
}

/** The server with one fault taken back; one that broke the server itself stays until it is mended there. */
export function withoutFault(state: PracticeState, id: string): PracticeState {
  const failNext = state.failNext === id ? null : state.failNext;
  return { ...state, failNext, faults: state.faults.filter(({ what }) => what !== id) };
}

/** True while something is set to go wrong, or is broken and was not mended since. */
export function hasFault(state: PracticeState, id: string): boolean {
  if (state.failNext === id || state.faults.some(({ what }) => what === id)) return true;
  const breaks = serverFault(id)?.breaks;
  // Breaking what is broken changes nothing.
  return breaks !== undefined && isDeepStrictEqual(breaks(state), state);
}

/** The server with nothing set to go wrong; what was broken in itself stays so until it is mended. */
export function withoutFaults(state: PracticeState): PracticeState {
  return { ...state, failNext: null, faults: [] };
}

/** The server as a look sees it, with its faults. A fault that no build of this program knows is passed over. */
export function withFaultsShown(state: PracticeState): PracticeState {
  return state.faults.reduce((given, { what, at }) => serverFault(what)?.shows?.(given, at) ?? given, state);
}
