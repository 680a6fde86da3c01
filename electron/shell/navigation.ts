import type { WebContents } from "electron";
import { isExternalLink } from "./external-links.ts";

type Watched = Pick<WebContents, "on" | "setWindowOpenHandler">;

/**
 * Keeps the window on its own page: it cannot be led elsewhere, cannot open windows and cannot hold a web view. Links to
 * the pages this product refers to open in the person's browser.
 *
 * Serves rules 12 to 15 of https://www.electronjs.org/docs/latest/tutorial/security
 */
export function keepInPlace(contents: Watched, openInBrowser: (address: string) => void): void {
  contents.on("will-navigate", (event) => event.preventDefault());
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-frame-navigate", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isExternalLink(url)) openInBrowser(url);
    return { action: "deny" };
  });
}
