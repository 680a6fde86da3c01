const backslash = 92;

/** An address without the backslashes at its end. One pass from the end, however many there are. */
export function withoutEndBackslashes(address: string): string {
  let end = address.length;
  while (end > 0 && address.charCodeAt(end - 1) === backslash) end -= 1;
  return address.slice(0, end);
}

/**
 * The form in which two spellings of a key, a path or a name are the same, as Windows compares them: without regard to
 * case or a trailing backslash.
 */
export function foldedAddress(address: string): string {
  return withoutEndBackslashes(address).toLowerCase();
}
