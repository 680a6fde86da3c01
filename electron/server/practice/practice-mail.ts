import { isOffice365 } from "../../contract/mail-server.ts";
import { mailValueNames } from "../../facts/mail.ts";
import { netFrameworkKey } from "../../facts/registry-values.ts";
import { configPath, executableIn, mimServiceKey, serviceKey, serviceName } from "../../facts/service.ts";
import { hiveKey } from "../../facts/token.ts";
import type { WizardCase } from "../../installer/pages.ts";
import { practiceMailHost } from "../../installer/practice-log.ts";
import type { RegistryValue } from "../../recording/recording.ts";
import { microsoftParts } from "./practice-faults.ts";
import { keptKey, withKey } from "./practice-keys.ts";
import type { PracticeState } from "./practice-state.ts";

/** What the person types when the target names no application: made up, and the same each time. */
export const madeUp = {
  applicationId: "6e0c9a1f-2f4b-4c43-9d53-5b7f0a8e21c4",
  tenantId: "0b2d7e63-91c5-4f0e-8a37-c4d1f6a95e18",
} as const;

/** Begins as Windows' own encryption does in base64, and holds nothing. */
const madeUpBlob = "AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAAcHJhY3RpY2Ugc2VydmVy";

/** The name of the token's value is not documented; this one is the practice server's own. */
const tokenName = "ExchangeOnlineAccessToken";
const onlinePassword = "EncryptedExchangeOnlineAccountPassword";
const onPremisePassword = "GMSAEncryptedExchangeOnPremiseAccountPassword";

const mailValues: readonly string[] = [
  ...Object.values(mailValueNames),
  `GMSA${mailValueNames.secret}`,
  onlinePassword,
  `GMSA${onlinePassword}`,
  onPremisePassword,
];

const text = (data: string): RegistryValue => ({ type: "REG_SZ", data });

/** The values of a key of the practice server; empty when there is none. */
function valuesOf(state: PracticeState, key: string): Readonly<Record<string, RegistryValue>> {
  const kept = keptKey(state.registry, key);
  return kept === null ? {} : (state.registry[kept] ?? {});
}

/** The server with a key that has these values and no others. */
function withValues(state: PracticeState, key: string, values: Readonly<Record<string, RegistryValue>>): PracticeState {
  const registry = withKey(state.registry, key);
  return { ...state, registry: { ...registry, [keptKey(registry, key) ?? key]: { ...values } } };
}

function textOf(value: RegistryValue | undefined): string {
  return value !== undefined && "data" in value && typeof value.data === "string" ? value.data : "";
}

/** What the installer leaves under the MIM Service's key for what was chosen and typed. */
function mailValuesFor(wanted: WizardCase): Readonly<Record<string, RegistryValue>> {
  const { mailServer, authentication, usesManagedAccount } = wanted;
  const managed = usesManagedAccount ? "GMSA" : "";
  if (mailServer === "exchange") return usesManagedAccount ? { [onPremisePassword]: text(madeUpBlob) } : {};
  if (!isOffice365(mailServer)) return {};
  if (authentication !== "applicationContext") return { [`${managed}${onlinePassword}`]: text(madeUpBlob) };
  return {
    [mailValueNames.applicationId]: text(wanted.applicationId ?? madeUp.applicationId),
    [mailValueNames.tenantId]: text(wanted.tenantId ?? madeUp.tenantId),
    [`${managed}${mailValueNames.secret}`]: text(madeUpBlob),
  };
}

function withSetting(config: string, key: string, value: string): string {
  const escaped = value.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return config.replace(new RegExp(`(<add key="${key}" value=")[^"]*(")`), (_all, before: string, after: string) => {
    return `${before}${escaped}${after}`;
  });
}

/** The server with its mail set up as the installer would for what was chosen and typed, before its service starts. */
export function withMail(state: PracticeState, wanted: WizardCase): PracticeState {
  const values = Object.fromEntries(
    Object.entries(valuesOf(state, mimServiceKey)).filter(([name]) => !mailValues.includes(name)),
  );
  const set = withValues(state, mimServiceKey, { ...values, ...mailValuesFor(wanted) });
  return withConfig(withAccount(set, wanted), wanted);
}

