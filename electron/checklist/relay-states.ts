import type { RelayCheck } from "../contract/history.ts";
import { failsByWindows, type RelayState, relayStateOf, windowsStateOf } from "../facts/relay.ts";

/** What a state of a relay means, and what to do about it, in order. */
export interface RelayMeaning {
  readonly cause: string;
  readonly cure: readonly string[];
}

const connector =
  "In the Exchange admin centre, Mail flow, Connectors: a connector from your organization's email server to Office 365, that knows this server by its public address or by its certificate. Read what is there first: Get-InboundConnector | fl Name,ConnectorType,SenderIPAddresses,TlsSenderCertificateName,Enabled";

/**
 * Every way a conversation with a relay can end. Sources: Exchange Online's pages on relays and on non-delivery reports,
 * looked at on 2026-11-26; the rest is SMTP itself (RFC 5321).
 */
export const relayMeanings: Readonly<Record<RelayState, RelayMeaning>> = {
  ready: { cause: "It takes the service's address and both recipients", cure: [] },
  notFound: {
    cause: "The relay's name was not found",
    cure: [
      "Check mailHost for a slip. For Exchange Online it is the domain with hyphens for its dots: contoso-com.mail.protection.outlook.com.",
      "Look it up on this server: nslookup <name>. Let its DNS answer for that name.",
    ],
  },
  refused: {
    cause: "Nothing listens on that port",
    cure: [
      "Check the port: relays take mail on 25, some on 587. Start the relay's SMTP service, or let its firewall pass this server.",
    ],
  },
  noConnection: {
    cause: "No connection came about: most often outgoing port 25 is closed, by the network or by its provider",
    cure: [
      "Try it on this server: Test-NetConnection <name> -Port 25.",
      "Have the network, and where this server is hosted its provider, open outgoing TCP port 25 to that host; or use a relay of your own in the network.",
    ],
  },
  slowGreeting: {
    cause: "The relay did not greet in time",
    cure: [
      "Some relays delay their greeting for unknown computers, and some firewalls look into SMTP: have this server's address exempted.",
      "Check that it is an SMTP server on that port; one that wants TLS from the first byte (465) says nothing, and MIM's way is not that one.",
    ],
  },
  notSmtp: {
    cause: "Something answers there that is no SMTP server",
    cure: ["Check mailHost and the port; look for a proxy or a load balancer that answers in the relay's place."],
  },
  blocked: {
    cause: "The relay refuses this server's address: a block list",
    cure: [
      "The refusal names the list. Ask there for the address to be taken off (Microsoft's: https://sender.office.com), once what put it there is mended.",
      `Addresses of home lines and of cloud providers are listed as such: use a relay with an address of its own, or a connector. ${connector}`,
    ],
  },
  tlsMissing: {
    cause: "SSL is wanted, and the relay offers no STARTTLS",
    cure: ["Give the relay a certificate and let it offer STARTTLS, or leave SSL out in what is wanted."],
  },
  tlsWanted: {
    cause: "The relay takes mail over TLS alone",
    cure: [
      "Choose SSL for the mail server (mailUseSsl), or let the relay take mail from this server's address without it.",
    ],
  },
  tlsFailed: {
    cause: "STARTTLS did not come about",
    cure: [
      "See what the relay has for TLS: version 1.2, a cipher suite in common, a certificate whose key it may read.",
      "MIM's own TLS is Windows' and older than this program's: see TLS and strong cryptography.",
    ],
  },
  certificate: {
    cause: "The relay's certificate is not trusted here",
    cure: [
      "MIM refuses such a connection. Give the relay a certificate of an authority this server trusts, for the very name that is typed in the installer, and valid today; or trust its authority on this server.",
    ],
  },
  signInWanted: {
    cause: "The relay wants a sign-in",
    cure: [
      "MIM signs in to SMTP with Windows' own authentication or not at all. Let the relay take mail from this server's address without a sign-in.",
      `smtp.office365.com always wants one, with Basic authentication that ends: use the tenant's own host and a connector. ${connector}`,
    ],
  },
  tenantAttribution: {
    cause: "Exchange Online knows no connector for this server (TenantAttribution)",
    cure: [
      connector,
      "The public address it sees is this server's behind the network's: put that one into the connector and into the domain's SPF record.",
      "The sender's domain must be an accepted domain of the tenant: Get-AcceptedDomain.",
    ],
  },
  directSendRefused: {
    cause: "The tenant refuses Direct Send",
    cure: [
      "Direct Send is mail in the name of the tenant's own domain without a connector. Read the setting: Get-OrganizationConfig | fl RejectDirectSend",
      `Rather than switching it off, make a connector for this server. ${connector}`,
    ],
  },
  senderRefused: {
    cause: "The relay does not take the service's address as sender",
    cure: [
      "The address must belong to a domain the relay or the tenant accepts: Get-AcceptedDomain. Correct serviceEmail, or have the relay allow it for this server.",
    ],
  },
  insideRefused: {
    cause: "The relay does not take mail for the inside recipient",
    cure: [
      "Check that the address exists: it is the service's own, or mailTestRecipient where that has the same domain.",
      "Where the relay knows no recipients of that domain, have it accept mail from this server for it.",
    ],
  },
  outsideRefused: {
    cause: "The relay takes mail for the inside alone",
    cure: [
      "Where MIM writes to people inside alone, that is enough: accept this finding. Direct Send never reaches others.",
      `Else let the relay pass mail from this server on; with Exchange Online by a connector. ${connector}`,
    ],
  },
  notNow: {
    cause: "The relay asks to come again later",
    cure: [
      "Relays put unknown computers off at first (greylisting), and throttle them: try again in a quarter of an hour.",
      "If it stays so, have this server's address allowed there.",
    ],
  },
  brokenOff: {
    cause: "The conversation broke off",
    cure: [
      "Try again. If it stays so, look into the relay's log for this server's address, and for a firewall or a virus scanner that looks into SMTP.",
    ],
  },
};

const windowsCure: Readonly<Partial<Record<RelayState, string>>> = {
  tlsFailed:
    "This program's own TLS reached the relay, and Windows' did not: set TLS 1.2 for the client and .NET's strong cryptography, see TLS and strong cryptography.",
  certificate:
    "Windows decides by its own certificate stores: import the relay's authority into Trusted Root Certification Authorities of this computer, or give the relay a certificate of one it trusts.",
};
const letsSomePass =
  "This program reached the relay, and PowerShell did not: a firewall or a virus scanner may let single programs pass alone. See that MIM's service may connect to that port.";

/** What Windows' own way to the relay ended in, where it failed and this program's did not; null otherwise. */
export function windowsFailure(
  check: Pick<RelayCheck, "state" | "windows">,
): (RelayMeaning & { detail: string | null }) | null {
  const state = windowsStateOf(check);
  if (state === null || !failsByWindows(check)) return null;
  const { cause, cure } = relayMeanings[state];
  const own = windowsCure[state];
  return {
    cause: `Windows' own way (.NET Framework): ${cause}`,
    cure: own === undefined ? [letsSomePass, ...cure] : [own],
    detail: check.windows?.detail ?? null,
  };
}

/** What the last conversation means: this program's own, and where that went well, Windows'. */
export function relayMeaning(
  check: Pick<RelayCheck, "state" | "detail" | "windows">,
): RelayMeaning & { detail: string | null } {
  return windowsFailure(check) ?? { ...relayMeanings[relayStateOf(check)], detail: check.detail ?? null };
}
