import type { CloudCommand } from "../contract/cloud.ts";
import {
  type CommandValues,
  mergeAllowList,
  readAccessPolicies,
  readAllowList,
  readMailbox,
  readMailboxEws,
  testAccessPolicy,
  testAuthorization,
  writeMailboxEws,
} from "../facts/exchange-commands.ts";
import type { CloudName } from "./clouds.ts";

/** Where the commands are run. */
export const exchangeShell = "Exchange Online PowerShell";

/**
 * What Connect-ExchangeOnline calls the clouds; the global one is its default.
 * Source: https://learn.microsoft.com/en-us/powershell/exchange/app-only-auth-powershell-v2, looked at on 2026-11-23.
 */
const environments: Readonly<Record<CloudName, string | null>> = {
  global: null,
  china: "O365China",
  governmentHigh: "O365USGovGCCHigh",
  governmentDod: "O365USGovDoD",
};

/** Signs an administrator in to Exchange Online PowerShell of one cloud. */
export function connectCommand(cloud: CloudName): CloudCommand {
  const environment = environments[cloud];
  const isGovernment = cloud === "governmentHigh" || cloud === "governmentDod";
  const other = cloud === "governmentDod" ? environments.governmentHigh : environments.governmentDod;
  const otherName = cloud === "governmentDod" ? "GCC High" : "DoD";
  return {
    id: "connect",
    title: "Sign in to Exchange Online PowerShell",
    text:
      environment === null
        ? "Connect-ExchangeOnline"
        : `Connect-ExchangeOnline -ExchangeEnvironmentName ${environment}`,
    runIn: "PowerShell with the module ExchangeOnlineManagement",
    note: `Sign in as an Exchange administrator.${isGovernment ? ` For a tenant in ${otherName}, write ${other}.` : ""}`,
  };
}

/**
 * The commands around the organisation's allow list for EWS and the service's mailbox, in the order they are run: what
 * reads stands before what writes.
 */
export function allowListCommands(values: CommandValues, cloud: CloudName): CloudCommand[] {
  const command = (id: string, title: string, text: string, note: string | null = null): CloudCommand => ({
    id,
    title,
    text,
    runIn: exchangeShell,
    note,
  });
  return [
    connectCommand(cloud),
    command("allowList.read", "Read the allow list first", readAllowList, "Changes nothing."),
    command(
      "allowList.write",
      "Add this application to the allow list",
      mergeAllowList(values),
      "Writes the whole list: every ID it reads, and this one. It shows both and asks before it writes. With EwsEnabled True, every application that is not in the list is shut out of EWS, so make sure the others you need are in it. It may take up to 24 hours to take effect.",
    ),
    command("mailbox.read", "Read whether the mailbox may use EWS", readMailboxEws(values), "Changes nothing."),
    command(
      "mailbox.write",
      "Switch EWS on for the mailbox",
      writeMailboxEws(values),
      "Needed only when EwsEnabled of the mailbox is False. The organisation and the mailbox both have to allow it.",
    ),
    command("mailbox.look", "Look at the mailbox", readMailbox(values), "Changes nothing."),
    command(
      "rbac.test",
      "Test which mailboxes the application may open",
      testAuthorization(values),
      "Changes nothing. It tells of RBAC for Applications alone: a permission consented to in Entra does not show.",
    ),
    command(
      "policy.read",
      "Read the Application Access Policies of the application",
      readAccessPolicies(values),
      "Changes nothing. Such a policy leaves an application with full_access_as_app the mailboxes of a group only; Microsoft's set-up script for MIM makes one.",
    ),
    command(
      "policy.test",
      "Test whether they let it into the mailbox",
      testAccessPolicy(values),
      "Changes nothing. Denied: add the mailbox to the policy's group, and wait an hour or more.",
    ),
  ];
}
