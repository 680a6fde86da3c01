import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAssistant } from "../../../electron/assistant/assistant.ts";
import { type EventValue, methods } from "../../../electron/contract/methods.ts";
import type { Outcome } from "../../../electron/contract/outcome.ts";
import type { State } from "../../../electron/contract/state.ts";
import { createPracticeServer } from "../../../electron/server/practice/practice-server.ts";

const assets = fileURLToPath(new URL("../../../assets", import.meta.url));
let home: string;
let progress: EventValue<"progress">[];
let onProgress: (value: EventValue<"progress">) => void;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "assistant-change-"));
  progress = [];
  onProgress = () => {};
});
afterEach(() => rm(home, { recursive: true, force: true }));

const assistant = () =>
  createAssistant({
    home,
    assets,
    version: "0.0.0-test",
    platform: "linux",
    now: () => new Date("2026-11-23T12:00:00Z"),
    emit: (_name, value) => {
      progress.push(value as EventValue<"progress">);
      onProgress(value as EventValue<"progress">);
    },
  });

function given<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.value;
}

const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? "ok" : outcome.error.code);
const registry = async () => JSON.parse(await readFile(join(home, "practice", "server.json"), "utf8")).registry;
const journals = () => readdir(join(home, "journal", "practice")).catch(() => []);
const idsOf = (state: State) => state.changes.plan.rows.map(({ id }) => id);
const only = { copyConfig: false, restartService: false };

