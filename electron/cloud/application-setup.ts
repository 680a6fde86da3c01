import type { CloudCommand, SetUpPart } from "../contract/cloud.ts";
import { fullAccessRole } from "../facts/cloud.ts";
import { type CommandValues, placeholders, quoted, testAuthorization } from "../facts/exchange-commands.ts";
import { connectCommand, exchangeShell } from "./allow-list.ts";
import type { CloudName } from "./clouds.ts";

/** The role that lets an application use EWS with the mailboxes of a scope. */
const ewsRole = "Application EWS.AccessAsApp";
/** The names the scoped set-up gives, so that it can be found and taken back. */
const scopeName = "MIM Service mailbox";
const principalName = "MIM Service";

/** A text within a filter of Exchange, which doubles its quotation marks as well. */
function inFilter(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * How an application is set up in Entra and Exchange Online, in its parts, filled in with what the target holds.
 * Sources: "Authenticate an EWS application by using OAuth"
 * (https://learn.microsoft.com/en-us/exchange/client-developer/exchange-web-services/how-to-authenticate-an-ews-application-by-using-oauth)
 * and "Role based access control for applications in Exchange Online"
 * (https://learn.microsoft.com/en-us/exchange/permissions-exo/application-rbac), looked at on 2026-11-23. The captions of
 * the portal change more often than those pages.
 */
export function applicationSetUp(values: CommandValues, cloud: CloudName): SetUpPart[] {
  return [
    {
      id: "register",
      title: "Register the application",
      steps: [
        "Open the Entra admin centre of your cloud, then App registrations, New registration.",
        "Give it a name such as MIM Service mail. Supported account types: this organisation only. No redirect URI.",
        "On its Overview page, copy the Application (client) ID and the Directory (tenant) ID into Azure IDs here.",
      ],
      commands: [],
    },
    {
      id: "secret",
      title: "Make a client secret",
      steps: [
        "In the registration: Certificates & secrets, Client secrets, New client secret.",
        "Copy the Value at once: it is shown only now. The Secret ID beside it is not the secret.",
        "Enter the day it expires in Azure IDs here. You are warned 30 days before; then Change mode has to be run again.",
      ],
      commands: [],
    },
    {
      id: "permission",
      title: "Allow every mailbox: consent in Entra",
      steps: [
        "In the registration: API permissions, Add a permission, APIs my organization uses, Office 365 Exchange Online.",
        `Application permissions: ${fullAccessRole}. Then Grant admin consent.`,
        "This opens every mailbox of the organisation to the application. The next part opens one mailbox only.",
      ],
      commands: [],
    },
    {
      id: "scope",
      title: "Or allow one mailbox: RBAC for Applications",
      steps: [
        "In Entra: Enterprise applications, your application. Copy its Object ID. The one under App registrations is another.",
        "Run the commands one after the other.",
        `The two ways add up: while ${fullAccessRole} is consented to in Entra, every mailbox stays open. Take that consent back for the scope to count.`,
        "The token then holds no role, and Azure IDs says so. Whether MIM's own installer accepts that is not known: check here first that the mailbox answers.",
      ],
      commands: scopeCommands(values, cloud),
    },
    {
      id: "allow",
      title: "Allow it to use EWS",
      steps: [
        "In Exchange Online, put the application on the allow list: read it first, then write it with all that it held.",
        "Then run the check here.",
      ],
      commands: [],
    },
  ];
}

function scopeCommands(values: CommandValues, cloud: CloudName): CloudCommand[] {
  const application = values.applicationId ?? placeholders.applicationId;
  const mailbox = values.mailbox ?? placeholders.mailbox;
  const command = (id: string, title: string, text: string, note: string | null): CloudCommand => ({
    id: `scope.${id}`,
    title,
    text,
    runIn: exchangeShell,
    note,
  });
  return [
    { ...connectCommand(cloud), id: "scope.connect" },
    command(
      "principal",
      "Make the application known to Exchange Online",
      `New-ServicePrincipal -AppId ${quoted(application)} -ObjectId ${quoted(placeholders.objectId)} -DisplayName ${quoted(principalName)}`,
      "Put in the Object ID of the enterprise application: it is not known here.",
    ),
    command(
      "scope",
      "Make a scope that holds the service's mailbox",
      `New-ManagementScope -Name ${quoted(scopeName)} -RecipientRestrictionFilter ${quoted(`PrimarySmtpAddress -eq ${inFilter(mailbox)}`)}`,
      null,
    ),
    command(
      "assignment",
      "Let the application use EWS within it",
      `New-ManagementRoleAssignment -App ${quoted(application)} -Role ${quoted(ewsRole)} -CustomResourceScope ${quoted(scopeName)}`,
      "It may take some time until Exchange Online follows.",
    ),
    command(
      "test",
      "Test it",
      testAuthorization(values),
      "InScope must be True for the service's mailbox. Try it with another mailbox as well: there it must be False.",
    ),
  ];
}
