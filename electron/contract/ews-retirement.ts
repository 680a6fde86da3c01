import { allowedAuthentications, authenticationCaptions, type MailServer, mailServerCaptions } from "./mail-server.ts";
import type { Target } from "./target.ts";

/**
 * The retirement of Exchange Web Services in Exchange Online, as several press and community copies of Microsoft's
 * posts give it. MIM's Office 365 mail goes through them. Both `YYYY-MM-DD`.
 */

/** From this day Exchange Online blocks EWS, tenant by tenant, for applications that are not on the tenant's list. */
export const ewsBlockedFrom = "2026-10-01";
/** On this day EWS ends in Exchange Online, without exceptions. */
export const ewsEndsOn = "2027-04-01";

/** What can be decided about the end of Exchange Web Services, in words. */
export const ewsDecisionWords = {
  untilTheEnd: "Go on with Office 365 until then",
  smtp: "Plan SMTP now",
} as const satisfies Readonly<Record<NonNullable<Target["ewsDecision"]>, string>>;

/** A way for MIM's mail once Exchange Web Services have ended, as the installer calls it. */
export interface WayLeft {
  readonly name: string;
  /** What it needs. */
  readonly needs: string;
  /** What is no longer there with it. */
  readonly loses: string;
}

const needed: readonly (Omit<WayLeft, "name"> & { readonly mailServer: MailServer })[] = [
  {
    mailServer: "smtp",
    needs: "A relay that takes MIM’s mail, and a regular service account",
    loses: "Approvals from Outlook, and a group Managed Service Account",
  },
  {
    mailServer: "exchange",
    needs: "A mailbox on an Exchange Server of your own",
    loses: "The mailbox in Exchange Online",
  },
  { mailServer: "none", needs: "Nothing", loses: "All of MIM’s mail, approvals by mail included" },
];

/**
 * The ways left, in the order of what they lose.
 * Source: https://learn.microsoft.com/en-us/microsoft-identity-manager/install-mim-service-portal-azure-ad-premium
 */
export const waysLeft: readonly WayLeft[] = needed.map(({ mailServer, needs, loses }) => {
  const [authentication] = mailServer === "none" ? [] : allowedAuthentications[mailServer];
  return {
    name: mailServerCaptions[mailServer],
    needs: authentication === undefined ? needs : `${needs}, with ${authenticationCaptions[authentication]}`,
    loses,
  };
});
