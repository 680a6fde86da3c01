import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAssistant } from "../../../electron/assistant/assistant.ts";
import type { Handlers } from "../../../electron/contract/methods.ts";
import type { Outcome } from "../../../electron/contract/outcome.ts";
import { type State, stateSchema } from "../../../electron/contract/state.ts";
import { defaultTarget } from "../../../electron/contract/target.ts";

const assets = fileURLToPath(new URL("../../../assets", import.meta.url));
const sample = (id: string): Promise<string> => readFile(join(assets, "practice", `${id}.json`), "utf8");
const [configured, stuck, old] = await Promise.all(["configured", "stuck-on-dotnet-2", "old-build"].map(sample));

let home: string;
let now: Date;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "mim-mail-comparison-"));
  now = new Date("2026-11-23T12:00:00Z");
});
afterEach(() => rm(home, { recursive: true, force: true }));

function assistant(): Handlers {
  // Each call is a second later: a look takes time.
  const clock = () => {
    now = new Date(now.getTime() + 1000);
    return now;
  };
  return createAssistant({ home, assets, version: "0.0.0-test", platform: "linux", now: clock, emit: () => {} });
}

function given<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.value;
}
const became = (state: State, finding: string): string | undefined =>
  state.comparison?.findings.find((one) => one.finding === finding)?.became;

async function applyAll(handlers: Handlers): Promise<State> {
  const { rows } = given(await handlers.getState(null)).changes.plan;
  const ids = rows.map(({ id }) => id);
  return given(await handlers.applyChanges({ ids, copyConfig: false, restartService: false })).state;
}

describe("before and now", () => {
  test("are not compared while there was one look only", async () => {
    const handlers = assistant();
    expect(given(await handlers.getState(null)).comparison).toBeNull();
    expect(given(await handlers.getState(null)).comparison).toBeNull();
  });

  test("are the session's first look and the last, after a change", async () => {
    const handlers = assistant();
    const first = given(await handlers.getState(null)).server.lookedAt;
    const state = await applyAll(handlers);
    expect(stateSchema.parse(state)).toEqual(state);
    expect(state.comparison?.before).toEqual({
      label: "The first look of this session",
      at: first,
      origin: "session",
      verdict: "action",
    });
    expect(became(state, "tls.dotnet.v2.64")).toBe("fixed");
    expect(became(state, "mail.serverType")).toBe("open");
    expect(became(state, "tls.restart")).toBe("new");
    expect(state.comparison?.differences).toContainEqual({
      area: "Registry",
      address: "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v2.0.50727\\SchUseStrongCrypto",
      change: "added",
      from: null,
      to: "REG_DWORD 1",
    });
    const areas = new Set(state.comparison?.differences.map(({ area }) => area));
    expect(areas.has("Time of the recording") || areas.has("Journal")).toBe(false);
    expect(state.comparison?.leftOut).toBe(0);
  });

  test("are judged alike: what is entered on the way is no change of the server", async () => {
    const handlers = assistant();
    await handlers.getState(null);
    await handlers.look(null);
    const state = given(await handlers.setTarget({ ...defaultTarget, backupConfirmed: true }));
    expect(state.checklist.steps[0]?.findings.find(({ id }) => id === "server.backup")?.status).toBe("done");
    expect(state.comparison?.findings.filter((one) => one.became !== "open")).toEqual([]);
    expect(state.comparison?.differences).toEqual([]);
  });

  test("are kept for each server, and a recording that cannot change has none", async () => {
    const handlers = assistant();
    await handlers.getState(null);
    await applyAll(handlers);
    await handlers.openRecording({ name: "MIM01.json", text: configured ?? "" });
    expect(given(await handlers.look(null)).comparison).toBeNull();
    const back = given(await handlers.chooseServer({ kind: "practice" }));
    expect(became(back, "tls.dotnet.v2.64")).toBe("fixed");
  });

  test("can be an earlier recording or JSON report and now, until it is closed", async () => {
    const handlers = assistant();
    await handlers.openRecording({ name: "now.json", text: configured ?? "" });
    const state = given(await handlers.openBefore({ name: "before.json", text: stuck ?? "" }));
    expect(state.comparison?.before).toMatchObject({ label: "before.json", origin: "file", verdict: "action" });
    expect(became(state, "tls.dotnet.v2.64")).toBe("fixed");
    expect(state.comparison?.differences).toContainEqual(
      expect.objectContaining({ area: "Computer", from: "MIM02", to: "MIM01" }),
    );
    expect(given(await handlers.closeBefore(null)).comparison).toBeNull();

    const options = { maskNames: false, before: false, pictures: false };
    await handlers.openRecording({ name: "then.json", text: stuck ?? "" });
    const report = given(await handlers.saveReport({ format: "json", options })).text;
    await handlers.openRecording({ name: "now.json", text: configured ?? "" });
    const reopened = given(await handlers.openBefore({ name: "report.json", text: report }));
    expect(reopened.comparison).toEqual({
      ...state.comparison,
      before: { ...state.comparison?.before, label: "report.json" },
    });
  });

  test("stay as they were when the earlier file cannot be used, and the refusal names it", async () => {
    const handlers = assistant();
    await handlers.openRecording({ name: "now.json", text: configured ?? "" });
    const state = given(await handlers.openBefore({ name: "before.json", text: stuck ?? "" }));
    for (const text of [(stuck ?? "").slice(0, 500), '{"format":"other"}', "", "[]"]) {
      const refused = await handlers.openBefore({ name: "broken.json", text });
      expect(refused).toMatchObject({ ok: false, error: { message: expect.stringContaining("broken.json") } });
    }
    expect(given(await handlers.getState(null)).comparison).toEqual(state.comparison);
  });

  test("list no more than 500 differences, cut, and count the rest", async () => {
    const before = JSON.parse(configured ?? "");
    const key = "HKLM\\SOFTWARE\\Contoso";
    const values = Object.fromEntries(
      Array.from({ length: 700 }, (_, index) => [`v${index}`, { type: "REG_SZ", data: "x".repeat(5000) }]),
    );
    before.registry[key] = { state: "present", values };
    const handlers = assistant();
    await handlers.openRecording({ name: "now.json", text: configured ?? "" });
    const { comparison } = given(await handlers.openBefore({ name: "b.json", text: JSON.stringify(before) }));
    expect(comparison?.differences).toHaveLength(500);
    expect(comparison?.leftOut).toBe(201);
    expect(comparison?.differences[5]?.from).toMatch(/… \(cut: 5,\d{3} characters in all\)$/);
  });
});