/** The server on which the password of the mailbox was typed: it is kept, and nothing needs it. */
export function withEmailPassword(state: PracticeState): PracticeState {
  const values = valuesOf(state, mimServiceKey);
  return withValues(state, mimServiceKey, { ...values, [onlinePassword]: text(madeUpBlob) });
}

/** The server whose installer made a new database: everything that sends mail was in the old one. */
export function withNewDatabase(state: PracticeState, at: Date): PracticeState {
  const event: PracticeState["events"][number] = {
    log: "Application",
    provider: "Microsoft.ResourceManagement",
    id: 3,
    level: "Error",
    at: at.toISOString(),
    text: "Practice: a new database was created. The objects, policies and workflows of the former one are not in it. Restore the backup of FIMService.",
  };
  return { ...state, newDatabase: true, events: [...state.events, event] };
}

function withConfig(state: PracticeState, wanted: WizardCase): PracticeState {
  const path = configPath(executableIn(textOf(valuesOf(state, serviceKey)["ImagePath"])));
  const config = state.texts[path];
  if (config?.state !== "present") return state;
  const { mailServer, serviceEmail } = wanted;
  const settings = {
    mailServer: practiceMailHost(wanted),
    isExchange: mailServer === "exchange" || isOffice365(mailServer) ? "1" : "0",
    ...(serviceEmail === null ? {} : { sendAsAddress: serviceEmail }),
  };
  const written = Object.entries(settings).reduce((given, [key, value]) => withSetting(given, key, value), config.text);
  return { ...state, texts: { ...state.texts, [path]: { state: "present", text: written } } };
}

/** The server whose service runs as the account that was typed; an account it did not know gets a SID. */
function withAccount(state: PracticeState, { accountName, accountDomain }: WizardCase): PracticeState {
  const service = valuesOf(state, serviceKey);
  if (accountName === null) return state;
  const before = textOf(service["ObjectName"]);
  const domain = accountDomain ?? before.split("\\")[0] ?? "CONTOSO";
  const account = accountName.includes("@") ? accountName : `${domain}\\${accountName}`;
  const typed = withValues(state, serviceKey, { ...service, ObjectName: text(account) });
  if (sidOf(typed, account) !== null) return typed;
  const known = Object.values(state.accounts);
  const [authority = "S-1-5-21-1004336348-1177238915-682003330"] = known.map((sid) => sid.replace(/-\d+$/, ""));
  return { ...typed, accounts: { ...state.accounts, [account]: `${authority}-${1200 + known.length}` } };
}

function sidOf(state: PracticeState, account: string): string | null {
  const found = Object.entries(state.accounts).find(([name]) => name.toLowerCase() === account.toLowerCase());
  return found?.[1] ?? null;
}

/** True when a program of .NET 2.x, as the MIM Service is, may use strong cryptography: without it no sign-in works. */
function hasStrongCryptography(state: PracticeState): boolean {
  const values = valuesOf(state, netFrameworkKey("v2", "64"));
  return ["SchUseStrongCrypto", "SystemDefaultTlsVersions"].every((name) => {
    const value = values[name];
    return value !== undefined && "data" in value && value.data === 1;
  });
}

/**
 * The server after its service has started at a moment. With Exchange Online's values it signs in: it gets a token where
 * .NET 2.x may use strong cryptography, else it says so in the event log.
 */
export function withServiceStarted(state: PracticeState, at: Date): PracticeState {
  const startedAt = at.toISOString();
  const started: PracticeState = {
    ...state,
    services: { ...state.services, [serviceName]: { state: "present", status: "running", startedAt } },
  };
  const sid = sidOf(started, textOf(valuesOf(started, serviceKey)["ObjectName"]));
  if (sid === null) return started;
  const { [tokenName]: _former, ...others } = valuesOf(started, hiveKey(sid));
  const online = Object.keys(valuesOf(started, mimServiceKey));
  if (!online.includes(mailValueNames.applicationId)) return withValues(started, hiveKey(sid), others);
  if (hasStrongCryptography(started) && refusalOf(started, "signIn") === null) {
    return withValues(started, hiveKey(sid), { ...others, [tokenName]: text(madeUpBlob) });
  }
  return withValues(withMailError(started, startedAt, noToken), hiveKey(sid), others);
}

