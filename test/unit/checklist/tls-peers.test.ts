import { describe, expect, test } from "vitest";
import type { FindingId } from "../../../electron/contract/checklist.ts";
import type { Status } from "../../../electron/contract/status.ts";
import { cipherKeys, suiteOrderKeys } from "../../../electron/facts/cipher-suites.ts";
import { fipsKey } from "../../../electron/facts/service-settings.ts";
import type { RegistryKey, RegistryValue } from "../../../electron/recording/recording.ts";
import { absent, findingOf, netKeys, number, present, protocols, setKey, text, wordsOf } from "./server-case.ts";

/** What is set for one situation: keys by address. */
type Keys = Readonly<Record<string, RegistryKey | undefined>>;

/** One situation of the peers' own tests, with what they and Microsoft's page say of it, and what the assistant says. */
interface Situation {
  readonly situation: string;
  readonly keys: Keys;
  readonly caption?: string;
  readonly build?: string;
  /** What CSS-Exchange's HealthChecker (f88378b1e) or SChannelDsc (b918a68) say. */
  readonly peer: string;
  /** What Microsoft's page says; "-" where it says nothing. */
  readonly microsoft: string;
  /** Findings of profile *guide*, and of *minimum* behind a stroke. */
  readonly ours: { readonly [Finding in FindingId]?: readonly [guide: Status, minimum?: Status] };
  /** Why ours is another than the peer's, where it is. */
  readonly because?: string;
}

const tls = (version: string, side: "Client" | "Server"): string => `${protocols}\\TLS ${version}\\${side}`;
const value = (data: number | RegistryValue): RegistryValue => (typeof data === "number" ? number(data) : data);
const pair = (enabled: number | RegistryValue | null, disabled: number | RegistryValue | null): RegistryKey =>
  present({
    ...(enabled === null ? {} : { Enabled: value(enabled) }),
    ...(disabled === null ? {} : { DisabledByDefault: value(disabled) }),
  });
const both = (key: RegistryKey, versions: readonly string[] = ["1.0", "1.2"]): Keys =>
  Object.fromEntries(
    versions.flatMap((one) => [
      [tls(one, "Client"), key],
      [tls(one, "Server"), key],
    ]),
  );
const sides = (server: RegistryKey, client: RegistryKey): Keys => ({
  [tls("1.2", "Server")]: server,
  [tls("1.2", "Client")]: client,
});
const net = (crypto: number | RegistryValue | null, system: number | RegistryValue | null): RegistryKey =>
  present({
    ...(crypto === null ? {} : { SchUseStrongCrypto: value(crypto) }),
    ...(system === null ? {} : { SystemDefaultTlsVersions: value(system) }),
  });
const everyNet = (key: RegistryKey): Keys => Object.fromEntries(Object.values(netKeys).map((path) => [path, key]));
const qword = (data: number): RegistryValue => ({ type: "REG_QWORD", data });
const off = present({ Enabled: number(0) });
const schannel = protocols.replace("\\Protocols", "");
const order = (data: string): RegistryKey => present({ Functions: text(data) });
const ecdhe = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

const on = { "tls.1.2.client": ["done", "done"], "tls.1.0.client": ["action", "attention"] } as const;
const onInEffect = { "tls.1.2.client": ["attention", "done"], "tls.1.0.client": ["action", "attention"] } as const;
const wrong = { "tls.1.2.client": ["action", "action"], "tls.1.0.client": ["action", "attention"] } as const;

