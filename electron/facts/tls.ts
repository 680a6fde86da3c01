import { type Fact, isUnknown, knownValue } from "../recording/fact.ts";
import { numberOf, type Seen, shownValue } from "../recording/seen.ts";
import { windowsCaption, windowsGeneration } from "./windows.ts";

export type TlsVersion = "1.0" | "1.1" | "1.2";
export type TlsSide = "Client" | "Server";

export const tlsVersions: readonly TlsVersion[] = ["1.0", "1.1", "1.2"];
export const tlsSides: readonly TlsSide[] = ["Client", "Server"];

/**
 * The key of one protocol and side.
 * Source: https://learn.microsoft.com/en-us/windows-server/security/tls/tls-registry-settings
 */
export function protocolKey(version: TlsVersion, side: TlsSide): string {
  const protocols = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols";
  return `${protocols}\\TLS ${version}\\${side}`;
}

export const protocolKeys: readonly string[] = tlsVersions.flatMap((version) =>
  tlsSides.map((side) => protocolKey(version, side)),
);

export type NetVersion = "v4" | "v2";
export type Bitness = "64" | "32";

/**
 * The key of a .NET Framework's values for programs of one bitness.
 * Source: https://learn.microsoft.com/en-us/troubleshoot/entra/entra-id/ad-dmn-services/enable-support-tls-environment
 */
export function netFrameworkKey(version: NetVersion, bitness: Bitness): string {
  const view = bitness === "64" ? "" : "WOW6432Node\\";
  return `HKLM\\SOFTWARE\\${view}Microsoft\\.NETFramework\\${version === "v4" ? "v4.0.30319" : "v2.0.50727"}`;
}

export const netFrameworkKeys: readonly string[] = (["v4", "v2"] as const).flatMap((version) =>
  (["64", "32"] as const).map((bitness) => netFrameworkKey(version, bitness)),
);

/** What Windows makes of a protocol's two values. `odd`: values that contradict each other, or that Windows does not define. */
export type ProtocolEffect = "on" | "off" | "odd" | "unknown";

/** One protocol on one side, as found. */
export interface ProtocolState {
  readonly effect: ProtocolEffect;
  /** True when both values are there and say it. */
  readonly explicit: boolean;
  /** Why the effect is what it is, in words. */
  readonly why: string;
  readonly enabled: Fact<string>;
  readonly disabledByDefault: Fact<string>;
  /** The fact that could not be read, when there is one. */
  readonly notKnown: Fact<unknown> | null;
}

type Switch = "on" | "off" | "notSet" | "odd";

// 0xffffffff is what some tools write for "enabled"; Windows takes any value but 0 as true.
function switchOf(seen: Seen, key: string, name: string): Switch | null {
  const value = seen.value(key, name);
  if (isUnknown(value)) return null;
  if (value.state === "absent") return "notSet";
  if (!("data" in value.value) || value.value.type !== "REG_DWORD") return "odd";
  const number = numberOf(value.value);
  return number === 0 ? "off" : number === 1 || number === 0xffff_ffff ? "on" : "odd";
}

function defaultOf(seen: Seen, version: TlsVersion): boolean | null {
  const caption = knownValue(windowsCaption(seen));
  const generation = caption === null ? null : windowsGeneration(caption);
  if (generation === null) return null;
  if (version === "1.2") return generation !== "2012" && generation !== "2008";
  return generation !== "2025";
}

/** What the registry and Windows' defaults make of one protocol on one side. */
export function protocolState(seen: Seen, version: TlsVersion, side: TlsSide): ProtocolState {
  const key = protocolKey(version, side);
  const shown = (name: string): Fact<string> => {
    const fact = seen.value(key, name);
    return fact.state === "present" ? { ...fact, value: shownValue(fact.value) } : fact;
  };
  const enabled = switchOf(seen, key, "Enabled");
  const disabled = switchOf(seen, key, "DisabledByDefault");
  const state = (effect: ProtocolEffect, explicit: boolean, why: string, notKnown: Fact<unknown> | null = null) => ({
    effect,
    explicit,
    why,
    enabled: shown("Enabled"),
    disabledByDefault: shown("DisabledByDefault"),
    notKnown,
  });
  if (enabled === null || disabled === null) return state("unknown", false, "could not be read", seen.key(key));
  if (enabled === "odd" || disabled === "odd") return state("odd", false, "a value Windows does not define");
  if ((enabled === "on" && disabled === "on") || (enabled === "off" && disabled === "off")) {
    return state("odd", false, "Half Disabled: the two values contradict each other");
  }
  const explicit = enabled !== "notSet" && disabled !== "notSet";
  if (enabled === "on" || disabled === "off") return state("on", explicit, "set on");
  if (enabled === "off" || disabled === "on") return state("off", explicit, "set off");
  const byDefault = defaultOf(seen, version);
  if (byDefault === null) {
    return state("unknown", false, "not set, and Windows' default is not known", windowsCaption(seen));
  }
  return state(byDefault ? "on" : "off", false, byDefault ? "on by default" : "off by default");
}

/** The two .NET values of one version and bitness. */
export interface NetState {
  readonly strongCrypto: Fact<string>;
  readonly systemDefault: Fact<string>;
  /** True when both are 1, null when the key could not be read. */
  readonly set: boolean | null;
  readonly notKnown: Fact<unknown> | null;
}

export function netState(seen: Seen, version: NetVersion, bitness: Bitness): NetState {
  const key = netFrameworkKey(version, bitness);
  const values = ["SchUseStrongCrypto", "SystemDefaultTlsVersions"].map((name) => seen.value(key, name));
  const shown = values.map((fact) =>
    fact.state === "present" ? { ...fact, value: shownValue(fact.value) } : fact,
  ) as Fact<string>[];
  const notKnown = values.find(isUnknown) ?? null;
  const isOne = (fact: (typeof values)[number]): boolean =>
    fact.state === "present" && fact.value.type === "REG_DWORD" && numberOf(fact.value) === 1;
  return {
    strongCrypto: shown[0] as Fact<string>,
    systemDefault: shown[1] as Fact<string>,
    set: notKnown === null ? values.every(isOne) : null,
    notKnown,
  };
}
