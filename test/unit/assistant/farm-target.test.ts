import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAssistant } from "../../../electron/assistant/assistant.ts";
import { farmTargetOf, targetOfServer, withTargetOfServer } from "../../../electron/assistant/farm-target.ts";
import type { Handlers } from "../../../electron/contract/methods.ts";
import type { Outcome } from "../../../electron/contract/outcome.ts";
import type { State } from "../../../electron/contract/state.ts";
import { confirmationFields, defaultTarget, type Target, targetSchema } from "../../../electron/contract/target.ts";

const assets = fileURLToPath(new URL("../../../assets", import.meta.url));
const recordingOf = (id: string): Promise<string> => readFile(join(assets, "practice", `${id}.json`), "utf8");
/** Of MIM01 and MIM02. */
const [configured, stuck] = await Promise.all([recordingOf("configured"), recordingOf("stuck-on-dotnet-2")]);

const accepted: Target["accepted"] = [{ finding: "server.windows", reason: "known", by: "Kim", until: "2027-01-01" }];
const confirmed: Target = {
  ...defaultTarget,
  serviceEmail: "mim@contoso.com",
  backupConfirmed: "2026-11-20",
  mailboxConfirmed: true,
  mailConfirmed: "2026-11-22",
  accepted,
};
const wishes: Target = { ...defaultTarget, serviceEmail: "mim@contoso.com" };

describe("the target of a server", () => {
  test("has the shared wishes, and of confirmations its own alone", () => {
    const farm = { target: wishes, servers: { Mim01: { backupConfirmed: true }, MIM02: { accepted } } };
    expect(targetOfServer(farm, "MIM01", false)).toEqual({ ...wishes, backupConfirmed: true });
    expect(targetOfServer(farm, "mim02", false)).toEqual({ ...wishes, accepted });
    expect(targetOfServer(farm, "MIM03", true)).toEqual(wishes);
  });

  test("has those at the top where it is alone", () => {
    expect(targetOfServer(farmTargetOf(confirmed), "MIM01", true)).toEqual(confirmed);
    expect(targetOfServer(farmTargetOf(confirmed), "MIM01", false)).toEqual(wishes);
  });

  test("gets what is confirmed anew, and what named no server before, and no other server does", () => {
    const farm = withTargetOfServer(farmTargetOf(confirmed), "MIM01", { ...confirmed, allowListConfirmed: true });
    const { mailServer: _server, authentication: _kind, tlsProfile: _profile, serviceEmail: _mail, ...own } = confirmed;
    expect(farm).toEqual({ target: wishes, servers: { MIM01: { ...own, allowListConfirmed: true } } });
    expect(targetOfServer(farm, "MIM02", true)).toEqual(wishes);
  });

  test("leaves confirmations where they are when only a wish changes", () => {
    const farm = { target: confirmed, servers: { MIM02: { backupConfirmed: true } } };
    const changed = { ...targetOfServer(farm, "MIM01", true), serviceEmail: "other@contoso.com" };
    expect(withTargetOfServer(farm, "MIM01", changed)).toEqual({
      target: { ...confirmed, serviceEmail: "other@contoso.com" },
      servers: farm.servers,
    });
  });

  test("loses a confirmation that is taken back", () => {
    const farm = { target: wishes, servers: { mim01: { mailConfirmed: "2026-11-22" }, MIM02: { accepted } } };
    expect(withTargetOfServer(farm, "MIM01", wishes)).toEqual({ target: wishes, servers: { MIM02: { accepted } } });
  });

  test("is a practice server's alone: a computer of its name has none of what was confirmed in practice", () => {
    const farm = withTargetOfServer(farmTargetOf(wishes), "MIM01", confirmed, "practice");
    expect(Object.keys(farm.servers)).toEqual(["practice"]);
    expect(targetOfServer(farm, "MIM01", true, "practice")).toEqual(confirmed);
    expect(targetOfServer(farm, "MIM01", true)).toEqual(wishes);
    const both = withTargetOfServer(farm, "MIM01", { ...wishes, backupConfirmed: true });
    expect(Object.keys(both.servers)).toEqual(["practice", "MIM01"]);
    const none = withTargetOfServer(both, "MIM01", wishes, "practice");
    expect(targetOfServer(none, "MIM01", true, "practice")).toEqual(wishes);
    expect(targetOfServer(none, "MIM01", true).backupConfirmed).toBe(true);
  });

  test("tells every confirmation from a wish", () => {
    const named = Object.keys(targetSchema.shape).filter(
      (field) => field.endsWith("Confirmed") || field === "accepted" || field === "changeModeSteps",
    );
    expect([...confirmationFields].sort()).toEqual(named.sort());
  });
});

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "mim-mail-farm-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

