import { isConfirmed } from "../contract/target.ts";
import { lastTlsChange } from "../facts/history.ts";
import {
  type Bitness,
  type NetVersion,
  netFrameworkKey,
  protocolKey,
  protocolRows,
  type TlsSide,
  type TlsVersion,
  tlsSides,
} from "../facts/registry-values.ts";
import { type SqlClients, sqlClients } from "../facts/sql-client.ts";
import { existsHere, type NetState, netState, type ProtocolState, protocolState } from "../facts/tls.ts";
import { windowsBuild, windowsStart } from "../facts/windows.ts";
import { type Case, evidenceOf, notApplicable, notKnown, type StepRules, type Verdict } from "./rule.ts";
import { ciphers, dotnetUpdate } from "./tls-surroundings.ts";

export const tlsRules: StepRules<"tls"> = {
  "tls.1.0.client": protocolRule("1.0", "Client"),
  "tls.1.0.server": protocolRule("1.0", "Server"),
  "tls.1.1.client": protocolRule("1.1", "Client"),
  "tls.1.1.server": protocolRule("1.1", "Server"),
  "tls.1.2.client": protocolRule("1.2", "Client"),
  "tls.1.2.server": protocolRule("1.2", "Server"),
  "tls.1.3.client": protocolRule("1.3", "Client"),
  "tls.1.3.server": protocolRule("1.3", "Server"),
  "tls.dotnet.v4.64": netRule("v4", "64"),
  "tls.dotnet.v4.32": netRule("v4", "32"),
  "tls.dotnet.v2.64": netRule("v2", "64"),
  "tls.dotnet.v2.32": netRule("v2", "32"),
  "tls.ciphers": { title: "Cipher suites", judge: ciphers },
  "tls.dotnet.update": { title: "Update of .NET Framework 3.5", judge: dotnetUpdate },
  "tls.costs": { title: "What a TLS 1.2 only server breaks", judge: costs },
  "tls.restart": { title: "Restart after TLS changes", judge: restart },
};

function protocolRule(version: TlsVersion, side: TlsSide) {
  return {
    title: `TLS ${version} ${side.toLowerCase()}`,
    judge: (given: Case) => {
      const { wanted } = protocolRows.find((row) => row.version === version) ?? protocolRows[0];
      return Object.values(wanted).every((way) => way === null)
        ? leftAlone(given, version, side)
        : protocol(given, version, side, wanted.guide === "on");
    },
  };
}

/** A protocol that no profile touches: worth a word only where someone turned it off. */
function leftAlone({ seen, target }: Case, version: TlsVersion, side: TlsSide): Verdict {
  const exists = existsHere(seen, version);
  if (exists === null) return notApplicable("This Windows' build was not recorded, so whether it has it is not known");
  if (!exists) return notApplicable(`This Windows (build ${windowsBuild(seen)}) does not have TLS ${version}`);
  const state = protocolState(seen, version, side);
  if (state.notKnown?.state === "notRecorded") return notApplicable("Not recorded; mail does not need it");
  const expected = "Not turned off; mail does not need it";
  const evidence = [evidenceOf(state.enabled), evidenceOf(state.disabledByDefault)];
  if (state.effect === "unknown" && state.notKnown !== null) return notKnown(state.notKnown, expected, [], evidence);
  const verdict = { actual: found(state), expected, evidence, sources: ["tlsRegistry", "protocols"] as const };
  if (state.effect === "on" || target.tlsProfile === "minimum") return { ...verdict, status: "done" };
  return {
    ...verdict,
    status: "attention",
    advice: [
      `Someone turned TLS ${version} off or half off here. Mail works without it. When nothing needs it off, take Enabled and DisabledByDefault away under ${protocolKey(version, side)}: Windows has it on by itself.`,
    ],
  };
}

/** What was found of a protocol, in words: both values as they stand, and what Windows makes of them. */
function found({ enabled, disabledByDefault, why }: ProtocolState): string {
  if (enabled.state !== "present" && disabledByDefault.state !== "present") return `Not set: ${why}`;
  const shown = (fact: ProtocolState["enabled"]): string => (fact.state === "present" ? fact.value : "not set");
  return `Enabled ${shown(enabled)}, DisabledByDefault ${shown(disabledByDefault)}: ${why}`;
}

