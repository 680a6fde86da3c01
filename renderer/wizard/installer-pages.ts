import type { StepId } from "../../electron/contract/checklist.ts";
import {
  type Authentication,
  authenticationCaptions,
  isOffice365,
  type MailServer,
  mailServerCaptions,
} from "../../electron/contract/mail-server.ts";
import type { Target } from "../../electron/contract/target.ts";

/** A page of the installer, and what to do on it. */
export interface PageNote {
  readonly page: number;
  readonly title: string;
  readonly note: string;
  /** The step of this window that is about the page. */
  readonly step?: StepId;
}

function signIn(mailServer: MailServer, authentication: Authentication): string {
  return mailServer === "none" ? "" : ` and ${authenticationCaptions[authentication]}`;
}

/**
 * The installer's pages from build 4.6.421.0 on, in order, with what to do for a target.
 * Source: https://learn.microsoft.com/en-us/microsoft-identity-manager/install-mim-service-portal-azure-ad-premium
 */
export function pageNotes(target: Pick<Target, "mailServer" | "authentication">): readonly PageNote[] {
  const { mailServer, authentication } = target;
  const application = isOffice365(mailServer) && authentication === "applicationContext";
  return [
    { page: 1, title: "Welcome", note: "Next." },
    { page: 2, title: "Change, repair, or remove installation", note: "Choose Change." },
    {
      page: 3,
      title: "Azure Cloud",
      note: "Only with Premium media. Whether Change mode asks again is not known.",
    },
    { page: 4, title: "Custom Setup", note: "Leave the features as they are." },
    {
      page: 5,
      title: "Configure the MIM database connection",
      note: "Choose “Re-use the existing database.” The other choice makes a new one.",
    },
    { page: 6, title: "Database Backup Warning", note: "Next, once the backup is made." },
    {
      page: 7,
      title: "Configure mail server connection",
      note: `Choose ${mailServerCaptions[mailServer]}${signIn(mailServer, authentication)}.`,
      step: "mailServer",
    },
    {
      page: 8,
      title: "Configure Office 365 mailbox",
      note: application
        ? "Type Application ID, Tenant ID and the client secret’s value. Next signs in from this server."
        : "Asked for with Office 365 and Application Context Authentication only.",
      step: "azureIds",
    },
    {
      page: 9,
      title: "Configure service certificate",
      note: "Pick the certificate in use. A self-issued one does not work on a server with TLS 1.2 only.",
    },
    {
      page: 10,
      title: "Configure the MIM service account",
      note: "Type the account’s password. The e-mail password stays empty.",
      step: "serviceAccount",
    },
    { page: 11, title: "Account Security Warning", note: "Shown when local logon is not denied to the account. Next." },
    { page: 12, title: "Synchronization server", note: "Leave the server and the Management Agent’s account." },
    { page: 13, title: "MIM Service Server address", note: "Leave it." },
    { page: 14, title: "SharePoint site collection URL", note: "Leave it." },
    { page: 15, title: "SharePoint Timer", note: "A warning that the timer service is restarted. Next." },
    { page: 16, title: "Registration Portal URL", note: "Leave it; it may be empty." },
    { page: 17, title: "Firewall ports and portal access", note: "Leave both as they are." },
    { page: 18, title: "Install Microsoft Identity Manager Service and Portal", note: "Install." },
  ];
}
