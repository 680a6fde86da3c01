import type { Source } from "../contract/checklist.ts";

/** The day this table was last gone through, link by link, against the team's fact sheet. */
const lookedAt = "2026-11-23";

/** The day the pages that were added since were looked at. */
const lookedAtAgain = "2026-11-26";

const docs = "https://learn.microsoft.com/en-us";
const mim = `${docs}/microsoft-identity-manager`;

/** The pages the rules rest on, by short name. */
export const sources = {
  guide: {
    title: "MIM Portal & Application Context Authentication (azurecloudai.blog, 2022-04-29)",
    url: "https://azurecloudai.blog",
    lookedAt,
  },
  installation: {
    title: "Install the MIM Service and Portal with Microsoft Entra ID P1 or P2",
    url: `${mim}/install-mim-service-portal-azure-ad-premium`,
    lookedAt,
  },
  serviceInstallation: {
    title: "Install the MIM Service and Portal",
    url: `${mim}/install-mim-service-portal`,
    lookedAt: lookedAtAgain,
  },
  versionHistory: { title: "MIM version release history", url: `${mim}/reference/version-history`, lookedAt },
  platforms: {
    title: "Supported platforms for MIM 2016",
    url: `${mim}/microsoft-identity-manager-2016-supported-platforms`,
    lookedAt,
  },
  tlsOnly: { title: "Prepare MIM for a TLS 1.2 only environment", url: `${mim}/preparing-tls`, lookedAt },
  groupManaged: {
    title: "MIM with group Managed Service Accounts",
    url: `${mim}/2016-gmsa`,
    lookedAt,
  },
  storedPasswords: {
    title: "Script for a group Managed Service Account and stored passwords of the MIM Service",
    url: `${mim}/2016-gmsascript`,
    lookedAt,
  },
  ewsOAuth: {
    title: "Authenticate an EWS application by using OAuth",
    url: `${docs}/exchange/client-developer/exchange-web-services/how-to-authenticate-an-ews-application-by-using-oauth`,
    lookedAt,
  },
  organizationConfig: {
    title: "Set-OrganizationConfig (EwsEnabled, EwsAllowedAppIDs)",
    url: `${docs}/powershell/module/exchange/set-organizationconfig`,
    lookedAt,
  },
  casMailbox: {
    title: "Set-CASMailbox (EwsEnabled)",
    url: `${docs}/powershell/module/exchange/set-casmailbox`,
    lookedAt,
  },
  relayWays: {
    title: "How to set up a device or application to send email using Microsoft 365",
    url: `${docs}/exchange/mail-flow-best-practices/how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365`,
    lookedAt: lookedAtAgain,
  },
  deliveryReports: {
    title: "Non-delivery reports in Exchange Online",
    url: `${docs}/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online`,
    lookedAt: lookedAtAgain,
  },
  applicationRbac: {
    title: "Role based access control for applications in Exchange Online",
    url: `${docs}/exchange/permissions-exo/application-rbac`,
    lookedAt,
  },
  ewsControl: {
    title: "How to control access to EWS in Exchange",
    url: `${docs}/exchange/client-developer/exchange-web-services/how-to-control-access-to-ews-in-exchange`,
    lookedAt: lookedAtAgain,
  },
  accessPolicies: {
    title: "Get-ApplicationAccessPolicy",
    url: `${docs}/powershell/module/exchange/get-applicationaccesspolicy`,
    lookedAt: lookedAtAgain,
  },
  entraTls: {
    title: "Enable support for TLS 1.2 in your environment",
    url: `${docs}/troubleshoot/entra/entra-id/ad-dmn-services/enable-support-tls-environment`,
    lookedAt,
  },
  tlsRegistry: {
    title: "TLS registry settings",
    url: `${docs}/windows-server/security/tls/tls-registry-settings`,
    lookedAt,
  },
  manageTls: {
    title: "Manage Transport Layer Security (TLS)",
    url: `${docs}/windows-server/security/tls/manage-tls`,
    lookedAt: lookedAtAgain,
  },
  dotnetUpdate: {
    title: "Support for TLS system default versions in .NET Framework 3.5",
    url: "https://support.microsoft.com/help/3154520",
    lookedAt: lookedAtAgain,
  },
  protocols: {
    title: "Protocols in TLS/SSL (Schannel SSP)",
    url: `${docs}/windows/win32/secauthn/protocols-in-tls-ssl--schannel-ssp-`,
    lookedAt: lookedAtAgain,
  },
  tlsHealth: {
    title: "Exchange HealthChecker: TLS configuration check",
    url: "https://microsoft.github.io/CSS-Exchange/Diagnostics/HealthChecker/TLSConfigurationCheck/",
    lookedAt,
  },
  msiexec: {
    title: "msiexec command reference",
    url: `${docs}/windows-server/administration/windows-commands/msiexec`,
    lookedAt,
  },
  msiErrors: {
    title: "MsiExec.exe and InstMsi.exe error messages",
    url: `${docs}/windows/win32/msi/error-codes`,
    lookedAt,
  },
  signInErrors: {
    title: "Microsoft Entra authentication and authorization error codes",
    url: `${docs}/entra/identity-platform/reference-error-codes`,
    lookedAt,
  },
} as const satisfies Readonly<Record<string, Source>>;

export type SourceName = keyof typeof sources;