/** What a protocol's being off, or not surely on, means on each side. */
const whyOn: Readonly<Record<TlsSide, string>> = {
  Client: "Microsoft's cloud accepts only TLS 1.2 or later.",
  Server:
    "Who connects to this server (the portal, the add-ins, other programs) cannot use TLS 1.2. Mail goes out as a client.",
};

function protocol({ seen, target }: Case, version: TlsVersion, side: TlsSide, wantsOn: boolean): Verdict {
  const minimum = target.tlsProfile === "minimum";
  const state = protocolState(seen, version, side);
  const explicitValues = wantsOn ? "Enabled 1, DisabledByDefault 0" : "Enabled 0, DisabledByDefault 1";
  const expected = minimum
    ? wantsOn
      ? "On"
      : "Off is better; on is accepted"
    : `${wantsOn ? "On" : "Off"}, set explicitly: ${explicitValues}`;
  const evidence = [evidenceOf(state.enabled), evidenceOf(state.disabledByDefault)];
  if (state.effect === "unknown" && state.notKnown !== null) return notKnown(state.notKnown, expected, [], evidence);
  const verdict = {
    actual: found(state),
    expected,
    evidence,
    sources: wantsOn ? (["entraTls", "tlsRegistry"] as const) : (["tlsRegistry", "tlsHealth"] as const),
  };
  const set = `Set ${explicitValues} (both REG_DWORD) under ${protocolKey(version, side)}: the assistant does, from its window or with mim-mail apply.`;
  const clear = state.effect === "on" || state.effect === "off";
  const asWanted = clear && (state.effect === "on") === wantsOn;
  if (minimum) {
    if (asWanted) return { ...verdict, status: "done" };
    return wantsOn
      ? { ...verdict, status: "action", advice: [`${whyOn[side]} ${set}`] }
      : {
          ...verdict,
          status: "attention",
          advice: ["Mail does not need it off. Turn it off when nothing on this server needs it any more."],
        };
  }
  if (!clear) {
    return {
      ...verdict,
      status: "action",
      advice: [`Windows and the health check of Exchange take this differently. ${set}`],
    };
  }
  if (!asWanted) {
    return {
      ...verdict,
      status: "action",
      advice: wantsOn
        ? [`${whyOn[side]} ${set}`]
        : [`${set}`, 'Mail itself does not need this: the profile "Only what mail needs" leaves it as it is.'],
    };
  }
  if (state.explicit) return { ...verdict, status: "done" };
  return {
    ...verdict,
    status: "attention",
    advice: [`The effect is right, but it does not rest on the two usual values. ${set}`],
  };
}

function netRule(version: NetVersion, bitness: Bitness) {
  const name = version === "v2" ? ".NET Framework 2.x" : ".NET Framework 4.x";
  return {
    title: `${name}, ${bitness}-bit programs`,
    judge: (given: Case) => netFramework(given, version, bitness),
  };
}

function netFramework({ seen }: Case, version: NetVersion, bitness: Bitness): Verdict {
  const decides = version === "v2" && bitness === "64";
  const state = netState(seen, version, bitness);
  const wanted = state.values.map(({ name, wanted: data }) => `${name} ${data}`).join(", ");
  const expected = `${wanted}${decides ? ". This is the one that decides mail" : ""}`;
  const evidence = state.values.map(({ fact }) => evidenceOf(fact));
  if (state.set === null && state.notKnown !== null) return notKnown(state.notKnown, expected, [], evidence);
  const actual = state.values
    .map(({ name, fact }) => `${name} ${fact.state === "present" ? fact.value : "not set"}`)
    .join(", ");
  const sources = decides ? (["entraTls", "guide"] as const) : (["entraTls"] as const);
  if (state.set === true) return { status: "done", actual, expected, evidence, sources };
  return {
    status: "action",
    actual,
    expected,
    advice: [
      `Set ${wanted} (REG_DWORD) under ${netFrameworkKey(version, bitness)}: the assistant does, from its window or with mim-mail apply.`,
      ...(decides ? [`The MIM Service runs on .NET 2.x as a 64-bit program. ${whatIsMissing(state)}`] : []),
      "Restart the Forefront Identity Manager Service afterwards; better, restart Windows.",
    ],
    evidence,
    sources,
  };
}

