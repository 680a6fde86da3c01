import type { CloudCommand } from "../contract/cloud.ts";
import { quoted } from "./exchange-commands.ts";

/**
 * The commands around a relay in Exchange Online, and those that look at DNS. Every one of them reads, or adds something
 * new; none takes away what is there.
 * Sources: https://learn.microsoft.com/en-us/powershell/module/exchange/new-inboundconnector, …/get-inboundconnector,
 * …/get-accepteddomain and …/set-organizationconfig, looked at on 2026-11-27.
 */

const exchangeShell = "Exchange Online PowerShell";

/** What stands in a command for what is not known: the person puts it in. */
export const relayPlaceholders = {
  address: "<public address>",
  certificate: "<name in the certificate>",
  domain: "<your domain>",
} as const;

/** A domain that may stand in a command; null for anything else. */
export function soundDomain(domain: string): string | null {
  return /^(?=.{3,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/.test(domain)
    ? domain
    : null;
}

const command = (id: string, title: string, text: string, note: string | null = null): CloudCommand => ({
  id,
  title,
  text,
  runIn: exchangeShell,
  note,
});

/** Reads which domains the tenant accepts as its own. */
export const readAcceptedDomains: CloudCommand = command(
  "acceptedDomains",
  "Read the accepted domains",
  "Get-AcceptedDomain | Format-Table DomainName,DomainType,Default",
);

/** Reads the connectors that are there. */
export const readConnectors: CloudCommand = command(
  "readConnectors",
  "Read the connectors that are there",
  "Get-InboundConnector | Format-List Name,Enabled,ConnectorType,SenderDomains,SenderIPAddresses,TlsSenderCertificateName,RequireTls",
  "One that knows this server already is enough: then add none.",
);

/** Adds a connector that knows the network by its public address. */
export const addConnectorByAddress: CloudCommand = command(
  "addConnector",
  "Add the connector",
  `New-InboundConnector -Name 'MIM Service' -ConnectorType OnPremises -SenderDomains '*' -SenderIPAddresses ${quoted(relayPlaceholders.address)} -Confirm`,
  "It adds one and changes none. Whoever sends from that address is trusted: it must be yours alone.",
);

/** Adds a connector that knows the relay by its certificate. */
export const addConnectorByCertificate: CloudCommand = command(
  "addConnector",
  "Add the connector",
  `New-InboundConnector -Name 'MIM Service' -ConnectorType OnPremises -SenderDomains '*' -RequireTls $true -TlsSenderCertificateName ${quoted(relayPlaceholders.certificate)} -Confirm`,
  "It adds one and changes none. The name in the certificate belongs to an accepted domain.",
);

/** Reads whether the tenant refuses Direct Send. */
export const readDirectSend: CloudCommand = command(
  "readDirectSend",
  "Read whether Direct Send is refused",
  "Get-OrganizationConfig | Format-List RejectDirectSend",
  "True: this way is closed. It protects the tenant from forged mail; take a connector rather than switch it off.",
);

/** Looks a record of the domain up. */
export function lookUp(type: "MX" | "TXT", domain: string | null): string {
  return `Resolve-DnsName -Type ${type} -Name ${quoted(domain ?? relayPlaceholders.domain)}`;
}
