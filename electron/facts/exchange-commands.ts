import { emptyGuid, plainGuid } from "../contract/guid.ts";
import type { Target } from "../contract/target.ts";

/**
 * The commands of Exchange Online PowerShell, written once for the checklist's advice and for the texts that are
 * copied. Sources: https://learn.microsoft.com/en-us/powershell/module/exchange/set-organizationconfig,
 * …/set-casmailbox, …/get-exomailbox, …/test-serviceprincipalauthorization, …/get-applicationaccesspolicy and
 * …/test-applicationaccesspolicy, looked at on 2026-11-26.
 */

/** What the commands are filled in with; null where it is not known, or is not what it should be. */
export interface CommandValues {
  /** A GUID in its plain form. */
  readonly applicationId: string | null;
  /** An SMTP address. */
  readonly mailbox: string | null;
}

/** What stands in a command for what is not known: the person puts it in. */
export const placeholders = {
  applicationId: "<application ID>",
  mailbox: "<service e-mail>",
  objectId: "<object ID>",
  group: "<the policy's group>",
} as const;

/**
 * A text as a PowerShell string in which nothing is expanded. PowerShell takes the typographic quotation marks for the
 * plain one, so they are doubled as well.
 * Source: https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 */
export function quoted(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, "$&$&")}'`;
}

/** An SMTP address of printable ASCII, without blanks around; null for anything else. */
export function smtpAddress(text: string): string | null {
  const address = text.trim();
  const isOne =
    address.length <= 320 && /^[!-~]+$/.test(address) && /.@./.test(address) && !/[<>,;:"()[\]\\]/.test(address);
  return isOne ? address : null;
}

/** The target's values where they are sound, else the server's; nothing else gets into a command. */
export function commandValues(
  target: Pick<Target, "applicationId" | "serviceEmail">,
  onServer: string | null = null,
  mailboxOnServer = "",
): CommandValues {
  const id = plainGuid(target.applicationId ?? "") ?? plainGuid(onServer ?? "");
  const mailbox = target.serviceEmail?.trim() || mailboxOnServer;
  return { applicationId: id === emptyGuid ? null : id, mailbox: smtpAddress(mailbox) };
}

const application = ({ applicationId }: CommandValues): string => applicationId ?? placeholders.applicationId;
const mailboxOf = ({ mailbox }: CommandValues): string => quoted(mailbox ?? placeholders.mailbox);

/** The policy of user agents, which the organisation and each mailbox have; it has to let the caller pass as well. */
const userAgentPolicy = "EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList";

/** Reads what the organisation says of EWS. Changes nothing. */
export const readAllowList = `Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy | Format-List EwsEnabled,EwsAllowedAppIDs,${userAgentPolicy}`;

/** The write as one line, with a gap for the IDs that were read: it replaces the whole list. */
export function writeAllowList(values: CommandValues): string {
  return `Set-OrganizationConfig -EwsEnabled $true -EwsAllowedAppIDs "<IDs read>,${application(values)}"`;
}

/**
 * Reads the list, adds the application to it and writes it back, after asking. Every ID that was read is written again;
 * when the list cannot be read, nothing is written. One script block, so that a console it is pasted into runs it as a
 * whole or not at all.
 */
export function mergeAllowList(values: CommandValues): string {
  return `& {
    $applicationId = ${quoted(application(values))}
    if ($applicationId -notmatch '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$') {
        throw 'Put the application ID in first. Nothing was written.'
    }
    $read = Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy -ErrorAction Stop
    if (($null -eq $read) -or (@($read.PSObject.Properties.Name) -notcontains 'EwsAllowedAppIDs')) {
        throw 'The list could not be read. Nothing was written.'
    }
    $found = @(@($read.EwsAllowedAppIDs) | ForEach-Object { "$_" -split '[,;\\s]+' } | Where-Object { $_ -ne '' })
    Write-Host "EwsEnabled now: $($read.EwsEnabled)"
    Write-Host "In the list now: $($found -join ', ')"
    $isListed = $found -contains $applicationId
    if ($isListed -and ($read.EwsEnabled -eq $true)) {
        Write-Host 'The application is allowed already. Nothing was written.'
        return
    }
    $wanted = $found
    if (-not $isListed) { $wanted = $found + $applicationId }
    Write-Host "To be written: $($wanted -join ', ')"
    if ($read.EwsEnabled -ne $true) {
        Write-Warning 'EwsEnabled becomes True: from then on only the applications in this list can use EWS.'
    }
    Set-OrganizationConfig -EwsEnabled $true -EwsAllowedAppIDs ($wanted -join ',') -Confirm -ErrorAction Stop
}`;
}

/** Reads what the service's mailbox says of EWS. Changes nothing. */
export function readMailboxEws(values: CommandValues): string {
  return `Get-CASMailbox -Identity ${mailboxOf(values)} | Format-List EwsEnabled,${userAgentPolicy}`;
}

/** Switches EWS on for the service's mailbox. */
export function writeMailboxEws(values: CommandValues): string {
  return `Set-CASMailbox -Identity ${mailboxOf(values)} -EwsEnabled $true`;
}

/** Looks whether the service's mailbox is there, and of what kind. Changes nothing. */
export function readMailbox(values: CommandValues): string {
  return `Get-EXOMailbox -Identity ${mailboxOf(values)} | Format-List DisplayName,RecipientTypeDetails,PrimarySmtpAddress`;
}

/** Says which roles of RBAC for Applications reach the service's mailbox. Changes nothing. */
export function testAuthorization(values: CommandValues): string {
  return `Test-ServicePrincipalAuthorization -Identity ${quoted(application(values))} -Resource ${mailboxOf(values)} | Format-Table`;
}

/** Reads the policies that leave the application a group's mailboxes only. Changes nothing. */
export function readAccessPolicies(values: CommandValues): string {
  return `Get-ApplicationAccessPolicy | Where-Object AppId -eq ${quoted(application(values))} | Format-List`;
}

/** Says whether such a policy lets the application into the service's mailbox. Changes nothing. */
export function testAccessPolicy(values: CommandValues): string {
  return `Test-ApplicationAccessPolicy -Identity ${mailboxOf(values)} -AppId ${quoted(application(values))}`;
}

/** Puts the service's mailbox into the policy's group. */
export function addToPolicyGroup(values: CommandValues): string {
  return `Add-DistributionGroupMember -Identity ${quoted(placeholders.group)} -Member ${mailboxOf(values)}`;
}
