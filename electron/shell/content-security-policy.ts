/**
 * The policy every answer of a host carries: nothing but the window's own files, and no script in the page itself.
 * Styles may stand in the page because Fluent UI writes them there while it runs; they cannot run code, and no image or
 * font can be loaded from elsewhere.
 *
 * Serves rule 7 of https://www.electronjs.org/docs/latest/tutorial/security
 * @param bridge where the page may connect to; null when it has the bridge already, through the preload
 */
export function contentSecurityPolicy(bridge: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src ${bridge ?? "'none'"}`,
    // The user guide lies beside the page and is shown in a frame of it; no other page may hold either.
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join("; ");
}

/** The headers of every answer: the policy, and that a browser takes the files for nothing but what they are. */
export function securityHeaders(bridge: string | null): Readonly<Record<string, string>> {
  return {
    "Content-Security-Policy": contentSecurityPolicy(bridge),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Cache-Control": "no-store",
  };
}
