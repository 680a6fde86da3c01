import { emptyGuid, plainGuid } from "../../electron/contract/guid.ts";
import { isOffice365 } from "../../electron/contract/mail-server.ts";
import type { State } from "../../electron/contract/state.ts";
import type { ScreenId } from "../store/screens.ts";

/** Where in the window the reason is mended for which Microsoft's cloud cannot be asked. */
export interface MendingPlace {
  readonly screen: ScreenId;
  /** What the button to it says. */
  readonly label: string;
  /** The field of the target that is missing or wrong, where it is one field. */
  readonly field: "applicationId" | "tenantId" | "serviceEmail" | null;
}

/** The place to go to; null when nothing that was entered is the reason, as on a recording. */
export function mendingPlace({
  server,
  target,
  found,
}: Pick<State, "server" | "target" | "found">): MendingPlace | null {
  if (!server.local || !isOffice365(target.mailServer)) return null;
  if (target.authentication !== "applicationContext")
    return { screen: "authentication", label: "Choose the authentication type", field: null };
  const wrong = (["applicationId", "tenantId"] as const).find((field) => {
    const plain = plainGuid(target[field]?.trim() || found[field] || "");
    return plain === null || plain === emptyGuid;
  });
  if (wrong !== undefined) {
    const name = wrong === "applicationId" ? "Application ID" : "Tenant ID";
    return { screen: "azureIds", label: `Enter the ${name}`, field: wrong };
  }
  // Without an address the mailbox is not asked; only one that is none stands in the way.
  if (!target.serviceEmail?.trim()) return null;
  return { screen: "serviceAccount", label: "Correct the e-mail address", field: "serviceEmail" };
}
