import { XMLParser } from "fast-xml-parser";
import { type Authentication, isOffice365, type MailServer } from "../contract/mail-server.ts";
import { absent, type Fact, isUnknown, knownValue, mapFact, present, unreadable } from "../recording/fact.ts";
import type { RegistryValue } from "../recording/recording.ts";
import { looksEncrypted } from "../recording/redact.ts";
import { isEmpty, type Seen, shownValue, textOf } from "../recording/seen.ts";
import { mimServiceKey, serviceConfig } from "./service.ts";

/** The three Exchange Online values, as the installer writes them. Source: the guide, step 9. */
export const mailValueNames = {
  applicationId: "ExchangeOnlineApplicationID",
  tenantId: "ExchangeOnlineTenantID",
  secret: "EncryptedExchangeOnlineClientSecret",
} as const;

// A group Managed Service Account has its own values for passwords; should one be written for the client secret,
// it counts. Source: https://learn.microsoft.com/en-us/microsoft-identity-manager/2016-gmsa
const secretNames = [mailValueNames.secret, `GMSA${mailValueNames.secret}`];
const onlinePasswordNames = ["EncryptedExchangeOnlineAccountPassword", "GMSAEncryptedExchangeOnlineAccountPassword"];
const onPremisePasswordName = "GMSAEncryptedExchangeOnPremiseAccountPassword";

/** A value of the MIM Service's key; an empty one counts as absent. */
function filled(seen: Seen, name: string): Fact<RegistryValue> {
  const fact = seen.value(mimServiceKey, name);
  return fact.state === "present" && isEmpty(fact.value) ? { state: "absent", address: fact.address } : fact;
}

function firstFilled(seen: Seen, names: readonly string[]): Fact<RegistryValue> {
  const facts = names.map((name) => filled(seen, name));
  return facts.find((fact) => fact.state === "present") ?? (facts[0] as Fact<RegistryValue>);
}

/** The application ID on the server, as it stands there; a value that is no text is shown as what it is. */
export function applicationId(seen: Seen): Fact<string> {
  return mapFact(filled(seen, mailValueNames.applicationId), shownValue);
}

/** The tenant ID on the server, as it stands there. */
export function tenantId(seen: Seen): Fact<string> {
  return mapFact(filled(seen, mailValueNames.tenantId), shownValue);
}

/** The client secret on the server: whether it looks encrypted. Never its text. */
export function clientSecret(seen: Seen): Fact<{ readonly encrypted: boolean }> {
  return mapFact(firstFilled(seen, secretNames), (value) => ({
    encrypted: "data" in value ? looksEncrypted(textOf(value) ?? "") : value.looksEncrypted,
  }));
}

/** Whether an encrypted account password for Exchange Online is kept: Basic Authentication. */
export function accountPassword(seen: Seen): Fact<true> {
  return mapFact(firstFilled(seen, onlinePasswordNames), () => true as const);
}

/** What the service's configuration says of the mail server. */
interface ConfiguredMail {
  /** The host, "" when the value is there and empty, null when there is none. */
  readonly host: string | null;
  readonly isExchange: boolean | null;
  /** The address mail is sent from, "" when the value is there and empty, null when there is none. */
  readonly sendAs: string | null;
}

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "", processEntities: false });

/** The appSettings of a .NET configuration file by lower-case key; null when it is not XML. */
function appSettings(config: string): ReadonlyMap<string, string> | null {
  const settings = new Map<string, string>();
  try {
    const root: unknown = parser.parse(config);
    const section = (root as { configuration?: { appSettings?: unknown } } | null)?.configuration?.appSettings;
    for (const part of [section].flat()) {
      const added = (part as { add?: unknown } | undefined)?.add;
      for (const entry of [added].flat()) {
        const { key, value } = (entry ?? {}) as { key?: unknown; value?: unknown };
        if (typeof key === "string") settings.set(key.toLowerCase(), String(value ?? ""));
      }
    }
  } catch {
    return null;
  }
  return settings;
}

function configuredMail(config: string): ConfiguredMail | null {
  const settings = appSettings(config);
  if (settings === null) return null;
  return {
    host: settings.get("mailserver")?.trim() ?? null,
    isExchange: flagOf(settings.get("isexchange")),
    sendAs: settings.get("sendasaddress")?.trim() ?? null,
  };
}

function flagOf(written: string | undefined): boolean | null {
  const flag = written?.trim().toLowerCase() ?? "";
  if (flag === "1" || flag === "true") return true;
  return flag === "0" || flag === "false" ? false : null;
}

/** The address the service sends from and whose mailbox it opens, as its configuration says: `sendAsAddress`. */
export function serviceAddress(seen: Seen): Fact<string> {
  const config = serviceConfig(seen);
  if (config.state !== "present") return config;
  const address = `${config.address}, appSettings sendAsAddress`;
  const written = (configuredMail(config.value)?.sendAs ?? "").replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  // A name may stand before it: "MIM Service <mim@contoso.com>", whose brackets are entities in XML.
  const plain = (/<([^<>]*)>\s*$/.exec(written)?.[1] ?? written).trim();
  return plain === "" ? absent(address) : present(address, plain);
}

