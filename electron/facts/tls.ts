import type { FindingId } from "../contract/checklist.ts";
import { type Fact, isUnknown, knownValue } from "../recording/fact.ts";
import { numberOf, type Seen, shownValue } from "../recording/seen.ts";
import { compareVersions } from "./build.ts";
import {
  type Bitness,
  type NetVersion,
  protocolKey,
  protocolRows,
  registryValues,
  type TlsSide,
  type TlsVersion,
} from "./registry-values.ts";
import { windowsBuild, windowsCaption, windowsGeneration } from "./windows.ts";

/**
 * What Windows makes of a protocol's two values. `half`: on, yet off by default, so that only a program that asks for it by
 * name gets it; or off and yet called on by default. `odd`: values that Windows does not define.
 */
export type ProtocolEffect = "on" | "off" | "half" | "odd" | "unknown";

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

// Any number but 0 is true to Windows, and 0xffffffff is what some tools write; for DisabledByDefault only 0 and 1 are told.
function switchOf(seen: Seen, key: string, name: "Enabled" | "DisabledByDefault"): Switch | null {
  const value = seen.value(key, name);
  if (isUnknown(value)) return null;
  if (value.state === "absent") return "notSet";
  if (!("data" in value.value) || value.value.type !== "REG_DWORD") return "odd";
  const number = numberOf(value.value);
  if (number === 0) return "off";
  return name === "Enabled" || isOne(number) ? "on" : "odd";
}

function isOne(number: number | null): boolean {
  return number === 1 || number === 0xffff_ffff;
}

/**
 * What Windows does with a protocol that nothing is set for; null when the Windows is not known.
 * Source: the table of https://learn.microsoft.com/en-us/windows/win32/secauthn/protocols-in-tls-ssl--schannel-ssp-
 */
function defaultOf(seen: Seen, version: TlsVersion): boolean | null {
  if (version === "1.3") return existsHere(seen, version);
  const caption = knownValue(windowsCaption(seen));
  const generation = caption === null ? null : windowsGeneration(caption);
  if (generation === null) return null;
  if (version === "1.2") return generation !== "2012" && generation !== "2008";
  if (version === "1.1" && generation === "2008") return false;
  return generation !== "2025";
}

/** Whether this Windows has a protocol at all; null when its build is not known. */
export function existsHere(seen: Seen, version: TlsVersion): boolean | null {
  const from = protocolRows.find((row) => row.version === version)?.fromBuild ?? null;
  if (from === null) return true;
  const build = windowsBuild(seen);
  return build === null ? null : compareVersions(build, from) >= 0;
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
  if (enabled === disabled && enabled !== "notSet") {
    return state("half", false, "Half Disabled: the two values contradict each other");
  }
  const byDefault = defaultOf(seen, version);
  // A client takes what is off by default only when DisabledByDefault says otherwise.
  if (enabled === "on" && disabled === "notSet" && side === "Client" && byDefault === false) {
    return state("half", false, "set on, but this Windows has it off by default and DisabledByDefault 0 is missing");
  }
  const number = knownValue(seen.value(key, "Enabled"));
  const usual = enabled === "off" || isOne(number === null ? null : numberOf(number));
  const explicit = enabled !== "notSet" && disabled !== "notSet" && usual;
  if (enabled === "on" || disabled === "off") return state("on", explicit, "set on");
  if (enabled === "off") return state("off", explicit, "set off");
  if (disabled === "on") return state("off", false, "off by default, on for a program that asks for it by name");
  if (byDefault === null) {
    return state("unknown", false, "not set, and Windows' default is not known", windowsCaption(seen));
  }
  return state(byDefault ? "on" : "off", false, byDefault ? "on by default" : "off by default");
}

/** A registry value of a row as it stands, in words; and whether it is what the guide wants. */
export interface StandingValue {
  readonly name: string;
  readonly wanted: number | null;
  readonly fact: Fact<string>;
  readonly isSet: boolean;
}

/** The values that decide a finding, as they stand, in the order of the table. */
export function valuesOf(seen: Seen, finding: FindingId): readonly StandingValue[] {
  return registryValues
    .filter((row) => row.finding === finding)
    .map(({ key, name, type, wanted: { guide } }) => {
      const fact = seen.value(key, name);
      if (fact.state !== "present") return { name, wanted: guide, fact, isSet: false };
      const isSet = fact.value.type === type && numberOf(fact.value) === guide;
      return { name, wanted: guide, fact: { ...fact, value: shownValue(fact.value) }, isSet };
    });
}

/** The .NET values of one version and bitness. */
export interface NetState {
  readonly values: readonly StandingValue[];
  /** True when all are as wanted, null when one could not be read. */
  readonly set: boolean | null;
  readonly notKnown: Fact<unknown> | null;
}

export function netState(seen: Seen, version: NetVersion, bitness: Bitness): NetState {
  const values = valuesOf(seen, `tls.dotnet.${version}.${bitness}`);
  const notKnown = values.map(({ fact }) => fact).find(isUnknown) ?? null;
  return { values, notKnown, set: notKnown === null ? values.every(({ isSet }) => isSet) : null };
}
