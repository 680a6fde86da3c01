import type { MailServer } from "../contract/mail-server.ts";

/**
 * A public property of the MIM Service and Portal whose name is known, and the wizard's page it is set on. The names
 * for application ID, tenant ID, client secret and authentication type are not known: they are not in this table, and
 * there is no silent Change mode.
 */
export interface KnownProperty {
  readonly name: string;
  /** What the value is, as a person calls it. */
  readonly title: string;
  readonly page: number;
  /** True when the value is a secret: the log may hold it, what is shown never does. */
  readonly isSecret: boolean;
}

const of = (page: number, name: string, title: string, isSecret = false): KnownProperty => ({
  name,
  title,
  page,
  isSecret,
});

/** Source: one published list of the installer's properties; Microsoft's own pages name only some of them. */
export const knownProperties: readonly KnownProperty[] = [
  of(5, "EXISTINGDATABASE", "Re-uses the existing database"),
  of(7, "MAIL_SERVER", "Mail server"),
  of(7, "MAIL_SERVER_USE_SSL", "Mail server uses TLS"),
  of(7, "MAIL_SERVER_IS_EXCHANGE", "Mail server is Exchange Server"),
  of(7, "MAIL_SERVER_IS_EXCHANGE_ONLINE", "Mail server is Exchange Online"),
  of(7, "POLL_EXCHANGE_ENABLED", "Polls the mailbox"),
  of(7, "USE_MANAGED_ACCOUNT_FOR_SERVICE", "Uses a group Managed Service Account"),
  of(9, "CERTIFICATE_NAME", "Service certificate"),
  of(10, "SERVICE_ACCOUNT_NAME", "Service account"),
  of(10, "SERVICE_ACCOUNT_DOMAIN", "Domain of the service account"),
  of(10, "SERVICE_ACCOUNT_EMAIL", "Service e-mail account"),
  of(10, "SERVICE_ACCOUNT_PASSWORD", "Password of the service account", true),
  of(10, "SERVICE_ACCOUNT_EMAIL_PASSWORD", "Password of the service e-mail account", true),
];

/** Properties of Windows Installer itself that a reading uses. */
export const standardProperties: readonly string[] = [
  "ProductCode",
  "ProductName",
  "ProductVersion",
  "REMOVE",
  "REINSTALL",
  "PATCH",
  "Installed",
  "UILevel",
  "LogonUser",
  "ComputerName",
  "Privileged",
  "MsiRunningElevated",
  "VersionMsi",
  "RollbackDisabled",
  "DISABLEROLLBACK",
  "MsiSystemRebootPending",
  "MsiRebootActionScheduled",
];

const kept = new Set([...standardProperties, ...knownProperties.map(({ name }) => name)]);

/** True for a property that a reading keeps the value of. */
export function isKeptProperty(name: string): boolean {
  return kept.has(name);
}

/** True for the yes of a property that is a yes or a no. */
export function isSet(value: string | undefined): boolean {
  return value !== undefined && !/^(?:|0|false|no)$/i.test(value.trim());
}

/**
 * The kind of mail server that the known properties tell; null when they do not. Which of the three Office 365 clouds,
 * and which authentication, no known property says.
 */
export function mailServerIn(
  properties: ReadonlyMap<string, string>,
): MailServer | "office365, cloud not known" | null {
  const exchangeOnline = properties.get("MAIL_SERVER_IS_EXCHANGE_ONLINE");
  if (isSet(exchangeOnline)) return "office365, cloud not known";
  if (isSet(properties.get("MAIL_SERVER_IS_EXCHANGE"))) return "exchange";
  const host = properties.get("MAIL_SERVER");
  return host !== undefined && host.trim() !== "" && exchangeOnline !== undefined ? "smtp" : null;
}
