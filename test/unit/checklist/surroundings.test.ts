import { describe, expect, test } from "vitest";
import { cipherKeys, suiteOrderKeys } from "../../../electron/facts/cipher-suites.ts";
import { fipsKey } from "../../../electron/facts/service-settings.ts";
import { sqlClientKeys } from "../../../electron/facts/sql-client.ts";
import type { RegistryKey } from "../../../electron/recording/recording.ts";
import { outcomes } from "./outcomes.ts";
import {
  absent,
  type CaseInput,
  config,
  findingOf,
  hiveKey,
  netKeys,
  number,
  present,
  protocols,
  serviceKey,
  setKey,
  setValues,
  text,
  unreadable,
  wordsOf,
} from "./server-case.ts";

const schannel = protocols.replace("\\Protocols", "");
const keys = (changed: Readonly<Record<string, RegistryKey | undefined>>, more: Omit<CaseInput, "server"> = {}) => ({
  ...more,
  server: (recording: Parameters<NonNullable<CaseInput["server"]>>[0]) => {
    for (const [path, key] of Object.entries(changed)) setKey(recording, path, key);
  },
});
const gone = (paths: readonly string[]) => keys(Object.fromEntries(paths.map((path) => [path, undefined])));
const order = (data: string | string[]) =>
  present({ Functions: typeof data === "string" ? text(data) : { type: "REG_MULTI_SZ", data } });
const off = present({ Enabled: number(0) });