describe("a farm", () => {
  const files = [
    { name: "MIM01.json", text: configured ?? "" },
    { name: "MIM02.json", text: stuck ?? "" },
    { name: "MIM02.json", text: old ?? "" },
  ];

  test("puts the server on show first, judges all by the target on show, and tells same names apart", async () => {
    const handlers = assistant();
    expect(given(await handlers.getState(null)).farm).toBeNull();
    const state = given(await handlers.openFarm({ files }));
    expect(stateSchema.parse(state)).toEqual(state);
    expect(state.farm?.servers.map(({ name, computer }) => [name, computer])).toEqual([
      ["Practice server", "MIM01"],
      ["MIM01.json", "MIM01"],
      ["MIM02.json", "MIM02"],
      ["MIM02.json (2)", expect.any(String)],
    ]);
    const row = state.farm?.rows.find(({ finding }) => finding === "tls.dotnet.v2.64");
    expect(row).toMatchObject({ differs: true });
    expect(row?.cells.map(({ status }) => status).slice(0, 3)).toEqual(["action", "done", "action"]);
  });

  test("follows the target and the server on show", async () => {
    const handlers = assistant();
    await handlers.openFarm({ files });
    const applied = await applyAll(handlers);
    expect(applied.farm?.rows.find(({ finding }) => finding === "tls.dotnet.v2.64")?.cells[0]?.status).toBe("done");
    const smtp = given(
      await handlers.setTarget({ ...defaultTarget, mailServer: "smtp", authentication: "integrated" }),
    );
    const ews = smtp.farm?.rows.find(({ finding }) => finding === "exchange.ewsEnd");
    expect(ews?.cells.map(({ status }) => status)).toEqual(Array(4).fill("notApplicable"));
    expect(given(await handlers.closeFarm(null)).farm).toBeNull();
  });

  test("is refused whole when a file is damaged, naming it, and stays as it was", async () => {
    const handlers = assistant();
    await handlers.openFarm({ files: files.slice(0, 1) });
    const damaged = { name: "half.json", text: (stuck ?? "").slice(0, 700) };
    const refused = await handlers.openFarm({ files: [...files, damaged, { name: "empty.json", text: "" }] });
    expect(refused).toMatchObject({ ok: false, error: { message: expect.stringMatching(/1 more.*half\.json/) } });
    expect(given(await handlers.getState(null)).farm?.servers).toHaveLength(2);
    expect(await handlers.openFarm({ files: [] })).toMatchObject({ ok: false, error: { code: "nothing-chosen" } });
  });
});

describe("an accepted risk", () => {
  const accepted = [
    { finding: "server.backup" as const, reason: "a snapshot is taken nightly", by: "Ada", until: "2026-12-01" },
  ];
  const backup = (state: State) => state.checklist.steps[0]?.findings.find(({ id }) => id === "server.backup");

  test("is kept in the target file with its reason, who and until when, and comes back when that day has passed", async () => {
    given(await assistant().setTarget({ ...defaultTarget, accepted }));
    const { servers } = JSON.parse(await readFile(join(home, "target.json"), "utf8"));
    expect(Object.values(servers)).toEqual([{ accepted }]);
    now = new Date("2026-12-01T12:00:00Z");
    const { finding: _finding, ...kept } = accepted[0] ?? {};
    expect(backup(given(await assistant().getState(null)))?.accepted).toEqual(kept);
    now = new Date("2026-12-03T12:00:00Z");
    const later = backup(given(await assistant().getState(null)));
    expect(later).toMatchObject({ accepted: null, status: "pending" });
    expect(later?.advice.at(-1)).toBe("Accepted by Ada until 2026-12-01; that date has passed.");
  });

  test("travels in the target file that is saved and opened", async () => {
    const handlers = assistant();
    given(await handlers.setTarget({ ...defaultTarget, accepted }));
    const file = given(await handlers.saveTarget(null));
    given(await handlers.setTarget(defaultTarget));
    expect(backup(given(await handlers.getState(null)))?.accepted).toBeNull();
    const state = given(await handlers.openTarget({ name: file.name, text: file.text }));
    expect(backup(state)?.accepted).toMatchObject({ by: "Ada" });
  });
});
