import { describe, expect, test } from "vitest";
import type { FindingId } from "../../../electron/contract/checklist.ts";
import { sqlClientKeys } from "../../../electron/facts/sql-client.ts";
import { outcomes } from "./outcomes.ts";
import {
  absent,
  type CaseInput,
  findingOf,
  netKeys,
  number,
  present,
  protocols,
  type Row,
  setKey,
  text,
  unreadable,
} from "./server-case.ts";

type Setting = number | null;

const values = (enabled: Setting, disabledByDefault: Setting) =>
  present({
    ...(enabled === null ? {} : { Enabled: number(enabled) }),
    ...(disabledByDefault === null ? {} : { DisabledByDefault: number(disabledByDefault) }),
  });

for (const version of ["1.0", "1.1", "1.2"] as const) {
  for (const side of ["Client", "Server"] as const) {
    const id = `tls.${version}.${side.toLowerCase()}` as FindingId;
    const path = `${protocols}\\TLS ${version}\\${side}`;
    const set = (enabled: Setting, disabledByDefault: Setting, more: Omit<CaseInput, "server"> = {}): CaseInput => ({
      ...more,
      server: (recording) => setKey(recording, path, values(enabled, disabledByDefault)),
    });
    const key = (
      state: Parameters<typeof setKey>[2],
      caption: string | null,
      more: Omit<CaseInput, "server"> = {},
    ): CaseInput => ({
      ...more,
      server: (recording) => {
        setKey(recording, path, state);
        recording.windows = caption === null ? null : { caption };
      },
    });
    const minimum = { target: { tlsProfile: "minimum" as const } };
    const wantsOn = version === "1.2";
    const both: Row[] = [
      ["Half Disabled, both 1", set(1, 1), "action", /Half Disabled/],
      ["Half Disabled, both 0", set(0, 0), "action", /Half Disabled/],
      ["Half Disabled, minimum", set(1, 1, minimum), wantsOn ? "action" : "attention"],
      ["Half Disabled with 2, minimum", set(2, 1, minimum), wantsOn ? "action" : "attention"],
      ["any number but 0 is on", set(7, 0), wantsOn ? "attention" : "action", /Enabled 7/],
      ["an odd number in DisabledByDefault", set(1, 2), "action", /DisabledByDefault 2/],
      ["any number but 0, minimum", set(2, 0, minimum), wantsOn ? "done" : "attention"],
      [
        "a text where a number belongs",
        {
          server: (recording) => setKey(recording, path, present({ Enabled: text("1"), DisabledByDefault: number(0) })),
        },
        "action",
      ],
      ["unreadable", { server: (recording) => setKey(recording, path, unreadable) }, "unknown", /access denied/],
      ["not recorded", { server: (recording) => setKey(recording, path, undefined) }, "unknown", /Not recorded/],
      ["not set, Windows not known", key(absent, null), "unknown"],
    ];
    const on: Row[] = [
      ["explicitly on", set(1, 0), "done"],
      ["explicitly on with 0xffffffff", set(0xffff_ffff, 0), "done"],
      ["Enabled alone", set(1, null), "attention"],
      ["DisabledByDefault 0 alone", set(null, 0), "attention"],
      ["explicitly off", set(0, 1), "action"],
      ["Enabled 0 alone", set(0, null), "action"],
      ["DisabledByDefault 1 alone", set(null, 1), "action"],
      ["key absent, on by default", key(absent, "Windows Server 2022 Standard"), "attention", /on by default/],
      ["key without values, on by default", key(present(), "Windows Server 2012 R2 Standard"), "attention"],
      ["key absent on Server 2008 R2", key(absent, "Windows Server 2008 R2 Standard"), "action", /off by default/],
      [
        "Enabled alone where it is off by default",
        key(values(1, null), "Windows Server 2008 R2 Standard", minimum),
        side === "Client" ? "action" : "done",
      ],
      ["key absent on Server 2012", key(absent, "Windows Server 2012 Standard"), "action"],
      ["minimum: on by default", key(absent, "Windows Server 2022 Standard", minimum), "done"],
      ["minimum: on", set(1, null, minimum), "done"],
      ["minimum: off", set(0, 1, minimum), "action"],
    ];
    const off: Row[] = [
      ["explicitly off", set(0, 1), "done"],
      ["Enabled 0 alone", set(0, null), "attention"],
      ["DisabledByDefault 1 alone", set(null, 1), "attention"],
      ["explicitly on", set(1, 0), "action"],
      ["on with 0xffffffff", set(0xffff_ffff, 0), "action"],
      ["key absent, on by default", key(absent, "Windows Server 2022 Standard"), "action", /on by default/],
      ["key without values", key(present(), "Windows Server 2016 Standard"), "action"],
      ["key absent, off by default", key(absent, "Windows Server 2025 Standard"), "attention", /off by default/],
      ["minimum: on", set(1, 0, minimum), "attention"],
      ["minimum: on by default", key(absent, "Windows Server 2022 Standard", minimum), "attention"],
      ["minimum: off", set(0, 1, minimum), "done"],
      ["minimum: off by default", key(absent, "Windows Server 2025 Standard", minimum), "done"],
    ];
    if (version === "1.1") {
      off.push([
        "key absent on Server 2008 R2",
        key(absent, "Windows Server 2008 R2 Standard"),
        "attention",
        /default/,
      ]);
    }
    outcomes(id, [...both, ...(wantsOn ? on : off)]);
  }
}