const situations: readonly Situation[] = [
  { situation: "1/0 both sides", keys: both(pair(1, 0)), peer: "Enabled", microsoft: "enabled", ours: on },
  {
    situation: "0/1 both sides",
    keys: both(pair(0, 1)),
    peer: "Disabled",
    microsoft: "disabled",
    ours: { "tls.1.2.client": ["action", "action"], "tls.1.0.client": ["done", "done"] },
  },
  { situation: "1/1", keys: both(pair(1, 1)), peer: "Half Disabled", microsoft: "disabled by default", ours: wrong },
  {
    situation: "0/0",
    keys: both(pair(0, 0)),
    peer: "Half Disabled; SChannelDsc: disabled",
    microsoft: "Enabled 0 is enough",
    ours: wrong,
    because: "the guide asks for both values; the minimum accepts it",
  },
  {
    situation: "server 1/1, client 0/0",
    keys: sides(pair(1, 1), pair(0, 0)),
    peer: "Misconfigured",
    microsoft: "-",
    ours: { "tls.1.2.client": ["action"], "tls.1.2.server": ["action"] },
  },
  {
    situation: "server 0/0, client 1/1",
    keys: sides(pair(0, 0), pair(1, 1)),
    peer: "Misconfigured",
    microsoft: "-",
    ours: { "tls.1.2.client": ["action"], "tls.1.2.server": ["action"] },
  },
  {
    situation: "server 1/1, client 1/0",
    keys: sides(pair(1, 1), pair(1, 0)),
    peer: "Misconfigured",
    microsoft: "-",
    ours: { "tls.1.2.client": ["done"], "tls.1.2.server": ["action"] },
  },
  { situation: "key missing", keys: both(absent), peer: "Enabled", microsoft: "enabled", ours: onInEffect },
  { situation: "key empty", keys: both(present()), peer: "Enabled", microsoft: "enabled", ours: onInEffect },
  {
    situation: "Enabled 0 alone",
    keys: both(pair(0, null)),
    peer: "Disabled",
    microsoft: "disabled",
    ours: { "tls.1.2.client": ["action", "action"], "tls.1.0.client": ["attention", "done"] },
  },
  {
    situation: "DisabledByDefault 1 alone",
    keys: both(pair(null, 1)),
    peer: "Half Disabled; SChannelDsc: disabled",
    microsoft: "disabled by default: a program may ask for it",
    ours: { "tls.1.2.client": ["action", "action"], "tls.1.0.client": ["attention", "done"] },
    because: "off for everything that does not ask for it by name",
  },
  { situation: "Enabled 1 alone", keys: both(pair(1, null)), peer: "Enabled", microsoft: "-", ours: onInEffect },
  {
    situation: "Enabled 1 alone on 2008 R2",
    keys: both(pair(1, null)),
    caption: "Windows Server 2008 R2 Standard",
    peer: "Enabled",
    microsoft: "both values are asked for",
    ours: { "tls.1.2.client": ["action", "action"], "tls.1.2.server": ["attention", "done"] },
    because: "off by default there: a client needs DisabledByDefault 0",
  },
  {
    situation: "DisabledByDefault 0 alone",
    keys: both(pair(null, 0)),
    peer: "Enabled",
    microsoft: "-",
    ours: onInEffect,
  },
  {
    situation: "Enabled 0xffffffff",
    keys: both(pair(0xffff_ffff, 0)),
    peer: "Enabled",
    microsoft: "non-zero",
    ours: on,
  },
  {
    situation: "0xffffffff both",
    keys: both(pair(0xffff_ffff, 0xffff_ffff)),
    peer: "Half Disabled",
    microsoft: "disabled by default",
    ours: wrong,
  },
  {
    situation: "Enabled 2, DisabledByDefault 0",
    keys: both(pair(2, 0)),
    peer: "Enabled; SChannelDsc: not",
    microsoft: "any non-zero value",
    ours: onInEffect,
    because: "on, and not the usual value",
  },
  { situation: "REG_SZ", keys: both(pair(text("1"), text("0"))), peer: "-", microsoft: "DWORD", ours: wrong },
  { situation: "REG_QWORD", keys: both(pair(qword(1), qword(0))), peer: "-", microsoft: "DWORD", ours: wrong },
  {
    situation: ".NET all 1",
    keys: everyNet(net(1, 1)),
    peer: "Enabled",
    microsoft: "as asked",
    ours: { "tls.dotnet.v2.64": ["done", "done"], "tls.dotnet.v4.32": ["done", "done"] },
  },
  {
    situation: ".NET all 0",
    keys: everyNet(net(0, 0)),
    peer: "Disabled",
    microsoft: "-",
    ours: { "tls.dotnet.v2.64": ["action", "action"], "tls.dotnet.v4.32": ["action", "action"] },
  },
  {
    situation: ".NET missing",
    keys: everyNet(absent),
    peer: "false / Default",
    microsoft: "-",
    ours: { "tls.dotnet.v2.64": ["action", "action"], "tls.dotnet.v4.64": ["action", "action"] },
  },
  {
    situation: ".NET 64 = 1, Wow6432Node = 0",
    keys: { [netKeys["v4.64"]]: net(1, 1), [netKeys["v4.32"]]: net(0, 0) },
    peer: "misconfigured",
    microsoft: "-",
    ours: { "tls.dotnet.v4.64": ["done"], "tls.dotnet.v4.32": ["action"] },
  },
  {
    situation: ".NET v2 only SchUseStrongCrypto",
    keys: { [netKeys["v2.64"]]: net(1, null) },
    peer: "-",
    microsoft: "3.5 honours it only for a protocol that is named",
    ours: { "tls.dotnet.v2.64": ["action", "action"] },
  },
  {
    situation: ".NET v2 only SystemDefaultTlsVersions",
    keys: { [netKeys["v2.64"]]: net(null, 1) },
    peer: "-",
    microsoft: "Windows' versions are used",
    ours: { "tls.dotnet.v2.64": ["action", "action"] },
    because: "the guide sets both; what is missing is told by its effect",
  },
  ...(
    [
      ["2", 2],
      ["REG_SZ", text("1")],
      ["REG_QWORD", qword(1)],
    ] as const
  ).map(
    ([name, data]): Situation => ({
      situation: `.NET ${name}`,
      keys: everyNet(net(data, data)),
      peer: "false: only 1 counts",
      microsoft: "DWORD 1",
      ours: { "tls.dotnet.v2.64": ["action", "action"] },
    }),
  ),
  ...["2012", "2016", "2022"].map(
    (year): Situation => ({
      situation: `TLS 1.0 by default on ${year}`,
      keys: both(absent, ["1.0"]),
      caption: `Windows Server ${year} Standard`,
      peer: "-",
      microsoft: "enabled",
      ours: { "tls.1.0.client": ["action", "attention"] },
    }),
  ),
  {
    situation: "TLS 1.1 by default on 2008 R2",
    keys: both(absent, ["1.1"]),
    caption: "Windows Server 2008 R2 Standard",
    peer: "-",
    microsoft: "disabled",
    ours: { "tls.1.1.client": ["attention", "done"] },
  },
  {
    situation: "TLS 1.2 by default on 2008 R2",
    keys: both(absent, ["1.2"]),
    caption: "Windows Server 2008 R2 Standard",
    peer: "-",
    microsoft: "disabled",
    ours: { "tls.1.2.client": ["action", "action"] },
  },
  {
    situation: "TLS 1.2 by default on 2012",
    keys: both(absent, ["1.2"]),
    caption: "Windows Server 2012 Standard",
    peer: "-",
    microsoft: "its pages disagree",
    ours: { "tls.1.2.client": ["action", "action"] },
    because: "the explicit values are right whichever page is",
  },
  {
    situation: "TLS 1.0 by default on 2025",
    keys: both(absent, ["1.0"]),
    caption: "Windows Server 2025 Standard",
    peer: "-",
    microsoft: "off by default",
    ours: { "tls.1.0.client": ["attention", "done"] },
  },
  // What was not looked at before.
  {
    situation: "TLS 1.3 set on a Windows without it",
    keys: both(pair(1, 0), ["1.3"]),
    caption: "Windows Server 2019 Standard",
    build: "10.0.17763",
    peer: "Error",
    microsoft: "Server 2022 and later",
    ours: { "tls.1.3.client": ["notApplicable", "notApplicable"] },
    because: "the values do nothing there",
  },
  {
    situation: "an order of suites by policy",
    keys: { [suiteOrderKeys.policy]: order("TLS_RSA_WITH_AES_256_GCM_SHA384"), [suiteOrderKeys.local]: order(ecdhe) },
    peer: "reported",
    microsoft: "the policy holds",
    ours: { "tls.ciphers": ["action", "action"] },
  },
  {
    situation: "a local order of suites",
    keys: { [suiteOrderKeys.local]: order(ecdhe) },
    peer: "reported",
    microsoft: "the local one holds",
    ours: { "tls.ciphers": ["done", "done"] },
  },
  {
    situation: "no order of suites",
    keys: Object.fromEntries(cipherKeys.map((key) => [key, absent])),
    peer: "reported",
    microsoft: "Windows' own",
    ours: { "tls.ciphers": ["done", "done"] },
  },
  ...(
    [
      "Ciphers\\AES 128/128|Ciphers\\AES 256/256",
      "Hashes\\SHA|Hashes\\SHA256|Hashes\\SHA384",
      "KeyExchangeAlgorithms\\ECDH",
    ] as const
  ).map(
    (parts): Situation => ({
      situation: `off: ${parts.replaceAll("|", ", ")}`,
      keys: Object.fromEntries(parts.split("|").map((part) => [`${schannel}\\${part}`, off])),
      peer: "judged",
      microsoft: "Enabled 0 is off",
      ours: { "tls.ciphers": ["action", "action"] },
    }),
  ),
  {
    situation: "FIPS policy on",
    keys: { [fipsKey]: present({ Enabled: number(1) }) },
    peer: "judged",
    microsoft: "workflows need enforceFIPSPolicy false",
    ours: { "server.fips": ["attention", "attention"] },
  },
];

describe.each(situations)("$situation (peer: $peer; Microsoft: $microsoft)", ({ keys, caption, build, ours }) => {
  const rows = Object.entries(ours).flatMap(([id, statuses]) =>
    (["guide", "minimum"] as const).flatMap((profile, index) => {
      const status = statuses[index];
      return status === undefined ? [] : [{ id: id as FindingId, profile, status }];
    }),
  );
  test.each(rows)("$id, profile $profile: $status", ({ id, profile, status }) => {
    const finding = findingOf(id, {
      target: { tlsProfile: profile },
      server: (recording) => {
        if (caption !== undefined) recording.windows = { caption, build: build ?? null };
        for (const [path, key] of Object.entries(keys)) setKey(recording, path, key);
      },
    });
    expect(finding.status, wordsOf(finding)).toBe(status);
  });
});
