import type { Recording, RegistryKey, RegistryValue } from "./recording.ts";

/** What stands where a secret was. */
export const redactionMark = "•••";

/**
 * How the base64 of every DPAPI blob begins: version 1, then the provider's GUID
 * df9d8cd0-1501-11d1-8c7a-00c04fc297eb. Source: the structure of CryptProtectData's output.
 */
export const encryptedBase64 = "AQAAANCMnd8BFdERjHoAwE/Cl+s";
export const encryptedBytes = "01000000d08c9ddf0115d1118c7a00c04fc297eb";

/** The MIM Service's values that are no secret although they stand beside secrets. */
export const openNames = new Set([
  "exchangeonlineapplicationid",
  "exchangeonlinetenantid",
  "location",
  "(default)",
  "",
]);
export const secretName = /encrypted|secret|passw|pwd|token|credential/i;
export const userServiceKey = /^(HKU|HKEY_USERS)\\[^\\]+\\.*\\2010\\Service$/i;

/** True when the data begins like a DPAPI blob, as base64 text or as hexadecimal bytes. */
export function looksEncrypted(data: string): boolean {
  return data.trim().startsWith(encryptedBase64) || data.toLowerCase().startsWith(encryptedBytes);
}

function redactValue(value: RegistryValue): RegistryValue {
  if (!("data" in value) || typeof value.data === "number" || value.data.length === 0) return value;
  const data = typeof value.data === "string" ? value.data : "";
  return { type: value.type, redacted: true, looksEncrypted: looksEncrypted(data) };
}

/**
 * A registry key without its secrets: values with a secret's name, and everything the MIM Service keeps under a
 * user's hive but the open IDs (the access token's name is not known, so none is trusted). Empty values stay: they
 * hold nothing, and that is a fact worth keeping.
 */
export function redactKey(path: string, key: RegistryKey): RegistryKey {
  if (key.state !== "present") return key;
  const hidesAll = userServiceKey.test(path);
  const values: Record<string, RegistryValue> = {};
  for (const [name, value] of Object.entries(key.values)) {
    const hidden = !openNames.has(name.toLowerCase()) && (hidesAll || secretName.test(name));
    values[name] = hidden ? redactValue(value) : value;
  }
  return { state: "present", values };
}

/** What is scrubbed from texts, in this order: a pattern, and what takes its place. */
export const scrubs: readonly (readonly [RegExp, string])[] = [
  // <add key="smtpPassword" value="…" /> and the same with the two attributes the other way round
  [
    /(\b(?:key|name)\s*=\s*(["'])[^"'<>]*(?:secret|passw|pwd|token|credential)[^"'<>]*\2\s+value\s*=\s*)(["'])(?:(?!\3)[^<])*\3/gi,
    `$1$3${redactionMark}$3`,
  ],
  [
    /(\bvalue\s*=\s*)(["'])(?:(?!\2)[^<])*\2(\s+(?:key|name)\s*=\s*(["'])[^"'<>]*(?:secret|passw|pwd|token|credential)[^"'<>]*\4)/gi,
    `$1$2${redactionMark}$2$3`,
  ],
  // clientSecret="…", password='…'
  [/(\b[\w.-]*(?:secret|password|passwd|pwd)\s*=\s*)(["'])(?:(?!\2)[^<])*\2/gi, `$1$2${redactionMark}$2`],
  // Password=…; in a connection string
  [/(\b(?:password|pwd|client[ _]?secret)\s*=\s*)(?!["'•])[^;"'<>\s]+/gi, `$1${redactionMark}`],
  // a bearer token, and any other JSON web token
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, redactionMark],
  [/(\bbearer\s+)(?!•)[\w.~+/-]{16,}=*/gi, `$1${redactionMark}`],
  // base64 of a DPAPI blob
  [/AQAAANCMnd8BFdERjHoAwE\/Cl\+s[\w+/=]*/g, redactionMark],
];

/** A text with its secrets replaced by {@link redactionMark}. */
export function scrubText(text: string): string {
  return scrubs.reduce((scrubbed, [pattern, replacement]) => scrubbed.replace(pattern, replacement), text);
}

/** A recording that holds no secret, encrypted or not: registry values, texts and event texts are cleaned. */
export function redactRecording(recording: Recording): Recording {
  const registry: Record<string, RegistryKey> = {};
  for (const [path, key] of Object.entries(recording.registry)) registry[path] = redactKey(path, key);
  const texts: Recording["texts"] = {};
  for (const [path, text] of Object.entries(recording.texts)) {
    texts[path] = text.state === "present" ? { state: "present", text: scrubText(text.text) } : text;
  }
  const events = recording.events;
  return {
    ...recording,
    registry,
    texts,
    events:
      events?.state === "present"
        ? { ...events, items: events.items.map((event) => ({ ...event, text: scrubText(event.text) })) }
        : events,
  };
}
