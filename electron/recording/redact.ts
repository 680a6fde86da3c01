import { clientSecretForm, encryptedForm, secretWords, webTokenForm } from "../contract/secret-signs.ts";
import type { Recording, RegistryKey, RegistryValue, TextFact } from "./recording.ts";
import { scrubXml } from "./scrub-xml.ts";

/** What stands where a secret was. */
export const redactionMark = "•••";

/** How a DPAPI blob begins, as base64 and as hexadecimal bytes. */
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
export const secretName = new RegExp(`encrypted|${secretWords}`, "i");
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

/** A name with a secret's word in it, to its end: `clientSecret`, `"smtp-password"`, `\"Client Secret\"`. */
const named = `(?:${secretWords}|(?<![\\w-])authorization)[\\w.-]{0,60}\\\\{0,4}(?:["']|&quot;|&#34;)?`;
/** What stands between a name and its value: `=`, `:`, `=>`, `%3D`. */
const joined = "\\s{0,9}(?:=>|:=|=(?!>)|:(?![/=])|%3[dDaA])";
/** What stands where a secret would and is none. */
const noSecret = "(?:true|false|null|[01])(?![^\\s,;}\\])<\"'&])";
const quote = "\\\\{0,4}[\"']|&quot;|&#34;|&apos;|&#39;";
const entity = "&(?:amp|quot|apos|lt|gt|#\\d{1,7}|#x[0-9a-fA-F]{1,6});";
/** A tag's attribute that gives a thing a secret's name: `key="smtpPassword"`. */
const keyed = `\\b(?:key|name)\\s{0,9}=\\s{0,9}["'][^"'<>]{0,60}?(?:${secretWords})[^"'<>]{0,60}["']`;

/**
 * What is scrubbed from texts, in this order: a pattern, and what takes its place. In doubt more is taken: an unquoted
 * value ends at a semicolon, a quotation mark, a tag or the end of its line. collect.ps1 carries the same list, so that
 * JavaScript and .NET must read each alike.
 */
export const scrubs: readonly (readonly [RegExp, string])[] = [
  // A bearer token first, so that its scheme can stay.
  [/(\b(?:bearer|basic|negotiate|ntlm)\s{1,9})(?!•)(?=[\w.~+/-]{8,}=*)[\w.~+/-]+=*/gi, `$1${redactionMark}`],
  [webTokenForm, redactionMark],
  [encryptedForm, redactionMark],
  [clientSecretForm, redactionMark],
  // <add key="smtpPassword" description="x" value="…" /> and the same with the two the other way round
  [
    new RegExp(`(${keyed}[^<>]{0,200}?\\b(?:value|connectionString)\\s{0,9}=\\s{0,9})(["'])(?:(?!\\2)[^<])*\\2`, "gi"),
    `$1$2${redactionMark}$2`,
  ],
  [
    new RegExp(`(\\bvalue\\s{0,9}=\\s{0,9})(["'])(?:(?!\\2)[^<>]){0,2000}\\2(?=[^<>]{0,200}?${keyed})`, "gi"),
    `$1$2${redactionMark}$2`,
  ],
  // <setting name="ClientSecret"><value>…</value></setting>, <password>…</password>
  [new RegExp(`(${keyed}[^<>]{0,200}>\\s{0,60}<value>)(?!•)[^<]+`, "gi"), `$1${redactionMark}`],
  [
    new RegExp(`(<[\\w.:-]{0,40}?(?:${secretWords})[\\w.:-]{0,40}(?:\\s[^<>]{0,200})?>)(?!\\s*(?:•|<))[^<]+`, "gi"),
    `$1${redactionMark}`,
  ],
  // clientSecret="…", "clientSecret": "…", Password=&quot;…&quot;, up to the end of the line where the end is missing
  [
    new RegExp(`(${named}${joined}\\s{0,9})(${quote})(?!${noSecret})(?:(?!\\2)[^\\r\\n])+(?:\\2|(?=[\\r\\n])|$)`, "gi"),
    `$1$2${redactionMark}$2`,
  ],
  // Password=…; in a connection string, clientSecret: …, client_secret%3D…
  [
    new RegExp(
      `(${named}${joined}(?!\\s{0,9}(?:${quote}|•|${noSecret}|(?:bearer|basic|negotiate|ntlm)\\s{1,9}•|$))\\s{0,9})(?:${entity}|[^;\\r\\n<"'&]|&)+`,
      "gi",
    ),
    `$1${redactionMark}`,
  ],
];

/** A text with its secrets replaced by {@link redactionMark}. */
export function scrubText(text: string): string {
  return scrubs.reduce((scrubbed, [pattern, replacement]) => scrubbed.replace(pattern, replacement), text);
}

/** A text of a recording without its secrets: XML by its structure, anything else by its forms. */
function redactText(text: TextFact): TextFact {
  if (text.state !== "present") return text;
  if (!/^\uFEFF?\s*</.test(text.text)) return { state: "present", text: scrubText(text.text) };
  const scrubbed = scrubXml(text.text, scrubText);
  return scrubbed === null
    ? { state: "unreadable", reason: "it is not well-formed XML, so that secrets in it cannot be told" }
    : { state: "present", text: scrubbed };
}

/** Every fact of a list, with what is told of the unreadable ones scrubbed: a reason may repeat anything. */
function redactReasons<Found extends { readonly state: string }>(facts: Record<string, Found>): Record<string, Found> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [
      name,
      "reason" in fact && typeof fact.reason === "string" ? { ...fact, reason: scrubText(fact.reason) } : fact,
    ]),
  );
}

/** A recording that holds no secret, encrypted or not: values, texts, events and reasons are cleaned. */
export function redactRecording(recording: Recording): Recording {
  const registry: Record<string, RegistryKey> = {};
  for (const [path, key] of Object.entries(recording.registry)) registry[path] = redactKey(path, key);
  const texts: Recording["texts"] = {};
  for (const [path, text] of Object.entries(recording.texts)) texts[path] = redactText(text);
  const { events } = recording;
  return {
    ...recording,
    registry: redactReasons(registry),
    services: redactReasons(recording.services),
    files: redactReasons(recording.files),
    accounts: redactReasons(recording.accounts),
    texts: redactReasons(texts),
    events: redactEvents(events),
  };
}

function redactEvents(events: Recording["events"]): Recording["events"] {
  if (events?.state === "present") {
    return { ...events, items: events.items.map((event) => ({ ...event, text: scrubText(event.text) })) };
  }
  return events?.state === "unreadable" ? { ...events, reason: scrubText(events.reason) } : events;
}
