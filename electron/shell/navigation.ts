import type { WebContents } from "electron";
import { isHelpAddress } from "./app-scheme.ts";
import { isExternalLink } from "./external-links.ts";

type Watched = Pick<WebContents, "on" | "setWindowOpenHandler">;

/** Where links lead that leave the page. */
export interface Elsewhere {
  /** Opens a page this product refers to in the person's browser. */
  readonly openInBrowser: (address: string) => void;
  /** Opens the user guide, at the place the address names. */
  readonly openHelp: (address: string) => void;
}

/** What a frame of the page may show: the user guide, and a report that the page itself hands over. */
function isOwnFrame(address: string): boolean {
  return address === "about:srcdoc" || isHelpAddress(address);
}

/**
 * Keeps a window on its own page: it cannot be led elsewhere, cannot open windows and cannot hold a web view. Links to
 * the pages this product refers to open in the person's browser, links to the user guide in its window.
 *
 * Serves rules 12 to 15 of https://www.electronjs.org/docs/latest/tutorial/security
 */
export function keepInPlace(contents: Watched, { openInBrowser, openHelp }: Elsewhere): void {
  contents.on("will-navigate", (event) => event.preventDefault());
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-frame-navigate", (event) => {
    if (event.isMainFrame !== false || !isOwnFrame(event.url)) event.preventDefault();
  });
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isExternalLink(url)) openInBrowser(url);
    else if (isHelpAddress(url)) openHelp(url);
    return { action: "deny" };
  });
}
