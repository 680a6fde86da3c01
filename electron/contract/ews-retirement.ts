/**
 * The retirement of Exchange Web Services in Exchange Online, as several press and community copies of Microsoft's
 * posts give it. MIM's Office 365 mail goes through them. Both `YYYY-MM-DD`.
 */

/** From this day Exchange Online blocks EWS, tenant by tenant, for applications that are not on the tenant's list. */
export const ewsBlockedFrom = "2026-10-01";
/** On this day EWS ends in Exchange Online, without exceptions. */
export const ewsEndsOn = "2027-04-01";
