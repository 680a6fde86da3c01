import { emptyGuid, plainGuid } from "../contract/guid.ts";
import {
  type Authentication,
  allowedAuthentications,
  allowedPairs,
  authenticationCaptions,
  authentications,
  isOffice365,
  type MailServer,
  mailServerCaptions,
  mailServers,
} from "../contract/mail-server.ts";
import type { Found } from "../contract/state.ts";
import type { Target } from "../contract/target.ts";
import { type PageId, pageIds, type WizardPage } from "../contract/wizard.ts";
import { wizardOption } from "../contract/wizard-options.ts";

/** What is to be set in the wizard. Holds no secret: those are typed by the person and by nobody else. */
export interface WizardCase {
  readonly mailServer: MailServer;
  readonly authentication: Authentication;
  /** A group Managed Service Account runs the service; its name ends in `$`. */
  readonly usesManagedAccount: boolean;
  /** TLS 1.0 and 1.1 are, or will be, off on this server. */
  readonly tls12Only: boolean;
  readonly applicationId: string | null;
  readonly tenantId: string | null;
  readonly accountDomain: string | null;
  readonly accountName: string | null;
  readonly serviceEmail: string | null;
  /** The mail server's name for a kind that asks for one; null when it is not known. */
  readonly mailHost: string | null;
}

/** What stands on the server: where the target says nothing, it is typed again as it is. */
export type Standing = Pick<Found, "mailServer" | "mailHost" | "serviceAccount" | "serviceEmail">;

/** What a target asks of the wizard. */
export function wizardCaseOf(target: Target, standing: Standing | null = null): WizardCase {
  // Name and domain belong together: the server's domain says nothing of another account.
  const account = target.serviceAccount?.trim() || (standing?.serviceAccount ?? "");
  const at = account.indexOf("\\");
  const text = (value: string | undefined): string | null => value?.trim() || null;
  return {
    mailServer: target.mailServer,
    authentication: target.authentication,
    usesManagedAccount: account.endsWith("$"),
    tls12Only: target.tlsProfile === "guide",
    applicationId: idToType(target.applicationId),
    tenantId: idToType(target.tenantId),
    accountDomain: at > 0 ? account.slice(0, at) : null,
    accountName: text(at === -1 ? account : account.slice(at + 1)),
    serviceEmail: text(target.serviceEmail) ?? standing?.serviceEmail ?? null,
    mailHost: text(target.mailHost) ?? (standing?.mailServer === target.mailServer ? standing.mailHost : null),
  };
}

/** An ID as it is typed on the page; what is none is not drawn there, nor offered to be copied. */
function idToType(typed: string | undefined): string | null {
  const plain = plainGuid(typed ?? "");
  return plain === emptyGuid ? null : plain;
}

/** What the wizard would refuse, in words; empty when it takes the choice. */
export function wizardRefusals({ mailServer, authentication, usesManagedAccount }: WizardCase): readonly string[] {
  const refusals: string[] = [];
  if (!allowedAuthentications[mailServer].includes(authentication)) {
    const pair = `${mailServerCaptions[mailServer]} with ${authenticationCaptions[authentication]}`;
    refusals.push(
      `The wizard refuses ${pair} ("Invalid Mail Authentication"). It takes: ${allowedPairs(mailServer).join("; ")}.`,
    );
  }
  if (mailServer === "smtp" && usesManagedAccount) {
    refusals.push("SMTP does not work with a group Managed Service Account. Use a regular service account.");
  }
  return refusals;
}

const next = "Choose Next.";
const configure = "Configure Common Services";

/**
 * The wizard's pages in their order, with what to do on each. Captions as Microsoft's pages show them for builds from
 * 4.6.421.0 on; what no source shows is told in our words and marked so.
 * Source: https://learn.microsoft.com/en-us/microsoft-identity-manager/install-mim-service-portal-azure-ad-premium
 */
export function wizardPages(wanted: WizardCase): readonly WizardPage[] {
  return pageIds.map((id, index) => ({ ...pages[id](wanted), number: index + 1, id }));
}

type PageContent = Omit<WizardPage, "number" | "id">;

/** A page that is only gone through, unless told otherwise. */
function page(content: Pick<PageContent, "title"> & Partial<PageContent>): PageContent {
  return {
    subtitle: null,
    titleIsCaption: true,
    appears: "always",
    when: null,
    instructions: [next],
    controls: [],
    traps: [],
    step: null,
    showsSecret: false,
    ...content,
  };
}

/** A page on which what stands there stays. */
function unchanged(title: string, description: string, more: Partial<PageContent> = {}): () => PageContent {
  return () =>
    page({
      title,
      titleIsCaption: false,
      instructions: ["Leave what stands there.", next],
      controls: [{ kind: "part", description }],
      ...more,
    });
}