/**
 * What is missing of the two values, and what that does to a program of .NET 2.x and 3.5.
 * Source: https://learn.microsoft.com/en-us/dotnet/framework/network-programming/tls
 */
function whatIsMissing({ values }: NetState): string {
  const isSet = (wanted: string): boolean => values.some(({ name, isSet: set }) => name === wanted && set);
  if (isSet("SystemDefaultTlsVersions")) {
    return "It follows Windows' TLS versions already. SchUseStrongCrypto is missing: without it a program that names its protocols itself may still use weak ones.";
  }
  return isSet("SchUseStrongCrypto")
    ? "SystemDefaultTlsVersions is missing: without it .NET 2.x does not follow Windows' TLS versions, and SchUseStrongCrypto alone acts only for programs that name their protocols themselves."
    : "Without these two values it offers TLS 1.0 only, and Microsoft refuses it.";
}

const olderVersions: readonly TlsVersion[] = ["1.0", "1.1"];

/**
 * What a server that speaks TLS 1.2 only breaks: what was seen to be new enough is not asked, and what was seen to be too
 * old is named. Source: https://learn.microsoft.com/en-us/microsoft-identity-manager/preparing-tls
 */
function costsOfTls12Only({ found, notKnown }: SqlClients): readonly string[] {
  const driver = (name: string, must: string): string[] => {
    const seen = found.find((client) => client.name === name);
    // What is not installed breaks nothing; where that is not known, it is asked.
    if (seen === undefined) return notKnown === null ? [] : [`${name} must be ${must} or later.`];
    return seen.tooOld ? [`${name} is ${seen.version} here, and must be ${must} or later.`] : [];
  };
  return [
    "The MIM Service's certificate must not be self-signed.",
    ...driver("OLE DB Driver for SQL Server", "18.2"),
    ...driver("SQL Server Native Client", "11.0.7001"),
    "SQL Server 2012 and 2014 need updates.",
    "Silent installation of MIM no longer works.",
  ];
}

function costs({ seen, target }: Case): Verdict {
  if (target.tlsProfile === "minimum") return notApplicable("TLS 1.0 and 1.1 stay as they are");
  const expected = "You know what stops working once TLS 1.0 and 1.1 are off, or they are off already";
  const states = olderVersions.flatMap((version) =>
    tlsSides.map((side) => ({ version, side, state: protocolState(seen, version, side) })),
  );
  const open = states
    .filter(({ state }) => state.effect !== "off")
    .map(({ version, side }) => `TLS ${version} ${side.toLowerCase()}`);
  const evidence = states.map(({ version, side, state }) => ({ address: `TLS ${version} ${side}`, value: state.why }));
  const sources = ["tlsOnly"] as const;
  if (open.length === 0) return { status: "done", actual: "TLS 1.0 and 1.1 are off", expected, evidence, sources };
  if (isConfirmed(target.tlsCostsConfirmed))
    return { status: "done", actual: "Confirmed by you", expected, evidence, sources };
  const clients = sqlClients(seen);
  const points = costsOfTls12Only(clients);
  return {
    status: "pending",
    actual: `Not off yet: ${open.join(", ")}`,
    expected,
    points,
    advice: [...points, 'Or leave TLS 1.0 and 1.1 on: choose the profile "Only what mail needs" (minimum).'],
    evidence: [...evidence, ...clients.found.map(({ address, version }) => ({ address, value: version }))],
    sources,
  };
}

function restart({ seen }: Case): Verdict {
  const expected = "Windows has started since the last TLS change";
  const changed = lastTlsChange(seen);
  const started = windowsStart(seen);
  if (changed === null) return { status: "done", actual: "The assistant has changed no TLS value here", expected };
  const evidence = [{ address: "Last TLS change", value: changed }, evidenceOf(started)];
  if (started.state !== "present") return notKnown(started, expected, [], evidence);
  if (Date.parse(started.value) > Date.parse(changed)) {
    return { status: "done", actual: "Windows has started since", expected, evidence };
  }
  return {
    status: "attention",
    actual: "TLS values were changed after Windows last started",
    expected,
    advice: [
      "Restart Windows at a quiet time. Programs that run already keep the old values.",
      "For mail alone, restarting the Forefront Identity Manager Service is the least.",
    ],
    evidence,
    sources: ["tlsRegistry"],
  };
}
