import type { Authentication, MailServer } from "./mail-server.ts";

/** What the pages of the wizard want for one of its documented choices. */
export interface WizardOption {
  /** Its letter in Microsoft's documentation. */
  readonly option: "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I";
  /** A group Managed Service Account runs the service. */
  readonly managed: boolean;
  readonly mailServer: "exchange" | "office365" | "smtp" | "none";
  /** Null where the wizard asks for none. */
  readonly authentication: Authentication | null;
  /** The name of the mail server is typed. */
  readonly host: boolean;
  /** Application ID, tenant ID and client secret are typed, on a page of their own. */
  readonly application: boolean;
  /** The service account's password is typed; a managed account has none. */
  readonly accountPassword: boolean;
  readonly serviceEmail: boolean;
  /** The password of the mailbox is typed; without it the field stays empty. */
  readonly mailboxPassword: boolean;
}

const regular = { managed: false, accountPassword: true } as const;
const managed = { managed: true, accountPassword: false } as const;
const exchange = {
  mailServer: "exchange",
  authentication: "integrated",
  host: true,
  application: false,
  serviceEmail: true,
} as const;
const office365 = { mailServer: "office365", host: false, serviceEmail: true } as const;
const basic = { ...office365, authentication: "basic", application: false, mailboxPassword: true } as const;
const application = {
  ...office365,
  authentication: "applicationContext",
  application: true,
  mailboxPassword: false,
} as const;
const none = {
  mailServer: "none",
  authentication: null,
  host: false,
  application: false,
  serviceEmail: false,
  mailboxPassword: false,
} as const;

/**
 * The options A to I, one row each.
 * Source: https://learn.microsoft.com/en-us/microsoft-identity-manager/install-mim-service-portal-azure-ad-premium,
 * looked at on 2026-11-26.
 */
export const wizardOptions: readonly WizardOption[] = [
  { option: "A", ...regular, ...exchange, mailboxPassword: false },
  { option: "B", ...regular, ...basic },
  { option: "C", ...regular, ...application },
  { option: "D", ...regular, ...exchange, mailServer: "smtp", mailboxPassword: false },
  { option: "E", ...regular, ...none },
  { option: "F", ...managed, ...exchange, mailboxPassword: true },
  { option: "G", ...managed, ...basic },
  { option: "H", ...managed, ...application },
  { option: "I", ...managed, ...none },
];

/** The documented option of a choice; null for one the wizard refuses. The Office 365 of every cloud is one option. */
export function wizardOption(wanted: {
  readonly mailServer: MailServer;
  readonly authentication: Authentication;
  readonly managed: boolean;
}): WizardOption | null {
  const kind = wanted.mailServer.startsWith("office365") ? "office365" : wanted.mailServer;
  return (
    wizardOptions.find(
      (option) =>
        option.managed === wanted.managed &&
        option.mailServer === kind &&
        (option.authentication === null || option.authentication === wanted.authentication),
    ) ?? null
  );
}