describe("changing the server on show", () => {
  test("makes the changes chosen, looks again, and tells how far it is", async () => {
    const handlers = assistant();
    const [first = "", second = "", ...left] = idsOf(given(await handlers.getState(null)));
    progress = [];
    const { result, state } = given(await handlers.applyChanges({ ids: [first, second], ...only }));
    expect(methods.applyChanges.output.parse({ result, state })).toEqual({ result, state });
    expect(result).toMatchObject({ outcome: "applied", changed: 2, reason: null, done: [] });
    expect(idsOf(state)).toEqual(left);
    expect(state.changes.journals).toMatchObject([{ id: result.journal, state: "applied", kind: "apply" }]);
    expect(progress.filter(({ task }) => task === "change").map(({ fraction }) => fraction)).toEqual([
      0, 0.2, 0.6, 0.9, 1,
    ]);
  });

  test("puts back, and lists both journals with the newest first", async () => {
    const handlers = assistant();
    const ids = idsOf(given(await handlers.getState(null)));
    const before = await registry();
    const { result } = given(await handlers.applyChanges({ ids, copyConfig: true, restartService: true }));
    expect(result.done).toHaveLength(2);
    const undone = given(await handlers.undoChange({ journal: result.journal ?? "", force: false }));
    expect(undone.result).toMatchObject({ outcome: "applied", changed: ids.length });
    expect(idsOf(undone.state)).toEqual(ids);
    expect(undone.state.changes.journals.map(({ kind, state }) => [kind, state])).toEqual([
      ["undo", "applied"],
      ["apply", "undone"],
    ]);
    expect(await registry()).toEqual(before);
  });

  test("says how a change that fails ended", async () => {
    const handlers = assistant();
    const ids = idsOf(given(await handlers.getState(null)));
    const practice = createPracticeServer({ home });
    await practice.fail("writeError");
    expect(given(await handlers.applyChanges({ ids, ...only })).result).toMatchObject({ outcome: "undone" });
    await practice.fail("stuck");
    const { result, state } = given(await handlers.applyChanges({ ids, ...only }));
    expect(result).toMatchObject({ outcome: "stuck", reason: expect.stringContaining("not put back") });
    expect(state.changes.journals[0]?.state).toBe("stuck");
    const again = given(await handlers.applyChanges({ ids: idsOf(state), ...only })).result;
    expect(again).toMatchObject({ outcome: "refused", journal: null });
    await practice.fail(null);
    const recovered = given(
      await handlers.recoverChange({ journal: result.journal ?? "", how: "finish", force: false }),
    );
    expect(recovered.result).toMatchObject({ outcome: "applied" });
    expect(idsOf(recovered.state)).toEqual([]);
  });

  test("sets what a finding offers, by the finding's name alone", async () => {
    const handlers = assistant();
    const ids = idsOf(given(await handlers.getState(null)));
    given(await handlers.applyChanges({ ids, ...only }));
    const path = join(home, "practice", "server.json");
    const state = JSON.parse(await readFile(path, "utf8"));
    state.services.FIMService.status = "stopped";
    state.events[0].text = "The client and server cannot communicate, because they do not possess a common algorithm";
    state.events[0].at = state.services.FIMService.startedAt;
    await writeFile(path, JSON.stringify(state));
    const { changes } = given(await handlers.look(null));
    expect(changes.offers.map(({ finding }) => finding)).toEqual(["server.service", "verify.service"]);
    const offered = changes.offers[0]?.rows.map(({ id }) => id) ?? [];
    expect(offered).toHaveLength(4);
    expect(codeOf(await handlers.applyChanges({ ids: offered, ...only }))).toBe("not-planned");
    expect(codeOf(await handlers.applyChanges({ ids: offered, offer: "tls.costs", ...only }))).toBe("not-planned");
    const { result } = given(await handlers.applyChanges({ ids: offered, offer: "verify.service", ...only }));
    expect(result).toMatchObject({ outcome: "applied", changed: 4 });
  });

  test("names what someone else has changed, and writes over it only when told", async () => {
    const handlers = assistant();
    const ids = idsOf(given(await handlers.getState(null)));
    const { result } = given(await handlers.applyChanges({ ids, ...only }));
    const path = join(home, "practice", "server.json");
    const state = JSON.parse(await readFile(path, "utf8"));
    const key = Object.keys(state.registry).find((one) => one.endsWith("TLS 1.2\\Client")) ?? "";
    state.registry[key].Enabled = { type: "REG_DWORD", data: 9 };
    await writeFile(path, JSON.stringify(state));
    const journal = result.journal ?? "";
    const refused = given(await handlers.undoChange({ journal, force: false })).result;
    expect(refused).toMatchObject({
      outcome: "refused",
      modifiedOutside: [{ address: `${key}\\Enabled`, stands: "REG_DWORD 9" }],
    });
    expect(given(await handlers.undoChange({ journal, force: true })).result.outcome).toBe("applied");
  });

  test("can be cancelled in the midst: what was set is put back", async () => {
    const handlers = assistant();
    const ids = idsOf(given(await handlers.getState(null)));
    const before = await registry();
    onProgress = ({ task, fraction }) => {
      if (task === "change" && (fraction ?? 0) > 0.5) void handlers.cancelChange(null);
    };
    const { result } = given(await handlers.applyChanges({ ids, ...only }));
    expect(result).toMatchObject({ outcome: "undone", reason: "cancelled" });
    expect(await registry()).toEqual(before);
    onProgress = () => {};
    expect(given(await handlers.applyChanges({ ids, ...only })).result.outcome).toBe("applied");
  });

  test("does one change at a time", async () => {
    const handlers = assistant();
    const ids = idsOf(given(await handlers.getState(null)));
    const outcomes = await Promise.all([
      handlers.applyChanges({ ids, ...only }),
      handlers.applyChanges({ ids, ...only }),
    ]);
    expect(outcomes.map(codeOf).sort()).toEqual(["busy", "ok"]);
    expect(await journals()).toHaveLength(2);
  });

  test("is refused for what was not shown, for nothing, and for a recording, with nothing written", async () => {
    const handlers = assistant();
    const [first = ""] = idsOf(given(await handlers.getState(null)));
    const before = await registry();
    for (const id of ["tls.1.3.client.Enabled", "HKLM\\SOFTWARE", "tls.dotnet.v4.64.SchUseStrongCrypto"])
      expect(codeOf(await handlers.applyChanges({ ids: [first, id], ...only }))).toBe("not-planned");
    expect(codeOf(await handlers.applyChanges({ ids: [], ...only }))).toBe("nothing-chosen");
    const sample = given(await handlers.openSample({ id: "stuck-on-dotnet-2" }));
    expect(sample.changes.refusal).toMatch(/^A recording cannot be changed\./);
    expect(codeOf(await handlers.applyChanges({ ids: idsOf(sample), ...only }))).toBe("refused");
    expect(codeOf(await handlers.undoChange({ journal: "2026", force: true }))).toBe("refused");
    expect(await registry()).toEqual(before);
    expect(await journals()).toEqual([]);
  });

  test("is offered as files that do the same", async () => {
    const handlers = assistant();
    const ps1 = given(await handlers.saveScript({ format: "ps1" }));
    expect(ps1).toMatchObject({ name: "mim-mail-tls-guide.ps1", encoding: "utf8Bom" });
    expect(ps1.text).toMatch(/#Requires -RunAsAdministrator/);
    const reg = given(await handlers.saveScript({ format: "reg" }));
    const undo = given(await handlers.saveScript({ format: "undoReg" }));
    expect([reg, undo].map(({ name, encoding }) => [name, encoding])).toEqual([
      ["mim-mail-tls-guide.reg", "utf16leBom"],
      ["mim-mail-tls-guide-undo.reg", "utf16leBom"],
    ]);
    expect(reg.text.match(/=dword:/g)).toHaveLength(20);
    expect(undo.text.match(/=-\r$/gm)?.length).toBe(16);
  });
});
