const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The GUID that no application and no tenant has. */
export const emptyGuid = "00000000-0000-0000-0000-000000000000";

/**
 * A GUID in its plain form (lower case, no braces, no blanks around), or null when the text is not one.
 * Accepts what people paste: braces, upper case, blanks around.
 */
export function plainGuid(text: string): string | null {
  const trimmed = text.trim().toLowerCase();
  const bare = trimmed.startsWith("{") && trimmed.endsWith("}") ? trimmed.slice(1, -1).trim() : trimmed;
  return guid.test(bare) ? bare : null;
}

/** What is wrong with a GUID that was typed, in words; null when nothing is. Empty text is not judged. */
export function guidFault(text: string): string | null {
  if (text.trim() === "") return null;
  const plain = plainGuid(text);
  if (plain === null) {
    return "This is not a GUID. It has the form 1a2b3c4d-0000-0000-0000-000000000000.";
  }
  return plain === emptyGuid ? "A GUID of zeros only belongs to no application and no tenant." : null;
}
