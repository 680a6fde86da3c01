/** One part of a name: letters, digits, hyphens and underscores, no hyphen at its ends. Sources: RFC 1123, 2.1; NetBIOS. */
const label = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
const nameForm = new RegExp(`^${label}(?:\\.${label})*$`);

/** The longest name the domain name system knows, in characters. Source: RFC 1035, 2.3.4 */
const nameLimit = 253;

/**
 * What stands behind two backslashes, where `given` names a computer and no file on one: `\\MIM02`, but not
 * `\\MIM02\share\recording.json`. Null for anything else.
 */
export function behindBackslashes(given: string): string | null {
  return /^\\\\([^\\/]*)$/.exec(given)?.[1] ?? null;
}

/**
 * True for a computer's name as NetBIOS or the domain name system writes it. An address is none: Kerberos knows names
 * alone, and without it Windows would ask for a password.
 */
export function isComputerName(name: string): boolean {
  return name.length <= nameLimit && nameForm.test(name) && !/(?:^|\.)[0-9]+$/.test(name);
}
