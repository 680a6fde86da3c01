import type { FindingId } from "../contract/checklist.ts";
import { daysBetween } from "../contract/date.ts";
import type { DateAhead, Nearness } from "../contract/date-ahead.ts";
import { ewsEndsOn } from "../contract/ews-retirement.ts";
import { isOffice365 } from "../contract/mail-server.ts";
import type { Target } from "../contract/target.ts";

/** From this many days before a date on, something should be done about it; the same as for `azure.secretExpiry`. */
export const soonDays = 30;
/** From this many days before a date on, little time is left. */
export const urgentDays = 7;

/**
 * By the end of this month SMTP AUTH with Basic authentication is off by default in the tenants that exist;
 * administrators can switch it on again.
 * Source: Exchange Team Blog, 2026-01-27, "Updated Exchange Online SMTP AUTH Basic Authentication Deprecation Timeline"
 */
export const smtpAuthOffBy = "2026-12-31";

/** Exchange Online's hosts that take mail by SMTP AUTH. Any other host is a relay, which is not known from here. */
const smtpAuthHosts: readonly string[] = ["smtp.office365.com", "smtp-legacy.office365.com"];

export interface DatesAhead {
  /** Sorted by day. */
  readonly dates: readonly DateAhead[];
  /** True when a client secret is wanted and the day it expires was not entered. */
  readonly secretNotEntered: boolean;
}

/** The dates ahead of what is wanted, as seen on a day (`YYYY-MM-DD`). They come from the target alone. */
export function datesAhead(target: Target, today: string): DatesAhead {
  const dates: DateAhead[] = [];
  const add = (id: string, title: string, day: string, finding: FindingId | null): void => {
    const daysLeft = daysBetween(today, day);
    dates.push({ id, title, day, daysLeft, nearness: nearnessOf(daysLeft), finding });
  };
  const usesEws = isOffice365(target.mailServer);
  const usesSecret = usesEws && target.authentication === "applicationContext";
  if (usesSecret && target.secretExpires !== undefined)
    add("secret", "Client secret expires", target.secretExpires, "azure.secretExpiry");
  if (usesEws) add("ews", "Exchange Web Services end in Exchange Online", ewsEndsOn, "exchange.ewsEnd");
  const host = target.mailHost?.trim().toLowerCase().replace(/\.$/, "") ?? "";
  if (target.mailServer === "smtp" && smtpAuthHosts.includes(host)) {
    add("smtpAuth", "SMTP AUTH with Basic authentication is off by default", smtpAuthOffBy, null);
  }
  for (const { finding, until } of target.accepted ?? []) {
    add(`accepted ${finding}`, `Accepted risk ends: ${finding}`, until, finding);
  }
  dates.sort((one, other) => one.daysLeft - other.daysLeft);
  return { dates, secretNotEntered: usesSecret && target.secretExpires === undefined };
}

function nearnessOf(daysLeft: number): Nearness {
  if (daysLeft < 0) return "past";
  if (daysLeft <= urgentDays) return "urgent";
  return daysLeft <= soonDays ? "soon" : "later";
}
