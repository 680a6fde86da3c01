import { describe, expect, test } from "vitest";
import { type FarmServer, farmOfServers } from "../../../electron/checklist/farm.ts";
import { judge } from "../../../electron/checklist/judge.ts";
import { findingIds } from "../../../electron/contract/checklist.ts";
import { farmSchema } from "../../../electron/contract/comparison.ts";
import { type Target, targetSchema } from "../../../electron/contract/target.ts";
import { serviceKey } from "../../../electron/facts/service.ts";
import type { Recording } from "../../../electron/recording/recording.ts";
import { goodServer, goodTarget, netKeys, setKey, setValues, today } from "./server-case.ts";

const ewsEnd = { finding: "exchange.ewsEnd" as const, reason: "known", by: "Ada", until: "2027-12-31" };
const quietTarget = targetSchema.parse({ ...goodTarget, accepted: [ewsEnd] });

/** A server like the good one, but for what is changed on it and what was ticked off. */
function server(
  name: string,
  change: (recording: Recording) => void = () => {},
  target: Partial<Target> = {},
): FarmServer {
  const recording = goodServer();
  recording.computer = name.toUpperCase();
  change(recording);
  const wanted = { ...quietTarget, ...target };
  const checklist = judge({ recording, target: wanted, today, server: { name } });
  return { name, recording, checklist, target: wanted };
}
const withoutNet2 = (recording: Recording) => setKey(recording, netKeys["v2.64"], { state: "absent" });

describe("servers side by side", () => {
  test("have a row a finding and a cell a server, and differences are marked", () => {
    const farm = farmOfServers([server("a.json"), server("b.json", withoutNet2)]);
    expect(farmSchema.parse(farm)).toEqual(farm);
    expect(farm.servers.map(({ name, verdict }) => [name, verdict])).toEqual([
      ["a.json", "done"],
      ["b.json", "action"],
    ]);
    expect(farm.rows.map(({ finding }) => finding)).toEqual(Object.values(findingIds).flat());
    const differing = farm.rows.filter(({ differs }) => differs);
    expect(differing).toEqual([
      expect.objectContaining({
        finding: "tls.dotnet.v2.64",
        cells: [expect.objectContaining({ status: "done" }), expect.objectContaining({ status: "action" })],
      }),
    ]);
  });

  test("differ in what they say, even with one status", () => {
    const older = (recording: Recording): void => {
      recording.windows = { ...recording.windows, caption: "Windows Server 2019 Standard" };
    };
    const farm = farmOfServers([server("a"), server("b", older), server("c")]);
    expect(farm.rows.filter(({ differs }) => differs).map(({ finding }) => finding)).toEqual(["server.windows"]);
  });

  test("of one name are told apart, and no name is given twice", () => {
    const names = ["a.json", "a.json (2)", "a.json", "A.JSON", "a.json"];
    const farm = farmOfServers(names.map((name) => server(name)));
    expect(farm.servers.map(({ name }) => name)).toEqual([
      "a.json",
      "a.json (2)",
      "a.json (3)",
      "A.JSON (4)",
      "a.json (5)",
    ]);
  });

  test("are none for no server", () => {
    expect(farmOfServers([])).toEqual({ servers: [], settings: [], rows: [], order: [], failed: [] });
  });
});