for (const [name, path] of Object.entries(netKeys)) {
  const set = (crypto: Setting, system: Setting): CaseInput => ({
    server: (recording) =>
      setKey(
        recording,
        path,
        present({
          ...(crypto === null ? {} : { SchUseStrongCrypto: number(crypto) }),
          ...(system === null ? {} : { SystemDefaultTlsVersions: number(system) }),
        }),
      ),
  });
  outcomes(`tls.dotnet.${name}` as FindingId, [
    ["both 1", set(1, 1), "done"],
    ["strong crypto missing", set(null, 1), "action", /SchUseStrongCrypto not set/],
    ["system default missing", set(1, null), "action"],
    ["one 0", set(1, 0), "action"],
    ["both 0", set(0, 0), "action"],
    ["key absent", { server: (recording) => setKey(recording, path, absent) }, "action"],
    ["key unreadable", { server: (recording) => setKey(recording, path, unreadable) }, "unknown", /access denied/],
    ["key not recorded", { server: (recording) => setKey(recording, path, undefined) }, "unknown", /Not recorded/],
    [
      "a text where a number belongs",
      {
        server: (recording) =>
          setKey(recording, path, present({ SchUseStrongCrypto: text("1"), SystemDefaultTlsVersions: number(1) })),
      },
      "action",
    ],
  ]);
}

describe("tls.dotnet.v2.64", () => {
  test("says that it is the one that decides mail, and only it does", () => {
    expect(findingOf("tls.dotnet.v2.64").expected).toMatch(/decides mail/);
    for (const id of ["tls.dotnet.v2.32", "tls.dotnet.v4.64", "tls.dotnet.v4.32"] as const) {
      expect(findingOf(id).expected).not.toMatch(/decides/);
    }
  });
});

for (const side of ["Client", "Server"] as const) {
  const id = `tls.1.3.${side.toLowerCase()}` as FindingId;
  const path = `${protocols}\\TLS 1.3\\${side}`;
  const on = (
    build: string | null,
    key: Parameters<typeof setKey>[2],
    target: CaseInput["target"] = {},
  ): CaseInput => ({
    target,
    server: (recording) => {
      setKey(recording, path, key);
      recording.windows = build === null ? null : { build };
    },
  });
  outcomes(id, [
    ["Server 2022, nothing set", on("10.0.20348", absent), "done", /on by default/],
    ["Server 2025, nothing set", on("10.0.26100", absent), "done"],
    ["explicitly on", on("10.0.20348", values(1, 0)), "done"],
    ["explicitly off", on("10.0.20348", values(0, 1)), "attention", /Someone turned/],
    ["half off", on("10.0.20348", values(1, 1)), "attention"],
    ["explicitly off, minimum", on("10.0.20348", values(0, 1), { tlsProfile: "minimum" }), "done"],
    ["Server 2019", on("10.0.17763", values(1, 0)), "notApplicable", /does not have TLS 1\.3/],
    ["Server 2012 R2", on("6.3.9600", absent), "notApplicable"],
    ["not recorded", on("10.0.20348", undefined), "notApplicable", /Not recorded/],
    ["unreadable", on("10.0.20348", unreadable), "unknown", /access denied/],
    ["Windows not known", on(null, values(0, 1)), "notApplicable"],
  ]);
}

