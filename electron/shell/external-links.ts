/** The hosts of the pages this product refers to. A link to any other host is not opened. */
const hosts: ReadonlySet<string> = new Set([
  "learn.microsoft.com",
  "support.microsoft.com",
  "techcommunity.microsoft.com",
  "devblogs.microsoft.com",
  "microsoft.github.io",
  "azurecloudai.blog",
  "entra.microsoft.com",
  "portal.azure.com",
  "admin.exchange.microsoft.com",
]);

/**
 * True for a link the person may follow in their own browser: https, a host of the list, its usual port, no name or
 * password in it.
 *
 * Serves rule 15 of https://www.electronjs.org/docs/latest/tutorial/security
 */
export function isExternalLink(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, username, password } = new URL(address);
  return protocol === "https:" && hosts.has(hostname) && port === "" && username === "" && password === "";
}
