import type { TlsRow } from "../contract/state.ts";
import type { TlsProfile } from "../contract/target.ts";
import { type Fact, knownValue } from "../recording/fact.ts";
import type { Seen } from "../recording/seen.ts";
import {
  type NetVersion,
  netRows,
  protocolRows,
  type RegistryValueRow,
  registryValues,
  type TlsSide,
  tlsSides,
} from "./registry-values.ts";
import { netState, protocolState } from "./tls.ts";

const effects = { on: "On", off: "Off", half: "Contradictory", odd: "Contradictory", unknown: "Not known" } as const;

/** The two figures of a row as they stand; null where neither is set or known. */
function figuresOf(facts: readonly [Fact<string>, Fact<string>]): [string, string] | null {
  const [first, second] = facts.map(knownValue);
  if ((first ?? null) === null && (second ?? null) === null) return null;
  return [first ?? "not set", second ?? "not set"];
}

/** What a profile wants of the two values of a finding: "1, 0"; null where it leaves both alone. */
function dataOf(values: readonly RegistryValueRow[], profile: TlsProfile): string | null {
  const data = values.map(({ wanted }) => wanted[profile]);
  return data.every((one) => one === null) ? null : data.join(", ");
}

const valuesOf = (finding: string): readonly RegistryValueRow[] =>
  registryValues.filter((row) => row.finding === finding);

function namesOf(values: readonly RegistryValueRow[]): [string, string] {
  const [first, second] = values;
  if (first === undefined || second === undefined) throw new Error("a row of the TLS table has two values");
  return [first.name, second.name];
}

/** What is wanted of a protocol, in the measure of the table. */
function wantedOf(row: (typeof protocolRows)[number], profile: TlsProfile, data: string | null): string {
  const { wanted } = row;
  if (wanted.guide === null) return "Not turned off";
  // Mail alone asks for the effect; the guide also for the two values it rests on.
  if (profile === "minimum") return wanted.minimum === "on" ? "On" : "Off is better";
  return `${wanted.guide === "on" ? "On" : "Off"}: ${data}`;
}

function protocolRow(seen: Seen, row: (typeof protocolRows)[number], side: TlsSide, profile: TlsProfile): TlsRow {
  const finding = `tls.${row.version}.${side === "Client" ? "client" : "server"}` as const;
  const values = valuesOf(finding);
  const state = protocolState(seen, row.version, side);
  const figures = figuresOf([state.enabled, state.disabledByDefault]);
  const unset = state.effect === "unknown" && state.enabled.state !== "absent" ? "not known" : "not set";
  const isDefault = figures === null && (state.effect === "on" || state.effect === "off");
  return {
    finding,
    group: "Windows (SCHANNEL)",
    name: `TLS ${row.version} ${side.toLowerCase()}`,
    values: namesOf(values),
    figures,
    found: figures?.join(", ") ?? unset,
    wanted: wantedOf(row, profile, dataOf(values, profile)),
    effect: `${effects[state.effect]}${isDefault ? " by default" : ""}`,
  };
}

const netGroups: Readonly<Record<NetVersion, { readonly title: string; readonly unset: string }>> = {
  v2: { title: ".NET Framework 2.x: decides mail", unset: "TLS 1.0 only" },
  v4: { title: ".NET Framework 4.x", unset: "Depends on the program" },
};

function netRow(seen: Seen, { version, bitness }: (typeof netRows)[number], profile: TlsProfile): TlsRow {
  const finding = `tls.dotnet.${version}.${bitness}` as const;
  const values = valuesOf(finding);
  const state = netState(seen, version, bitness);
  const figures = figuresOf([state.strongCrypto, state.systemDefault]);
  const { title, unset } = netGroups[version];
  const isKnown = state.set !== null;
  return {
    finding,
    group: title,
    name: `${bitness}-bit programs`,
    values: namesOf(values),
    figures: isKnown ? figures : null,
    found: isKnown ? (figures?.join(", ") ?? "not set") : "not known",
    wanted: dataOf(values, profile) ?? "unchanged",
    effect: !isKnown ? "Not known" : figures === null ? unset : state.set ? "Follows Windows" : "Not as needed",
  };
}

/** The table of TLS values: what stands there, what the profile wants and what Windows makes of it. What decides mail comes first. */
export function tlsTable(seen: Seen, profile: TlsProfile): TlsRow[] {
  const net = (wanted: NetVersion): TlsRow[] =>
    netRows.filter(({ version }) => version === wanted).map((row) => netRow(seen, row, profile));
  const protocols = protocolRows.toReversed();
  return [
    ...net("v2"),
    ...net("v4"),
    ...protocols.flatMap((row) => tlsSides.map((side) => protocolRow(seen, row, side, profile))),
  ];
}