function assistant(): Handlers {
  const now = () => new Date("2026-11-23T12:00:00Z");
  return createAssistant({ home, assets, version: "0.0.0-test", platform: "linux", now, emit: () => {} });
}
function given<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.value;
}
const backup = (state: State): (string | undefined)[] =>
  state.farm?.rows.find(({ finding }) => finding === "server.backup")?.cells.map(({ status }) => status) ?? [];
const open = async (handlers: Handlers, text: string): Promise<State> =>
  given(await handlers.openRecording({ name: "opened.json", text }));

describe("in the window, a confirmation", () => {
  test("is the shown server's, and not that of the servers beside it", async () => {
    const handlers = assistant();
    await open(handlers, configured);
    given(await handlers.setTarget(confirmed));
    const state = given(await handlers.openFarm({ files: [{ name: "MIM02.json", text: stuck }] }));
    expect(backup(state)).toEqual(["done", "pending"]);
    const { rows = [] } = state.farm ?? {};
    const email = rows.find(({ finding }) => finding === "account.email")?.cells.map(({ actual }) => actual);
    expect(email).toEqual(Array(2).fill("The service sends from mimservice@contoso.com"));
  });

  test("is kept by server, over a start and beside another on show", async () => {
    const first = assistant();
    await open(first, configured);
    given(await first.setTarget(confirmed));
    const handlers = assistant();
    const other = await open(handlers, stuck);
    expect(other.target).toEqual(wishes);
    expect(backup(given(await handlers.openFarm({ files: [{ name: "MIM01.json", text: configured }] })))).toEqual([
      "pending",
      "done",
    ]);
    given(await handlers.setTarget({ ...other.target, mailboxConfirmed: true }));
    expect((await open(handlers, configured)).target).toEqual(confirmed);
    const file = JSON.parse(given(await handlers.saveTarget(null)).text);
    expect(file).toMatchObject({ servers: { MIM01: { accepted }, MIM02: { mailboxConfirmed: true } } });
    expect(file).not.toHaveProperty("backupConfirmed");
  });

  test("of the practice server is not that of a real server of its name", async () => {
    const handlers = assistant();
    const practice = given(await handlers.chooseServer({ kind: "practice" }));
    given(await handlers.setTarget(confirmed));
    const text = configured.replace('"MIM01"', JSON.stringify(practice.server.computer));
    expect((await open(handlers, text)).target).toEqual(wishes);
    expect(given(await handlers.chooseServer({ kind: "practice" })).target).toEqual(confirmed);
  });

  test("of an old target file is that of the server on show alone", async () => {
    await writeFile(join(home, "target.json"), JSON.stringify(confirmed));
    const handlers = assistant();
    expect((await open(handlers, configured)).target).toEqual(confirmed);
    expect(backup(given(await handlers.openFarm({ files: [{ name: "MIM02.json", text: stuck }] })))).toEqual([
      "done",
      "pending",
    ]);
  });

  test("does not hold for a report's servers beside it, nor for an earlier look at another server", async () => {
    const handlers = assistant();
    await open(handlers, configured);
    given(await handlers.setTarget(confirmed));
    given(await handlers.openFarm({ files: [{ name: "MIM02.json", text: stuck }] }));
    const before = given(await handlers.openBefore({ name: "before.json", text: stuck }));
    const compared = (findings: { finding: string; before: { status: string } }[] = []) =>
      findings.find(({ finding }) => finding === "server.backup")?.before.status;
    expect(compared(before.comparison?.findings)).toBe("pending");
    const options = { maskNames: false, before: true, pictures: false };
    const { report } = JSON.parse(given(await handlers.saveReport({ format: "json", options })).text);
    expect(backup({ farm: report.farm } as State)).toEqual(["done", "pending"]);
    expect(compared(report.comparison.findings)).toBe("pending");
  });
});