outcomes("tls.ciphers", [
  ["Windows' own order", {}, "done", /Windows' own order/],
  [
    "the local order with one",
    keys({ [suiteOrderKeys.local]: order(["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]) }),
    "done",
  ],
  [
    "names with a curve, as on 2012 R2",
    keys({ [suiteOrderKeys.local]: order(["TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384"]) }),
    "done",
  ],
  [
    "only RSA suites by policy",
    keys({
      [suiteOrderKeys.policy]: order("TLS_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_CBC_SHA"),
      [suiteOrderKeys.local]: order(["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]),
    }),
    "action",
    /policy/,
  ],
  ["only TLS 1.3 suites", keys({ [suiteOrderKeys.policy]: order("TLS_AES_256_GCM_SHA384") }), "action"],
  ["an empty policy", keys({ [suiteOrderKeys.policy]: order("") }), "done"],
  ["ECDH off", keys({ [`${schannel}\\KeyExchangeAlgorithms\\ECDH`]: off }), "action", /KeyExchangeAlgorithms/],
  [
    "both AES off",
    keys({ [`${schannel}\\Ciphers\\AES 128/128`]: off, [`${schannel}\\Ciphers\\AES 256/256`]: off }),
    "action",
  ],
  ["one AES off", keys({ [`${schannel}\\Ciphers\\AES 128/128`]: off }), "done"],
  [
    "every hash off",
    keys(Object.fromEntries(["SHA", "SHA256", "SHA384"].map((hash) => [`${schannel}\\Hashes\\${hash}`, off]))),
    "action",
  ],
  ["unreadable", keys({ [suiteOrderKeys.policy]: unreadable }), "unknown", /access denied/],
  ["not recorded", gone(cipherKeys), "notApplicable"],
]);

const updated = (caption: string, items: string[] | null, token = false): CaseInput => ({
  server: (recording) => {
    recording.windows = { caption, build: "6.3.9600" };
    if (items !== null) recording.updates = { state: "present", items };
    if (!token) setKey(recording, hiveKey, absent);
  },
});

outcomes("tls.dotnet.update", [
  ["2012 R2 with it", updated("Windows Server 2012 R2 Standard", ["KB1", "KB3154520"]), "done"],
  ["2012 R2 without it", updated("Windows Server 2012 R2 Standard", ["KB1"]), "action", /KB3154520/],
  ["2012 with 2012 R2's", updated("Windows Server 2012 Datacenter", ["KB3154520"]), "action", /KB3154519/],
  ["not listed, yet a token", updated("Windows Server 2012 R2 Standard", [], true), "done", /token/],
  ["2012 R2, not recorded", updated("Windows Server 2012 R2 Standard", null), "notApplicable"],
  ["2016", updated("Windows Server 2016 Standard", []), "notApplicable"],
]);

const fips = (on: boolean, runtime = ""): CaseInput => ({
  server: (recording) => {
    setKey(recording, fipsKey, present({ Enabled: number(on ? 1 : 0) }));
    recording.texts[config] = {
      state: "present",
      text: `<configuration>${runtime}<appSettings><add key="mailServer" value="outlook.office365.com"/></appSettings></configuration>`,
    };
  },
});

outcomes("server.fips", [
  ["no policy", {}, "done"],
  ["off", fips(false), "done"],
  ["on, enforced", fips(true), "attention", /enforceFIPSPolicy/],
  ["on, not enforced", fips(true, '<runtime><enforceFIPSPolicy enabled="false"/></runtime>'), "done"],
  ["on, said to enforce", fips(true, '<runtime><enforceFIPSPolicy enabled="true"/></runtime>'), "attention"],
  ["on, in a comment only", fips(true, '<!-- <enforceFIPSPolicy enabled="false"/> -->'), "attention"],
  ["not recorded", gone([fipsKey]), "notApplicable"],
]);

outcomes("server.keyProtect", [
  ["not there", {}, "done"],
  [
    "left over",
    {
      server: ({ services }) =>
        void Object.assign(services, { MIMKeyProtectService: { state: "present", status: "stopped" } }),
    },
    "attention",
    /sc\.exe delete MIMKeyProtectService/,
  ],
  ["not recorded", { server: ({ services }) => void delete services["MIMKeyProtectService"] }, "notApplicable"],
]);

const database = (name: string): CaseInput => ({
  server: (recording) => setValues(recording, serviceKey, { DatabaseServer: text(name) }),
});

outcomes("server.database", [
  ["not set", {}, "done"],
  ["a name", database("SQL01"), "done"],
  ["an instance", database("SQL01\\MIM"), "done"],
  ["a port", database("SQL01,14330"), "attention", /alias/],
  ["an instance and a port", database("tcp:sql9.fabrikam.example\\MIM, 1433"), "attention"],
]);

const clients = (native: string | null, oledb: string | null, more: Omit<CaseInput, "server"> = {}): CaseInput =>
  keys(
    {
      ...(native === null
        ? {}
        : { "HKLM\\SOFTWARE\\Microsoft\\SQLNCLI11": present({ InstalledVersion: text(native) }) }),
      ...(oledb === null
        ? {}
        : { "HKLM\\SOFTWARE\\Microsoft\\MSOLEDBSQL": present({ InstalledVersion: text(oledb) }) }),
    },
    more,
  );
const minimum = { target: { tlsProfile: "minimum" as const } };

outcomes("server.sqlClient", [
  ["none installed", {}, "done"],
  ["both new", clients("11.4.7001.0", "18.7.4.0"), "done"],
  ["an old Native Client", clients("11.0.2100.60", null), "action", /11\.0\.2100\.60/],
  ["a service pack too early", clients("11.3.6020.0", null), "action"],
  ["an old OLE DB driver", clients("11.4.7001.0", "18.1.0.0"), "action", /18\.2/],
  ["old, TLS off although only the minimum is wanted", clients("11.0.2100.60", null, minimum), "action"],
  [
    "old, and TLS 1.0 and 1.1 stay",
    {
      ...minimum,
      server: (recording) => {
        clients("11.0.2100.60", null).server?.(recording);
        for (const version of ["1.0", "1.1"])
          for (const side of ["Client", "Server"]) setKey(recording, `${protocols}\\TLS ${version}\\${side}`, absent);
      },
    },
    "done",
  ],
  ["not recorded", gone(sqlClientKeys), "notApplicable"],
]);

describe("a service that does not start after TLS 1.0 went off", () => {
  const input: CaseInput = {
    server: (recording) => {
      clients("11.0.2100.60", null).server?.(recording);
      recording.services["FIMService"] = { state: "present", status: "stopped" };
      recording.events = {
        state: "present",
        from: "2026-11-16T10:00:00Z",
        items: [
          {
            log: "Application",
            provider: "Microsoft.ResourceManagement.ServiceHealthSource",
            id: 22,
            level: "Error",
            at: "2026-11-23T08:00:00Z",
            text: "System.Data.SqlClient.SqlException: The client and server cannot communicate, because they do not possess a common algorithm.",
          },
        ],
      };
    },
  };
  test.each(["server.service", "verify.service"] as const)(
    "%s names the clients found and undoes TLS 1.0 alone",
    (id) => {
      const words = wordsOf(findingOf(id, input));
      expect(words).toMatch(/SQL Server Native Client 11\.0\.2100\.60, too old/);
      expect(words).toMatch(/OLE DB Driver/);
      expect(words).toMatch(/certificate/);
      expect(words).toMatch(/Enabled 1 and DisabledByDefault 0/);
    },
  );
  test("events and token are not known", () => {
    expect(findingOf("verify.events", input).status).toBe("unknown");
    expect(findingOf("verify.token", input).status).toBe("unknown");
  });
});

describe("no token although every TLS value is right", () => {
  const noToken = (change: NonNullable<CaseInput["server"]> = () => {}): CaseInput => ({
    server: (recording) => {
      setKey(recording, hiveKey, absent);
      change(recording);
    },
  });
  const advice = (input: CaseInput): string => findingOf("verify.token", input).advice.join("\n");

  test("tells what is left, not TLS again", () => {
    const words = advice(noToken());
    expect(words).not.toMatch(/Solve TLS first/);
    expect(words).toMatch(/Restart since[\s\S]*proxy[\s\S]*secret newer[\s\S]*Clock/);
    expect(words).not.toMatch(/Update of \.NET|Cipher suites/);
  });
  test("shows what was looked at and is not the cause", () => {
    expect(JSON.stringify(findingOf("verify.token", noToken()).evidence)).toMatch(/Not the cause: Cipher suites/);
  });
  test("puts what was found first", () => {
    const proxyOff = noToken((recording) => {
      recording.texts[config] = {
        state: "present",
        text: '<configuration><system.net><defaultProxy enabled="false"/></system.net></configuration>',
      };
    });
    expect(advice(proxyOff).split("\n")[1]).toMatch(/defaultProxy enabled="false"/);
    const suites = noToken((recording) => {
      setKey(recording, suiteOrderKeys.policy, order("TLS_RSA_WITH_AES_256_CBC_SHA"));
    });
    expect(advice(suites).split("\n")[1]).toMatch(/Cipher suites: None is left/);
    const old = noToken((recording) => {
      recording.windows = { caption: "Windows Server 2012 R2 Standard", startedAt: "2026-11-20T04:00:00Z" };
      recording.updates = { state: "present", items: [] };
    });
    expect(advice(old).split("\n")[1]).toMatch(/KB3154520/);
    const before = noToken((recording) => {
      const address = `${netKeys["v2.64"]}\\SchUseStrongCrypto`;
      recording.journal = [{ id: "1", endedAt: "2026-11-21T10:00:00Z", changes: [{ address }] }];
    });
    expect(advice(before).split("\n")[1]).toMatch(/Restart Windows/);
  });
  test("names the TLS value that is wrong while one is", () => {
    const words = advice(noToken((recording) => setKey(recording, netKeys["v2.64"], absent)));
    expect(words).toMatch(/Solve TLS first: \.NET Framework 2\.x/);
  });
});
