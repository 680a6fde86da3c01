import { isUnknown, type UnknownFact } from "../recording/fact.ts";
import type { RegistryValue } from "../recording/recording.ts";
import { numberOf, type Seen } from "../recording/seen.ts";

const schannel = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";

/**
 * Where the order of cipher suites stands: Group Policy's wins over the local one; without either Windows has its own.
 * Source: https://learn.microsoft.com/en-us/windows-server/security/tls/manage-tls
 */
export const suiteOrderKeys = {
  policy: "HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002",
  local: "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002",
} as const;

/**
 * The parts of a suite that Windows can be told not to use: `Enabled` 0 under one of these keys.
 * Source: https://learn.microsoft.com/en-us/windows-server/security/tls/tls-registry-settings
 */
const parts = {
  AES_128: `${schannel}\\Ciphers\\AES 128/128`,
  AES_256: `${schannel}\\Ciphers\\AES 256/256`,
  SHA: `${schannel}\\Hashes\\SHA`,
  SHA256: `${schannel}\\Hashes\\SHA256`,
  SHA384: `${schannel}\\Hashes\\SHA384`,
  ECDH: `${schannel}\\KeyExchangeAlgorithms\\ECDH`,
} as const;
type Part = keyof typeof parts;

/** Every key that says something of cipher suites. */
export const cipherKeys: readonly string[] = [...Object.values(suiteOrderKeys), ...Object.values(parts)];

/**
 * The TLS 1.2 suites that Microsoft's hosts take from a client of Windows, without the curve older Windows adds to the name.
 * Source: https://learn.microsoft.com/en-us/purview/technical-reference-details-about-encryption
 */
const usable: readonly { readonly name: string; readonly needs: readonly Part[] }[] = [
  { name: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", needs: ["AES_256", "SHA384", "ECDH"] },
  { name: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", needs: ["AES_128", "SHA256", "ECDH"] },
  { name: "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", needs: ["AES_256", "SHA384", "ECDH"] },
  { name: "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", needs: ["AES_128", "SHA256", "ECDH"] },
  { name: "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", needs: ["AES_256", "SHA", "ECDH"] },
  { name: "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", needs: ["AES_128", "SHA", "ECDH"] },
];

/** What is left for a connection to Microsoft's hosts by TLS 1.2. */
export type CipherSuites =
  | { readonly state: "notRecorded" }
  | { readonly state: "unreadable"; readonly fact: UnknownFact }
  | {
      readonly state: "known";
      /** The suites that both sides have; empty when no connection can come about. */
      readonly left: readonly string[];
      /** Which list holds, in words. */
      readonly order: string;
      /** The keys by which something is turned off. */
      readonly turnedOff: readonly string[];
    };

/** Which cipher suites are left, from the order of suites and from what is turned off. */
export function cipherSuites(seen: Seen): CipherSuites {
  const lists = [suiteOrderKeys.policy, suiteOrderKeys.local].map((key) => seen.value(key, "Functions"));
  const switches = (Object.keys(parts) as Part[]).map((part) => ({ part, fact: seen.value(parts[part], "Enabled") }));
  const facts = [...lists, ...switches.map(({ fact }) => fact)];
  if (facts.every(({ state }) => state === "notRecorded")) return { state: "notRecorded" };
  const off = switches.filter(({ fact }) => fact.state === "present" && isZero(fact.value)).map(({ part }) => part);
  const [policy, local] = lists;
  const active = policy?.state === "present" ? policy : local?.state === "present" ? local : null;
  const named = active?.state === "present" ? suitesIn(active.value) : null;
  const left = usable
    .filter(({ name, needs }) => (named === null || named.has(name)) && !needs.some((part) => off.includes(part)))
    .map(({ name }) => name);
  // What is off by what was read stays off, whatever stands where nobody could look.
  const unread = facts.find((fact) => fact.state === "unreadable");
  if (left.length > 0 && unread !== undefined && isUnknown(unread)) return { state: "unreadable", fact: unread };
  const order =
    active === null ? "Windows' own order" : active === policy ? "the order of a policy" : "the local order";
  return { state: "known", left, order, turnedOff: off.map((part) => parts[part]) };
}

function isZero(value: RegistryValue): boolean {
  return "data" in value && value.type === "REG_DWORD" && numberOf(value) === 0;
}

/** The names in a list of suites, a text with commas or several texts; null for a value that names none. */
function suitesIn(value: RegistryValue): ReadonlySet<string> | null {
  if (!("data" in value) || typeof value.data === "number") return null;
  const texts = typeof value.data === "string" ? [value.data] : value.data;
  const names = texts
    .flatMap((text) => text.split(","))
    .map((name) =>
      name
        .trim()
        .toUpperCase()
        .replace(/_P\d{3}$/, ""),
    )
    .filter((name) => name !== "");
  return names.length === 0 ? null : new Set(names);
}