describe("the two values of .NET 2.x", () => {
  const said = (crypto: Setting, system: Setting): string => {
    const present_ = present({
      ...(crypto === null ? {} : { SchUseStrongCrypto: number(crypto) }),
      ...(system === null ? {} : { SystemDefaultTlsVersions: number(system) }),
    });
    return findingOf("tls.dotnet.v2.64", {
      server: (recording) => setKey(recording, netKeys["v2.64"], present_),
    }).advice.join("\n");
  };
  test("say which one is missing and what that does", () => {
    expect(said(null, 1)).toMatch(/SchUseStrongCrypto is missing/);
    expect(said(null, 1)).not.toMatch(/TLS 1\.0 only/);
    expect(said(1, null)).toMatch(/SystemDefaultTlsVersions is missing/);
    expect(said(1, null)).not.toMatch(/TLS 1\.0 only/);
    expect(said(0, 0)).toMatch(/TLS 1\.0 only/);
  });
});

test("TLS 1.2 of the server side is not laid to Microsoft's cloud", () => {
  const off = (side: string): string =>
    findingOf(`tls.1.2.${side.toLowerCase()}` as FindingId, {
      server: (recording) => setKey(recording, `${protocols}\\TLS 1.2\\${side}`, values(0, 1)),
    }).advice.join("\n");
  expect(off("Client")).toMatch(/Microsoft's cloud accepts only/);
  expect(off("Server")).not.toMatch(/cloud/);
});

const on10 = (target: CaseInput["target"] = {}): CaseInput => ({
  target,
  server: (recording) => setKey(recording, `${protocols}\\TLS 1.0\\Server`, values(1, 0)),
});

const withClient = (version: string): CaseInput => ({
  server: (recording) => {
    setKey(recording, `${protocols}\\TLS 1.1\\Client`, unreadable);
    setKey(
      recording,
      "HKLM\\SOFTWARE\\Microsoft\\SQLNCLI11",
      present({ InstalledVersion: { type: "REG_SZ", data: version } }),
    );
  },
});

const clientsNotRecorded: CaseInput = {
  server: (recording) => {
    setKey(recording, `${protocols}\\TLS 1.0\\Server`, values(1, 0));
    for (const key of sqlClientKeys) setKey(recording, key, undefined);
  },
};

outcomes("tls.costs", [
  ["all off", {}, "done"],
  [
    "one on, no SQL client installed",
    on10(),
    "pending",
    /^(?=[\s\S]*TLS 1\.0 server)(?=[\s\S]*self-signed)(?![\s\S]*18\.2)/,
  ],
  ["one on, SQL clients not recorded", clientsNotRecorded, "pending", /self-signed[\s\S]*18\.2[\s\S]*11\.0\.7001/],
  ["one on, its SQL client seen to be too old", withClient("11.0.2100.60"), "pending", /11\.0\.2100\.60 here/],
  ["one on, its SQL client seen to be new enough", withClient("11.4.7001.0"), "pending", /^(?![\s\S]*must be 11\.0)/],
  ["one on, confirmed", on10({ tlsCostsConfirmed: true }), "done"],
  ["one on, said no", on10({ tlsCostsConfirmed: false }), "pending"],
  [
    "one not known",
    { server: (recording) => setKey(recording, `${protocols}\\TLS 1.1\\Client`, unreadable) },
    "pending",
  ],
  ["minimum", on10({ tlsProfile: "minimum" }), "notApplicable"],
]);

const changed = (endedAt: string, address = `${protocols}\\TLS 1.0\\Client\\Enabled`): CaseInput => ({
  server: (recording) => {
    recording.journal = [{ id: "1", startedAt: endedAt, endedAt, changes: [{ address }] }];
  },
});

outcomes("tls.restart", [
  ["nothing was changed", {}, "done"],
  ["changed before the last start", changed("2026-11-19T10:00:00Z"), "done"],
  ["changed after the last start", changed("2026-11-21T10:00:00Z"), "attention", /Restart Windows/],
  ["something else was changed after the last start", changed("2026-11-21T10:00:00Z", "restart FIMService"), "done"],
  [
    "changed, start not recorded",
    {
      server: (recording) => {
        changed("2026-11-21T10:00:00Z").server?.(recording);
        recording.windows = { caption: "Windows Server 2022 Standard" };
      },
    },
    "unknown",
  ],
]);
