/** A service account taken apart: `CONTOSO\svcMIM` or `svcMIM@contoso.com` into name and domain. */
export function accountParts(account: string): { readonly name: string; readonly domain: string } {
  const text = account.trim();
  const slash = text.indexOf("\\");
  if (slash >= 0) return { name: text.slice(slash + 1), domain: text.slice(0, slash) };
  const at = text.indexOf("@");
  if (at >= 0) return { name: text.slice(0, at), domain: text.slice(at + 1) };
  return { name: text, domain: "" };
}

/** True for the name of a group Managed Service Account: it ends in `$`. */
export function isGroupManaged(account: string): boolean {
  return account.trim().endsWith("$");
}
