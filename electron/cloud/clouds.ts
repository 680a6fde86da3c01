import type { MailServer } from "../contract/mail-server.ts";

/** Microsoft's clouds that hold Exchange Online mailboxes of organisations. */
export type CloudName = "global" | "china" | "governmentHigh" | "governmentDod";

/** Where one cloud signs applications in and answers Exchange Web Services. */
export interface Cloud {
  /** As a person calls it. */
  readonly title: string;
  /** The sign-in address without the tenant, no slash at its end. */
  readonly authority: string;
  /** The address of Exchange Web Services. */
  readonly ews: string;
  /** What the token is asked for: all that the application was granted in Exchange Online. */
  readonly scope: string;
  /** Where the hosts stand, looked at on 2026-11-23. */
  readonly sources: readonly string[];
}

const learn = "https://learn.microsoft.com/en-us";
/** The sign-in hosts of all clouds. */
const authorities = `${learn}/entra/identity-platform/authentication-national-cloud`;

function cloud(title: string, authority: string, host: string, source: string): Cloud {
  return {
    title,
    authority: `https://${authority}`,
    ews: `https://${host}/EWS/Exchange.asmx`,
    // For the global cloud the scope is Microsoft's own text. For the others no page was found that spells it out:
    // it is the same rule, the host of Exchange Online with /.default behind it.
    scope: `https://${host}/.default`,
    sources: [authorities, source],
  };
}

/** The hosts of every cloud, as data. */
export const clouds: Readonly<Record<CloudName, Cloud>> = {
  global: cloud(
    "Office 365",
    "login.microsoftonline.com",
    "outlook.office365.com",
    `${learn}/exchange/client-developer/exchange-web-services/how-to-authenticate-an-ews-application-by-using-oauth`,
  ),
  china: cloud(
    "Office 365 operated by 21Vianet",
    "login.partner.microsoftonline.cn",
    "partner.outlook.cn",
    `${learn}/microsoft-365/enterprise/urls-and-ip-address-ranges-21vianet`,
  ),
  governmentHigh: cloud(
    "Office 365 Government GCC High",
    "login.microsoftonline.us",
    "outlook.office365.us",
    `${learn}/microsoft-365/enterprise/microsoft-365-u-s-government-gcc-high-endpoints`,
  ),
  governmentDod: cloud(
    "Office 365 Government DoD",
    "login.microsoftonline.us",
    "outlook-dod.office365.us",
    `${learn}/microsoft-365/enterprise/microsoft-365-u-s-government-dod-endpoints`,
  ),
};

/**
 * The cloud behind an entry of the wizard; null when it is none. The wizard has one entry for GCC High and DoD, so
 * DoD has to be asked for.
 */
export function cloudOf(mailServer: MailServer, { dod }: { readonly dod: boolean }): CloudName | null {
  switch (mailServer) {
    case "office365":
      return "global";
    case "office365China":
      return "china";
    case "office365Government":
      return dod ? "governmentDod" : "governmentHigh";
    default:
      return null;
  }
}
