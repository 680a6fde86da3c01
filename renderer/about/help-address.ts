import type { ScreenId } from "../store/screens.ts";

/**
 * Where the user guide lies: beside the window's page, at the section of a screen. The preview host answers pages only
 * with the token the window was opened with.
 */
export function helpAddress(page: Pick<Location, "search">, screen: ScreenId): string {
  return `./help.html${page.search}#${screen === "smtpPlan" ? "from-ews-to-smtp" : screen}`;
}
