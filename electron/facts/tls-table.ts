import type { FindingId } from "../contract/checklist.ts";
import type { TlsRow } from "../contract/state.ts";
import type { TlsProfile } from "../contract/target.ts";
import { knownValue } from "../recording/fact.ts";
import type { Seen } from "../recording/seen.ts";
import { type NetVersion, netRows, protocolRows, registryValues, type TlsSide, tlsSides } from "./registry-values.ts";
import { netState, protocolState, type StandingValue, valuesOf } from "./tls.ts";

const effects = { on: "On", off: "Off", half: "Contradictory", odd: "Contradictory", unknown: "Not known" } as const;

/** The figures of a row as they stand; null where none is set or known. */
function figuresOf(values: readonly StandingValue[]): string[] | null {
  const figures = values.map(({ fact }) => knownValue(fact));
  return figures.every((figure) => figure === null) ? null : figures.map((figure) => figure ?? "not set");
}

/** What a profile wants of the values of a finding: "1, 0"; null where it leaves them alone. */
function dataOf(finding: FindingId, profile: TlsProfile): string | null {
  const data = registryValues.filter((row) => row.finding === finding).map(({ wanted }) => wanted[profile]);
  return data.every((one) => one === null) ? null : data.join(", ");
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
  const values = valuesOf(seen, finding);
  const state = protocolState(seen, row.version, side);
  const figures = figuresOf(values);
  const unset = state.effect === "unknown" && state.enabled.state !== "absent" ? "not known" : "not set";
  const isDefault = figures === null && (state.effect === "on" || state.effect === "off");
  return {
    finding,
    group: "Windows (SCHANNEL)",
    name: `TLS ${row.version} ${side.toLowerCase()}`,
    values: values.map(({ name }) => name),
    figures,
    found: figures?.join(", ") ?? unset,
    wanted: wantedOf(row, profile, dataOf(finding, profile)),
    effect: `${effects[state.effect]}${isDefault ? " by default" : ""}`,
  };
}

const netGroups: Readonly<Record<NetVersion, { readonly title: string; readonly unset: string }>> = {
  v2: { title: ".NET Framework 2.x: decides mail", unset: "TLS 1.0 only" },
  v4: { title: ".NET Framework 4.x", unset: "Depends on the program" },
};

function netRow(seen: Seen, { version, bitness }: (typeof netRows)[number], profile: TlsProfile): TlsRow {
  const finding = `tls.dotnet.${version}.${bitness}` as const;
  const state = netState(seen, version, bitness);
  const figures = figuresOf(state.values);
  const { title, unset } = netGroups[version];
  const isKnown = state.set !== null;
  return {
    finding,
    group: title,
    name: `${bitness}-bit programs`,
    values: state.values.map(({ name }) => name),
    figures: isKnown ? figures : null,
    found: isKnown ? (figures?.join(", ") ?? "not set") : "not known",
    wanted: dataOf(finding, profile) ?? "unchanged",
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