describe("what the nodes of one MIM Service share", () => {
  const database = (name: string) => (recording: Recording) => {
    setValues(recording, serviceKey, { DatabaseServer: { type: "REG_SZ", data: name } });
  };
  const other =
    (change: (recording: Recording) => void, name = "b") =>
    (recording: Recording) => {
      database(name)(recording);
      change(recording);
    };
  const differing = (servers: readonly FarmServer[]) =>
    farmOfServers(servers)
      .settings.filter(({ status }) => status === "action" || status === "attention")
      .map(({ id, status, cells }) => ({ id, status, cells }));

  test("is the same on two that are alike", () => {
    expect(differing([server("a"), server("b")])).toEqual([]);
  });

  test("stands first where it differs, with what each has and what to do", () => {
    const account = (recording: Recording): void =>
      setValues(recording, serviceKey, { ObjectName: { type: "REG_SZ", data: "CONTOSO\\other" } });
    const farm = farmOfServers([server("a"), server("b", account), server("c", withoutNet2)]);
    expect(farm.settings.slice(0, 2).map(({ id, status }) => [id, status])).toEqual([
      ["serviceAccount", "action"],
      ["tls.dotnet.v2.64", "attention"],
    ]);
    expect(farm.settings[0]?.cells).toEqual(["CONTOSO\\svcMIMService", "CONTOSO\\other", "CONTOSO\\svcMIMService"]);
    expect(farm.settings[0]?.advice[0]).toMatch(/^Decide which account is right/);
    expect(farmSchema.parse(farm)).toEqual(farm);
  });

  test("is compared without regard to case, and between servers of one database alone", () => {
    const account = (data: string) => (recording: Recording) =>
      setValues(recording, serviceKey, { ObjectName: { type: "REG_SZ", data } });
    expect(differing([server("a"), server("b", account("contoso\\SVCMIMSERVICE"))])).toEqual([]);
    const apart = [server("a", database("SQL01")), server("b", other(account("CONTOSO\\other"), "SQL02"))];
    expect(differing(apart)).toEqual([]);
    const together = [server("a", database("SQL01")), server("b", other(account("CONTOSO\\other"), "sql01"))];
    expect(differing(together).map(({ id }) => id)).toEqual(["serviceAccount"]);
  });

  test("is not known, and differs from nothing, where it could not be read", () => {
    const closed = (recording: Recording) =>
      setKey(recording, serviceKey, { state: "unreadable", reason: "access denied" });
    const setting = farmOfServers([server("a"), server("b", closed)]).settings.find(
      ({ id }) => id === "serviceAccount",
    );
    expect(setting).toMatchObject({ status: "unknown", cells: ["CONTOSO\\svcMIMService", null] });
  });
});

describe("Change mode on several nodes", () => {
  const asks = { applicationId: "11111111-2222-4333-8444-555555555555" };

  test("is nothing to do where none asks for it", () => {
    expect(farmOfServers([server("a"), server("b")]).order).toEqual([]);
  });

  test("is done one node after the other: those that ask for it, each with its four steps", () => {
    const { order } = farmOfServers([server("a"), server("b", undefined, asks), server("c", undefined, asks)]);
    expect(order.map(({ computer, server: place }) => [computer, place])).toEqual([
      ["B", 1],
      ["C", 2],
    ]);
    expect(order[0]?.steps.map(({ id, done }) => [id, done])).toEqual([
      ["drained", false],
      ["changeMode", false],
      ["verified", false],
      ["returned", false],
    ]);
  });

  test("goes on with the node that was begun, and ends when it is back in the load balancer", () => {
    const begun = { ...asks, changeModeSteps: { drained: "2026-11-23" } };
    const { order } = farmOfServers([server("a", undefined, asks), server("b", undefined, begun)]);
    expect(order.map(({ computer }) => computer)).toEqual(["B", "A"]);
    expect(order[0]?.steps[0]).toMatchObject({ id: "drained", done: true, day: "2026-11-23" });

    const ran = { changeModeSteps: { drained: "2026-11-23" } };
    const [node] = farmOfServers([server("a", undefined, ran)]).order;
    expect(node?.steps.map(({ id, done, day }) => [id, done, day])).toEqual([
      ["drained", true, "2026-11-23"],
      ["changeMode", true, null],
      ["verified", true, null],
      ["returned", false, null],
    ]);
    const whole = { changeModeSteps: { drained: "2026-11-23", returned: "2026-11-23" } };
    expect(farmOfServers([server("a", undefined, whole)]).order).toEqual([]);
  });
});
