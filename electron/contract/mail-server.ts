import * as z from "zod";

/** The mail servers of the wizard's page "Configure mail server connection", in its order. */
export const mailServers = ["exchange", "office365", "office365China", "office365Government", "smtp", "none"] as const;
export const mailServerSchema = z.enum(mailServers);
export type MailServer = z.infer<typeof mailServerSchema>;

export const authentications = ["applicationContext", "basic", "integrated"] as const;
export const authenticationSchema = z.enum(authentications);
export type Authentication = z.infer<typeof authenticationSchema>;

/**
 * The captions of the wizard, to the letter.
 * Source: https://learn.microsoft.com/en-us/microsoft-identity-manager/install-mim-service-portal-azure-ad-premium
 */
export const mailServerCaptions: Readonly<Record<MailServer, string>> = {
  exchange: "Exchange Server 2013 or later",
  office365: "Office 365",
  office365China: "Office 365 operated by 21Vianet",
  office365Government: "Office 365 Government GCC High and DoD",
  smtp: "SMTP",
  none: "None",
};

/** The captions of the wizard, to the letter; source as for {@link mailServerCaptions}. */
export const authenticationCaptions: Readonly<Record<Authentication, string>> = {
  applicationContext: "Application Context Authentication",
  basic: "Basic Authentication",
  integrated: "Integrated Windows Authentication",
};

/**
 * The pairs the wizard accepts; any other gives its message "Invalid Mail Authentication".
 * For `none` no authentication is asked for. Source as for {@link mailServerCaptions}.
 */
export const allowedAuthentications: Readonly<Record<MailServer, readonly Authentication[]>> = {
  exchange: ["integrated"],
  office365: ["applicationContext", "basic"],
  office365China: ["applicationContext", "basic"],
  office365Government: ["applicationContext", "basic"],
  smtp: ["integrated"],
  none: authentications,
};

/** True for the three Office 365 entries of the wizard: those send through Exchange Web Services in Microsoft's cloud. */
export function isOffice365(mailServer: MailServer): boolean {
  return mailServer === "office365" || mailServer === "office365China" || mailServer === "office365Government";
}

/** Every pair the wizard accepts, as a sentence part: "SMTP with Integrated Windows Authentication". */
export function allowedPairs(mailServer: MailServer): string[] {
  if (mailServer === "none") return [mailServerCaptions.none];
  return allowedAuthentications[mailServer].map(
    (authentication) => `${mailServerCaptions[mailServer]} with ${authenticationCaptions[authentication]}`,
  );
}