/** The mail server found, and the host it sends to where the configuration names one. */
export interface FoundMail {
  readonly type: MailServer;
  readonly host: string | null;
}

/** The name in what stands for a host: without scheme, port, path and the dot of a full name. */
function hostName(written: string): string {
  const name = written.replace(/^[a-z]{1,10}:\/\//i, "").split(/[/:]/)[0] ?? "";
  return name.toLowerCase().replace(/\.$/, "");
}

/** True when two spellings name one host: case, scheme and path do not count. */
export function sameHost(one: string, other: string): boolean {
  return hostName(one.trim()) === hostName(other.trim());
}

/**
 * Hosts of Microsoft's that take mail by SMTP: where a domain's mail is delivered (the way of a connector and of direct
 * send), those for a sign-in, and those of the first years. None of them answers Exchange Web Services.
 */
const smtpHosts: readonly RegExp[] = [
  /\.mail\.(protection|eo)\.(partner\.)?(outlook|office365)\.(com|cn|us)$/,
  /\.mx\.microsoft$/,
  /^smtp(-[a-z0-9-]{1,40})?\.((partner|mail)\.)?(outlook|office365|office)\.(com|cn|us)$/,
  /^pod[a-z0-9-]{0,40}\.outlook\.com$/,
];

function office365Of(name: string): MailServer | null {
  if (/(^|\.)outlook\.cn$/.test(name)) return "office365China";
  if (/(^|\.)office365\.us$/.test(name)) return "office365Government";
  return /(^|\.)(office365\.com|outlook\.com|outlook\.office\.com)$/.test(name) ? "office365" : null;
}

/**
 * The mail server type, from the service's configuration (which names the host), else from the values the installer
 * leaves under the MIM Service's key. `expected` settles which of the Office 365 clouds is meant where only the
 * values speak: they do not tell the clouds apart.
 */
export function foundMail(seen: Seen, expected: MailServer): Fact<FoundMail> {
  const config = serviceConfig(seen);
  const mail = config.state === "present" ? configuredMail(config.value) : null;
  if (mail?.host) {
    const name = hostName(mail.host);
    const url = /\/EWS\/Exchange\.asmx/i.test(mail.host);
    const isSmtp = mail.isExchange === false || smtpHosts.some((host) => host.test(name));
    const type = isSmtp ? "smtp" : (office365Of(name) ?? (url || mail.isExchange === true ? "exchange" : "smtp"));
    return present(`${config.address}, appSettings mailServer`, { type, host: mail.host });
  }
  const online = [
    filled(seen, mailValueNames.applicationId),
    filled(seen, mailValueNames.tenantId),
    firstFilled(seen, secretNames),
    firstFilled(seen, onlinePasswordNames),
  ];
  const onlineSign = online.find((fact) => fact.state === "present");
  if (onlineSign !== undefined) {
    return present(onlineSign.address, { type: isOffice365(expected) ? expected : "office365", host: null });
  }
  const onPremise = filled(seen, onPremisePasswordName);
  if (onPremise.state === "present") return present(onPremise.address, { type: "exchange", host: null });
  if (mail?.host === "") return present(`${config.address}, appSettings mailServer`, { type: "none", host: null });
  const unknown = [config, onPremise, ...online].find(isUnknown);
  if (unknown !== undefined && isUnknown(unknown)) return unknown;
  return unreadable(config.address, "neither the configuration nor the registry names a mail server");
}

/** How the service signs in, as far as the values tell: the three Exchange Online values, or an account password. */
export interface FoundAuthentication {
  readonly type: Authentication | "none" | "incomplete";
  /** The names of the Exchange Online values that are missing. */
  readonly missing: readonly string[];
}

/** How the service signs in to Exchange Online. Unknown when the MIM Service's key could not be read. */
export function foundAuthentication(seen: Seen): Fact<FoundAuthentication> {
  const three = [
    filled(seen, mailValueNames.applicationId),
    filled(seen, mailValueNames.tenantId),
    firstFilled(seen, secretNames),
  ];
  const unknown = three.find(isUnknown);
  if (unknown !== undefined && isUnknown(unknown)) return unknown;
  const names = Object.values(mailValueNames);
  const missing = names.filter((_, index) => three[index]?.state !== "present");
  if (missing.length === 0) return present(mimServiceKey, { type: "applicationContext", missing });
  if (missing.length < names.length) return present(mimServiceKey, { type: "incomplete", missing });
  const basic = knownValue(accountPassword(seen)) === true;
  return present(mimServiceKey, { type: basic ? "basic" : "none", missing });
}
