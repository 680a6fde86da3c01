import { describe, expect, test } from "vitest";
import { valueChanges, wantedData } from "../../../electron/changes/catalogue.ts";
import {
  checkPlan,
  type PlanEntries,
  planFileSchema,
  planFor,
  planOffered,
  planPollExchange,
  planTlsOne,
} from "../../../electron/changes/plan.ts";
import { planSchema } from "../../../electron/contract/change.ts";
import {
  absent,
  goodServer,
  netKeys,
  number,
  present,
  protocols,
  serviceKey,
  setKey,
  setValues,
  text,
  unreadable,
} from "../checklist/server-case.ts";

describe("the reading of replies", () => {
  const polls = (data: number | undefined) => {
    const recording = goodServer();
    setValues(recording, serviceKey, { PollExchangeEnabled: data === undefined ? undefined : number(data) });
    return recording;
  };

  test("is in no profile", () => {
    for (const profile of ["guide", "minimum"] as const) expect(planFor(polls(0), profile).rows).toEqual([]);
  });

  test.each([
    [0, true, 1],
    [undefined, true, 1],
    [1, false, 0],
  ] as const)("from %s, asked on: %s, becomes %s", (from, on, to) => {
    const { rows } = planPollExchange(polls(from), on);
    expect(rows).toMatchObject([{ id: "server.pollExchange.PollExchangeEnabled", to: { data: to }, restart: false }]);
    expect(checkPlan([{ id: rows[0]?.id ?? "", data: to }])).toMatchObject({ ok: true });
  });

  test("is not planned where it stands so, nor without the service", () => {
    expect(planPollExchange(polls(1), true).rows).toEqual([]);
    const recording = goodServer();
    recording.registry[serviceKey] = { state: "absent" };
    expect(planPollExchange(recording, true)).toEqual({ rows: [], notKnown: [] });
  });

  test("takes 0 and 1 alone", () => {
    expect(checkPlan([{ id: "server.pollExchange.PollExchangeEnabled", data: 2 }])).toMatchObject({ ok: false });
  });
});

describe("TLS 1.0 alone", () => {
  test("is set on for both sides, and nothing else is planned", () => {
    const { rows } = planTlsOne(goodServer());
    expect(rows.map(({ id, to }) => [id, (to as { data: number }).data])).toEqual([
      ["tls.1.0.client.Enabled", 1],
      ["tls.1.0.client.DisabledByDefault", 0],
      ["tls.1.0.server.Enabled", 1],
      ["tls.1.0.server.DisabledByDefault", 0],
    ]);
    expect(checkPlan(rows.map(({ id, to }) => ({ id, data: (to as { data: number }).data })))).toMatchObject({
      ok: true,
    });
  });

  test("is not planned where it is set on, and is not known where it cannot be read", () => {
    const recording = goodServer();
    for (const side of ["Client", "Server"]) {
      setKey(
        recording,
        `${protocols}\\TLS 1.0\\${side}`,
        present({ Enabled: number(1), DisabledByDefault: number(0) }),
      );
    }
    expect(planTlsOne(recording)).toEqual({ rows: [], notKnown: [] });
    setKey(recording, `${protocols}\\TLS 1.0\\Client`, unreadable);
    expect(planTlsOne(recording).notKnown).toHaveLength(2);
  });

  test("is what a service that does not start offers; reading replies becomes what it is not; others offer nothing", () => {
    const recording = goodServer();
    expect(planOffered(recording, "verify.service").rows).toHaveLength(4);
    expect(planOffered(recording, "server.service").rows).toHaveLength(4);
    expect(planOffered(recording, "tls.1.0.client").rows).toEqual([]);
    setValues(recording, serviceKey, { PollExchangeEnabled: number(0) });
    expect(planOffered(recording, "server.pollExchange").rows).toMatchObject([{ to: { data: 1 } }]);
    setValues(recording, serviceKey, { PollExchangeEnabled: number(1) });
    expect(planOffered(recording, "server.pollExchange").rows).toMatchObject([{ to: { data: 0 } }]);
  });
});

describe("the catalogue", () => {
  test("holds every SCHANNEL and .NET value, and nothing else", () => {
    expect(valueChanges).toHaveLength(20);
    expect(new Set(valueChanges.map(({ id }) => id)).size).toBe(20);
    expect(valueChanges.filter((change) => wantedData(change, "guide") !== null)).toHaveLength(20);
    expect(valueChanges.filter((change) => wantedData(change, "minimum") !== null)).toHaveLength(12);
    for (const { key } of valueChanges)
      expect(key).toMatch(/\\SCHANNEL\\Protocols\\TLS 1\.[012]\\(Client|Server)$|\\\.NETFramework\\v/);
  });
});

