import { emptyGuid, guidFault, plainGuid } from "../../../electron/contract/guid.ts";
import { looksLikeSecret } from "../../../electron/contract/secret-signs.ts";

export type IdName = "applicationId" | "tenantId";

/** The two IDs as the installer and the Entra admin centre call them. */
export const idNames: Readonly<Record<IdName, string>> = { applicationId: "Application ID", tenantId: "Tenant ID" };

export const otherId: Readonly<Record<IdName, IdName>> = { applicationId: "tenantId", tenantId: "applicationId" };

/** What is to be said of an ID: grave when it cannot be right, else a hint while it is not whole yet. */
export interface IdFault {
  readonly text: string;
  readonly grave: boolean;
  /** True when the two IDs stand in each other's place. */
  readonly swapped?: boolean;
}

/** The beginning of a GUID, braces and blanks around allowed: what someone has who is still typing. */
const beginning =
  /^\s*\{?\s*(?:[0-9a-f]{0,8}|[0-9a-f]{8}-[0-9a-f]{0,4}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){1,2}[0-9a-f]{0,4}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{0,12})\s*\}?\s*$/i;

/**
 * What is wrong with an ID as it stands, or null. While it is being typed, what may still become a GUID is not called
 * wrong; what never can, is at once.
 */
export function idFault(given: {
  readonly name: IdName;
  readonly value: string;
  readonly otherValue: string;
  readonly onServer: string | null;
  readonly otherOnServer: string | null;
  readonly typing: boolean;
}): IdFault | null {
  const { name, value, typing } = given;
  if (value.trim() === "") return null;
  if (looksLikeSecret(value)) {
    return {
      text: "This looks like a client secret, not an ID. It is not kept. Type it only on the installer’s page.",
      grave: true,
    };
  }
  const plain = plainGuid(value);
  if (plain === null) {
    if (typing && beginning.test(value)) {
      const missing = emptyGuid.length - value.replace(/[\s{}]/g, "").length;
      return { text: `${missing} more ${missing === 1 ? "character" : "characters"}`, grave: false };
    }
    return { text: guidFault(value) ?? "This is not a GUID.", grave: true };
  }
  if (plain === emptyGuid) return { text: guidFault(value) ?? "This is a GUID of zeros only.", grave: true };
  const other = idNames[otherId[name]];
  const server = given.onServer === null ? null : plainGuid(given.onServer);
  const otherServer = given.otherOnServer === null ? null : plainGuid(given.otherOnServer);
  if (otherServer !== null && plain === otherServer && plain !== server) {
    return {
      text: `This is the server’s ${other}. The two IDs are swapped, here or on the server.`,
      grave: true,
      swapped: true,
    };
  }
  if (plain === plainGuid(given.otherValue)) {
    return { text: `This is the same as the ${other}. One of the two is in the wrong field.`, grave: true };
  }
  return null;
}
