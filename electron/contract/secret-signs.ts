/**
 * What a secret looks like: the one place that knows. It stands on the ground floor because the window asks it too,
 * before anything that was typed goes anywhere. Every pattern is linear: each quantifier is bounded, or what follows it
 * cannot match what it takes.
 */

/** Words in a name that speak of a secret, as a pattern. A public key token is none, and .NET's texts are full of them. */
export const secretWords =
  "secret|passw|pwd|passphrase|(?<!public[ _-]?key[ _-]?)token|credential|(?:api|app|client|private|account|access|shared|storage|machine|encryption|decryption|validation|primary|secondary|master)[ _-]?key";

const secretWord = new RegExp(secretWords, "i");

/** Names that speak of a secret and hold none: PASSWORD_RESET_URL, PASSWORDS_MATCH, TokenLifetime, secretExpires. */
export const openName =
  /(?:url|uri|path|folder|port|valid|match(?:es)?|length|expires|expiry|lifetime|count|state|enabled)$/i;

/** True for the name of a property, value, element or attribute that holds a secret. */
export function namesSecret(name: string): boolean {
  return secretWord.test(name) && !openName.test(name);
}

/** Entra's client secrets: forty characters with `Q~` at the fifth. Source: gitleaks' rule azure-ad-client-secret. */
export const clientSecretForm = /[\w.~-]{3}\dQ~[\w.~-]{31,34}/g;
/** A JSON web token. It begins no run of its characters twice, so that a long line costs no more than its length. */
export const webTokenForm = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*/g;
/**
 * Base64 of a DPAPI blob: version 1, then the provider's GUID df9d8cd0-1501-11d1-8c7a-00c04fc297eb. Source: the
 * structure of CryptProtectData's output.
 */
export const encryptedForm = /AQAAANCMnd8BFdERjHoAwE\/Cl\+s[\w+/=]*/g;

/** Long base64 of a key or a password: capitals, small letters and digits mixed, which no host, address or GUID is. */
const longBase64 = /^(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=\D*\d)[A-Za-z0-9+/_-]{32,}={0,2}$/;
/** Any text with a tilde that is as long as Entra's secrets: theirs have had other forms before. */
const withTilde = /^(?=[^~]*~)[\w.~-]{32,48}$/;

/**
 * True when a whole text has the form of a secret: Entra's client secret, a token, an encrypted value, long base64. In a
 * field for anything else it was pasted by mistake.
 */
export function looksLikeSecret(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length < 20 || trimmed.length > 20_000) return false;
  const forms = [clientSecretForm, webTokenForm, encryptedForm].map(({ source }) => new RegExp(source));
  return [...forms, longBase64, withTilde].some((form) => form.test(trimmed));
}