describe("planFor", () => {
  test("asks for nothing on a server that is as wanted", () => {
    expect(planFor(goodServer(), "guide")).toEqual({ rows: [], notKnown: [] });
  });

  test("names only what differs, with what stands there and why", () => {
    const recording = goodServer();
    setKey(recording, netKeys["v2.64"], absent);
    setKey(recording, `${protocols}\\TLS 1.0\\Client`, present({ Enabled: number(0), DisabledByDefault: text("1") }));
    const plan = planFor(recording, "guide");
    expect(planSchema.parse(plan)).toEqual(plan);
    expect(plan.rows.map(({ id, from, to }) => [id, from, to])).toEqual([
      ["tls.1.0.client.DisabledByDefault", { type: "REG_SZ", data: "1" }, { type: "REG_DWORD", data: 1 }],
      ["tls.dotnet.v2.64.SchUseStrongCrypto", "absent", { type: "REG_DWORD", data: 1 }],
      ["tls.dotnet.v2.64.SystemDefaultTlsVersions", "absent", { type: "REG_DWORD", data: 1 }],
    ]);
    expect(plan.rows[1]?.why).toMatch(/decides mail/);
  });

  test("leaves TLS 1.0 and 1.1 alone in the minimum profile", () => {
    const recording = goodServer();
    for (const version of ["1.0", "1.1", "1.2"]) setKey(recording, `${protocols}\\TLS ${version}\\Server`, absent);
    expect(planFor(recording, "minimum").rows.map(({ finding }) => finding)).toEqual([
      "tls.1.2.server",
      "tls.1.2.server",
    ]);
    expect(planFor(recording, "guide").rows).toHaveLength(6);
  });

  test("takes 0xffffffff as enabled for SCHANNEL, and not for .NET", () => {
    const recording = goodServer();
    setKey(
      recording,
      `${protocols}\\TLS 1.2\\Client`,
      present({ Enabled: number(0xffff_ffff), DisabledByDefault: number(0) }),
    );
    expect(planFor(recording, "guide").rows).toEqual([]);
    setKey(
      recording,
      netKeys["v4.64"],
      present({ SchUseStrongCrypto: number(0xffff_ffff), SystemDefaultTlsVersions: number(1) }),
    );
    expect(planFor(recording, "guide").rows).toHaveLength(1);
  });

  test("leaves alone what could not be read, and says so", () => {
    const recording = goodServer();
    setKey(recording, netKeys["v2.64"], unreadable);
    setKey(recording, netKeys["v2.32"], undefined);
    const plan = planFor(recording, "guide");
    expect(plan.rows).toEqual([]);
    expect(plan.notKnown.map(({ reason }) => reason)).toEqual([
      "access denied",
      "access denied",
      "not recorded",
      "not recorded",
    ]);
  });
});

describe("checkPlan", () => {
  const plan = (entries: unknown): PlanEntries => {
    const file = planFileSchema.parse({ format: "mim-mail-plan", version: 1, entries });
    return "entries" in file ? file.entries : [];
  };

  test("finds each entry in the catalogue", () => {
    const checked = checkPlan(plan([{ id: "tls.1.2.client.Enabled", data: 1 }, { action: "restartService" }]));
    expect(checked).toMatchObject({ ok: true, actions: ["restartService"] });
  });

  test.each([
    [
      "an unknown entry",
      [
        { id: "tls.1.2.client.Enabled", data: 1 },
        { id: "tls.1.3.client.Enabled", data: 1 },
      ],
    ],
    ["data that is not allowed", [{ id: "tls.1.2.client.Enabled", data: 2 }]],
    [
      "one value twice",
      [
        { id: "tls.1.2.client.Enabled", data: 1 },
        { id: "tls.1.2.client.Enabled", data: 0 },
      ],
    ],
  ])("refuses %s whole", (_what, entries) => {
    expect(checkPlan(plan(entries)).ok).toBe(false);
  });

  test.each([
    ["an address", [{ id: "tls.1.2.client.Enabled", data: 1, key: "HKLM\\SOFTWARE\\Run" }]],
    ["a text as data", [{ id: "tls.1.2.client.Enabled", data: "1" }]],
    ["an action that does not exist", [{ action: "run" }]],
    ["nothing", []],
  ])("a plan with %s is no plan", (_what, entries) => {
    expect(() => plan(entries)).toThrow();
  });
});
