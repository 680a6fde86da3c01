import { plainGuid } from "../../electron/contract/guid.ts";

/** Longer than any client secret; something else was pasted then. */
const lengthLimit = 1000;

/**
 * Why a text cannot be the Value of a client secret, or null. Said in the window, before anything is sent; what the text
 * is, is in no answer. No text at all is not judged.
 */
export function secretFault(typed: string): string | null {
  const text = typed.trim();
  if (text === "") return null;
  if (plainGuid(text) !== null) {
    return "This is the Secret ID, not the secret. In Certificates & secrets, copy what stands under Value.";
  }
  if (/\s/.test(text)) return "A client secret holds no blanks and is one line. Paste the Value alone.";
  if (text.length > lengthLimit || /\p{Cc}/u.test(text)) {
    return "This is too long or holds signs that no client secret has. Paste the Value alone.";
  }
  return null;
}
