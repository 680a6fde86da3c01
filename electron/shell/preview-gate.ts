import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Decides what the preview host answers. The page and the bridge need the token; built files are the same for everyone. */
export interface PreviewGate {
  /** Null when the request may be answered, else why not. */
  readonly refusesPage: (request: IncomingMessage) => string | null;
  readonly refusesFile: (request: IncomingMessage) => string | null;
  readonly refusesBridge: (request: IncomingMessage) => string | null;
}

/** Compares in constant time; a text of another length is never equal. */
export function isSameToken(given: string, token: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(token)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The path a request asks for and the token it brings; both empty for an address that is none. */
export function askedFor(request: IncomingMessage): { readonly path: string; readonly token: string } {
  const base = "http://127.0.0.1";
  const address = URL.canParse(request.url ?? "/", base) ? new URL(request.url ?? "/", base) : null;
  return { path: address?.pathname ?? "", token: address?.searchParams.get("token") ?? "" };
}

/**
 * The gate of a host at `127.0.0.1:<port>`. The Host check keeps out names that were made to point here (DNS rebinding),
 * the Origin check keeps out other pages of the same browser. There is no cookie: a browser would send it to every
 * port of this address.
 */
export function createPreviewGate(port: number, token: string): PreviewGate {
  const host = `127.0.0.1:${port}`;

  const refusesFile = (request: IncomingMessage): string | null => {
    if (request.headers.host !== host) return `Open this page as http://${host}.`;
    const origin = request.headers.origin;
    return origin === undefined || origin === `http://${host}` ? null : "Other pages may not ask here.";
  };

  const refusesPage = (request: IncomingMessage): string | null =>
    refusesFile(request) ??
    (isSameToken(askedFor(request).token, token) ? null : "Open the whole address that was printed, with its token.");

  const refusesBridge = (request: IncomingMessage): string | null => {
    // A browser always names the page's origin when it opens a WebSocket; whoever does not is no browser of ours.
    if (request.headers.origin === undefined) return "The page's origin is missing.";
    return refusesPage(request);
  };

  return { refusesPage, refusesFile, refusesBridge };
}