/** What the simulated Microsoft refuses the service: its sign-in, or its mailbox; null when nothing. */
export function refusalOf(state: PracticeState, what: "signIn" | "mailbox"): string | null {
  const refusing = microsoftParts(state).find(
    ({ missing, answer }) => missing && "entra" in answer === (what === "signIn"),
  );
  if (refusing === undefined) return null;
  const { answer } = refusing;
  if ("entra" in answer) return `AADSTS${answer.entra}: ${answer.text}`;
  if (answer.code !== undefined) return `The request failed. ${answer.code}`;
  const header = Object.entries(answer.headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  return ["The request failed. The remote server returned an error: (403) Forbidden.", ...header].join(" ");
}

const noToken =
  "Could not get access token for office365 mailbox. Probably registry value is empty because token was not obtained.";

/** The server with an error of its mail in the event log, as the MIM Service writes it. */
function withMailError(state: PracticeState, at: string, cause: string): PracticeState {
  const event: PracticeState["events"][number] = {
    log: "Application",
    provider: "Microsoft.ResourceManagement.ServiceHealthSource",
    id: 12,
    level: "Error",
    at,
    text: `The Forefront Identity Manager Service cannot connect to the Exchange Web Service. ${cause}`,
  };
  return { ...state, events: [...state.events, event] };
}

/** The server after Windows has started anew at a moment, and with it the service. */
export function withWindowsStarted(state: PracticeState, at: Date): PracticeState {
  return withServiceStarted({ ...state, windows: { ...state.windows, startedAt: at.toISOString() } }, at);
}

/** Why a notification does not arrive: what the person is told, and what the service writes into its log, if anything. */
interface Lost {
  readonly text: string;
  readonly cause?: string;
}

/**
 * The server after MIM has sent a notification at a moment; it arrives where mail works on the server as a look sees it,
 * with its faults.
 */
export function withNotification(state: PracticeState, seen: PracticeState, now: Date): PracticeState {
  const at = now.toISOString();
  const lost = whyLost(seen);
  const told = lost?.cause === undefined ? state : withMailError(state, at, lost.cause);
  const text = lost?.text ?? "It is in the inbox of the person it was for.";
  return { ...told, notification: { at, arrived: lost === null, text } };
}

function whyLost(state: PracticeState): Lost | null {
  const service = state.services[serviceName];
  if (service?.state !== "present" || service.status !== "running") {
    return { text: "The MIM Service is not running, so nothing was sent." };
  }
  if (state.newDatabase) return { text: "The new database knows no workflow that sends. Start practice over." };
  const config = state.texts[configPath(executableIn(textOf(valuesOf(state, serviceKey)["ImagePath"])))];
  const setting = (key: string): string =>
    new RegExp(`<add key="${key}" value="([^"]*)"`).exec(config?.state === "present" ? config.text : "")?.[1] ?? "";
  if (setting("mailServer") === "") return { text: "No mail server is set, so nothing was sent." };
  const mail = valuesOf(state, mimServiceKey);
  if (mail[mailValueNames.applicationId] === undefined) {
    const basic = mail[onlinePassword] ?? mail[`GMSA${onlinePassword}`];
    if (basic === undefined) return null;
    return {
      text: "Exchange Online refused the sign-in with a password. The event log says so.",
      cause: "The request failed. The remote server returned an error: (401) Unauthorized.",
    };
  }
  const sid = sidOf(state, textOf(valuesOf(state, serviceKey)["ObjectName"]));
  const hasToken = sid !== null && valuesOf(state, hiveKey(sid))[tokenName] !== undefined;
  if (!hasToken) return { text: "The service has no access token. The event log says so.", cause: noToken };
  if (state.faults.some(({ what }) => what === "mailError")) {
    return { text: "The connection to Exchange Online is closed. The event log says so." };
  }
  const cause = refusalOf(state, "signIn") ?? refusalOf(state, "mailbox");
  return cause === null ? null : { text: "Microsoft refused it. The event log says how.", cause };
}
