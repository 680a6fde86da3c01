import type { ExtraPage, ExtraPageId } from "../contract/wizard.ts";

/** An extra page before it is drawn: what is typed on it, and whether a password is among it. */
interface Extra {
  readonly id: ExtraPageId;
  readonly after: ExtraPage["after"];
  readonly title: string;
  readonly titleIsCaption: boolean;
  /** The feature with which it comes. */
  readonly feature: string;
  /** The caption of the account's name where a source shows it; null for a page without an account. */
  readonly account: string | null;
  readonly instructions: readonly string[];
}

const pam = "Privileged Access Management";
const next = "Choose Next.";

/**
 * The pages of features that are installed beside the MIM Service. Whether they are is not looked at, so each is told
 * with its condition. Sources: https://learn.microsoft.com/en-us/microsoft-identity-manager/2016-gmsa for the captions
 * and the order, https://learn.microsoft.com/en-us/microsoft-identity-manager/install-mim-service-portal-azure-ad-premium,
 * looked at on 2026-11-26.
 */
const extras: readonly Extra[] = [
  {
    id: "serviceManager",
    after: "mailServer",
    title: "System Center Service Manager management server",
    titleIsCaption: false,
    feature: "MIM Reporting",
    account: null,
    instructions: ["Leave the name of the management server."],
  },
  {
    id: "pamRestApi",
    after: "firewall",
    title: "Configure Privileged Access Management REST API",
    titleIsCaption: true,
    feature: pam,
    account: "Application Pool Account Name",
    instructions: [],
  },
  {
    id: "pamComponent",
    after: "firewall",
    title: "Configure PAM Component Service",
    titleIsCaption: true,
    feature: pam,
    account: "Service Account Name",
    instructions: [],
  },
  {
    id: "pamMonitoring",
    after: "firewall",
    title: "Configure Privileged Access Management Monitoring Service",
    titleIsCaption: true,
    feature: pam,
    account: "Service Account Name",
    instructions: [],
  },
  {
    id: "passwordRegistration",
    after: "firewall",
    title: "Configure MIM Password Registration Portal",
    titleIsCaption: true,
    feature: "the Password Registration Portal",
    account: "Account Name",
    instructions: [
      "Leave host name and port.",
      "A warning and a page with the MIM Service's address follow: leave what stands there.",
    ],
  },
  {
    id: "passwordReset",
    after: "firewall",
    title: "Configure MIM Password Reset Portal",
    titleIsCaption: true,
    feature: "the Password Reset Portal",
    account: "Account Name",
    instructions: [
      "Leave host name and port.",
      "A warning and a page with the MIM Service's address follow: leave what stands there.",
    ],
  },
];

/** The pages that come only with other features, each with its condition and the page it comes after. */
export const extraPages: readonly ExtraPage[] = extras.map(
  ({ id, after, title, titleIsCaption, feature, account, instructions }) => ({
    id,
    after,
    title,
    subtitle: null,
    titleIsCaption,
    appears: "sometimes",
    when: `Only where ${feature} is installed on this server.`,
    instructions: [
      ...(account === null
        ? []
        : ["Type the account's password again: the installer does not keep it. A name that ends in $ has none."]),
      ...instructions,
      next,
    ],
    controls:
      account === null
        ? [{ kind: "part", description: title }]
        : [
            { kind: "field", caption: account, value: null, state: "enabled" },
            { kind: "secret", caption: "Password", leaveEmpty: false, state: "enabled" },
          ],
    traps: account === null ? [] : ["A wrong password keeps that feature from starting."],
    step: null,
    showsSecret: account !== null,
  }),
);

/**
 * What the name of a dialog may say of an extra page. The names in MIM's package are not known: these are the words of
 * the features; what is between them is as long as the longest name looked through. A page of the eighteen with a like word (the address of the registration portal) is none of them.
 */
const nameWords: readonly (readonly [RegExp, ExtraPageId])[] = [
  [/pam.{0,80}rest|privileged.{0,80}rest/i, "pamRestApi"],
  [/pam.{0,80}monitor|privileged.{0,80}monitor/i, "pamMonitoring"],
  [/\bpam|Pam[A-Z]|PAM|[Pp]rivileged/, "pamComponent"],
  [/(sspr|password|pwd).{0,80}regist|regist.{0,80}portal(?!.{0,80}ur[il])/i, "passwordRegistration"],
  [/(sspr|password|pwd).{0,80}reset|reset.{0,80}portal/i, "passwordReset"],
  [/scsm|servicemanager|systemcenter|reporting/i, "serviceManager"],
];

/** The extra page a dialog's name tells of; null when it tells of none. */
export function extraPageNamed(dialog: string): ExtraPageId | null {
  // A dialog's name is short; a long one is not looked through.
  if (dialog.length > 80) return null;
  return nameWords.find(([words]) => words.test(dialog))?.[1] ?? null;
}