const pages: Readonly<Record<PageId, (wanted: WizardCase) => PageContent>> = {
  welcome: () => page({ title: "Welcome", titleIsCaption: false }),

  maintenance: () =>
    page({
      title: "Change, repair, or remove installation",
      instructions: ["Choose Change.", next],
      controls: [
        {
          kind: "choice",
          caption: null,
          options: ["Change", "Repair", "Remove"],
          choose: "Change",
          state: "enabled",
        },
      ],
      traps: ["Remove takes MIM off this server, and Repair does not ask for the mail settings."],
      step: "changeMode",
    }),

  azureCloud: () =>
    page({
      title: "Azure Cloud",
      titleIsCaption: false,
      appears: "sometimes",
      when: "Only with the media for Microsoft Entra ID P1 or P2. Whether Change mode shows it again is not known.",
      instructions: ["Leave the cloud that stands there and sign in.", next],
      controls: [{ kind: "part", description: "A list of clouds and a sign-in" }],
    }),

  customSetup: () =>
    page({
      title: "Custom Setup",
      instructions: ["Leave the features as they are.", next],
      controls: [{ kind: "part", description: "A tree of features" }],
      traps: ["A feature that is crossed out here is removed from this server."],
    }),

  database: () =>
    page({
      title: configure,
      subtitle: "Configure the MIM database connection",
      instructions: ['Choose "Re-use the existing database."', "Leave server and database as they are.", next],
      controls: [
        { kind: "part", description: "The database server and the database" },
        {
          kind: "choice",
          caption: null,
          options: ["Create a new database.", "Re-use the existing database."],
          choose: "Re-use the existing database.",
          state: "enabled",
        },
      ],
      traps: [
        'The picture in Microsoft\'s documentation has "Create a new database." selected. On a server that is in use that is wrong.',
      ],
    }),

  databaseBackup: () =>
    page({
      title: "Database Backup Warning",
      appears: "sometimes",
      when: "When the existing database is used again.",
      instructions: ["Make sure that there is a backup of the database.", next],
      step: "server",
    }),

  mailServer: (wanted) => {
    const needsAuthentication = wanted.mailServer !== "none";
    const managed = wanted.usesManagedAccount && wanted.mailServer !== "smtp";
    return page({
      title: configure,
      subtitle: "Configure mail server connection",
      instructions: [
        `Choose ${mailServerCaptions[wanted.mailServer]}.`,
        ...(wanted.mailServer === "exchange" || wanted.mailServer === "smtp" ? ["Type the mail server's name."] : []),
        ...(needsAuthentication ? [`Choose ${authenticationCaptions[wanted.authentication]}.`] : []),
        managed
          ? "Tick Use Group Managed Service Account."
          : "Leave Use Group Managed Service Account without its tick.",
        next,
      ],
      controls: [
        { kind: "text", caption: "Enter the mail server location." },
        {
          kind: "choice",
          caption: "Mail Server:",
          options: mailServers.map((one) => mailServerCaptions[one]),
          choose: mailServerCaptions[wanted.mailServer],
          state: "enabled",
        },
        isOffice365(wanted.mailServer)
          ? {
              kind: "field",
              caption: null,
              // Shown by a source for Office 365 alone; the installer fills it in for the other clouds too.
              value: wanted.mailServer === "office365" ? "outlook.office365.com" : null,
              state: "greyed",
            }
          : wanted.mailServer === "none"
            ? { kind: "field", caption: null, value: null, state: "greyed" }
            : { kind: "field", caption: null, value: wanted.mailHost, state: "enabled" },
        {
          kind: "choice",
          caption: "Authentication:",
          options: authentications.map((one) => authenticationCaptions[one]).toSorted(byWizardsOrder),
          choose: needsAuthentication ? authenticationCaptions[wanted.authentication] : null,
          state: "enabled",
        },
        { kind: "checkBox", caption: "Use Group Managed Service Account", checked: managed, state: "enabled" },
      ],
      traps: [
        'A pair that does not go together gives the message "Invalid Mail Authentication".',
        ...(isOffice365(wanted.mailServer) && wanted.authentication === "basic"
          ? ["Exchange Online has refused Basic Authentication since 2022."]
          : []),
        ...(wanted.mailServer === "smtp"
          ? [
              "With SMTP there are no approvals in Outlook, and no gMSA.",
              "The installer's property for SSL is MAIL_SERVER_USE_SSL. No source shows where this page asks for it: where it does, answer as was decided.",
            ]
          : []),
        ...(wanted.mailServer === "office365"
          ? ["A tenant of 21Vianet or of the US Government has an entry of its own in this list."]
          : []),
      ],
      step: "mailServer",
    });
  },

  mailbox: (wanted) => {
    const asked = wizardOption({ ...wanted, managed: wanted.usesManagedAccount })?.application ?? false;
    return page({
      title: configure,
      subtitle: "Configure Office 365 mailbox",
      appears: asked ? "always" : "never",
      when: asked ? null : "Only for Office 365 with Application Context Authentication.",
      instructions: [
        "Type the Application ID and the Tenant ID.",
        "Type the client secret: its Value, not its Secret ID.",
        "Choose Next. The installer now asks Microsoft's cloud for a token, from this server.",
      ],
      controls: [
        { kind: "field", caption: "Application ID", value: wanted.applicationId, state: "enabled" },
        { kind: "field", caption: "Tenant ID", value: wanted.tenantId, state: "enabled" },
        { kind: "secret", caption: "Client Secret", leaveEmpty: false, state: "enabled" },
      ],
      traps: [
        '"Failed to access Office 365 mailbox" carries a code AADSTS…, which says what is wrong.',
        "It fails while TLS 1.2 or strong cryptography for .NET 2.x is missing: finish the step TLS first.",
        "A certificate cannot be used in the place of the secret.",
      ],
      step: "azureIds",
      showsSecret: true,
    });
  },

  certificate: (wanted) =>
    page({
      title: "Configure service certificate",
      instructions: ["Choose the certificate that is in use.", next],
      controls: [{ kind: "part", description: "A certificate to choose, or a self-issued one to generate" }],
      traps: wanted.tls12Only
        ? ["A self-issued certificate cannot be used on a server with TLS 1.2 alone: choose one that is there."]
        : ["Generating a new certificate replaces the one that clients know."],
    }),

  serviceAccount: (wanted) => {
    const managed = wanted.usesManagedAccount;
    const option = wizardOption({ ...wanted, managed });
    const sends = option?.serviceEmail ?? true;
    const mailboxPassword = option?.mailboxPassword ?? false;
    return page({
      title: configure,
      subtitle: "Configure the MIM service account",
      instructions: [
        managed
          ? "Type the account's name with its $ at the end. There is no password to type."
          : "Type the service account's password.",
        ...(sends ? ["Type the service's e-mail address."] : []),
        mailboxPassword ? "Type the password of that mailbox." : "Leave the e-mail account's password empty.",
        next,
      ],
      controls: [
        { kind: "field", caption: "Service Account Name", value: wanted.accountName, state: "enabled" },
        {
          kind: "secret",
          caption: "Service Account Password",
          leaveEmpty: managed,
          state: managed ? "greyed" : "enabled",
        },
        { kind: "field", caption: "Service Account Domain", value: wanted.accountDomain, state: "enabled" },
        sends
          ? { kind: "field", caption: "Service Email Account", value: wanted.serviceEmail, state: "enabled" }
          : { kind: "field", caption: "Service Email Account", value: null, state: "greyed" },
        {
          kind: "secret",
          caption: "Service Email Account Password",
          leaveEmpty: !mailboxPassword,
          state: !mailboxPassword && (managed || (option?.application ?? false)) ? "greyed" : "enabled",
        },
      ],
      traps: [
        "The installer writes what is typed here: a wrong password keeps the service from starting.",
        ...(managed ? ["Without the $ at its end the name is not taken for a gMSA."] : []),
        ...(mailboxPassword && managed
          ? ["A managed account has no password, but its mailbox has one: it is typed here, and kept encrypted."]
          : []),
      ],
      step: "serviceAccount",
      showsSecret: !managed || mailboxPassword,
    });
  },

  accountSecurity: () =>
    page({
      title: "Account Security Warning",
      appears: "sometimes",
      when: "When the service account is not denied to log on locally.",
      instructions: ["Read it; the account can be restricted later.", next],
    }),

  synchronization: unchanged(
    "Synchronization server and MIM Management Agent account",
    "The synchronization server and the account of the MIM Management Agent",
  ),
  serviceAddress: unchanged("MIM Service Server address", "The address at which clients reach the MIM Service"),
  sharePoint: unchanged("SharePoint site collection URL", "The address of the SharePoint site collection"),
  sharePointTimer: unchanged("Restart of the SharePoint Timer", "A warning that the SharePoint Timer is restarted", {
    appears: "sometimes",
    when: "When the portal is installed on this server.",
    instructions: [next],
  }),
  registrationPortal: unchanged("Registration Portal URL", "The address of the registration portal; it may be empty"),
  firewall: unchanged(
    "Firewall and portal access",
    "The ports 5725 and 5726 in the firewall, and who may use the portal",
  ),

  install: () =>
    page({
      title: "Install Microsoft Identity Manager Service and Portal",
      instructions: ["Choose Install."],
      traps: ["From here on the server is changed. Cancelling rolls back what was done."],
      step: "changeMode",
    }),
};

/** The wizard lists Basic first. */
function byWizardsOrder(one: string, other: string): number {
  const order = ["basic", "applicationContext", "integrated"] as const;
  const at = (caption: string): number => order.findIndex((name) => authenticationCaptions[name] === caption);
  return at(one) - at(other);
}
