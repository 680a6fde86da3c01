import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AssistantOptions, createAssistant } from "../../../electron/assistant/assistant.ts";
import { type EventValue, methodNames, methods } from "../../../electron/contract/methods.ts";
import type { Outcome } from "../../../electron/contract/outcome.ts";
import type { State } from "../../../electron/contract/state.ts";
import { defaultTarget } from "../../../electron/contract/target.ts";
import { readRecordingText } from "../../../electron/recording/read-recording.ts";

const assets = fileURLToPath(new URL("../../../assets", import.meta.url));
let home: string;
let progress: EventValue<"progress">[];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "assistant-"));
  progress = [];
});
afterEach(() => rm(home, { recursive: true, force: true }));

function assistant(options: Partial<AssistantOptions> = {}) {
  return createAssistant({
    home,
    assets,
    version: "0.0.0-test",
    platform: "linux",
    now: () => new Date("2026-11-23T12:00:00Z"),
    emit: (name, value) => {
      if (name === "progress") progress.push(value as EventValue<"progress">);
    },
    ...options,
  });
}

function given<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.value;
}

const statusOf = (state: State, id: string): string | undefined =>
  state.checklist.steps.flatMap((step) => step.findings).find((finding) => finding.id === id)?.status;

const applicationId = "1a2b3c4d-1111-2222-3333-444455556666";

describe("the server on show", () => {
  test("is the practice server at first, off Windows", async () => {
    const state = given(await assistant().getState(null));
    expect(methods.getState.output.parse(state)).toEqual(state);
    expect(state.server).toMatchObject({ kind: "practice", label: "Practice server" });
    expect(state.checklist).toMatchObject({ server: "practice", today: "2026-11-23", verdict: "action" });
    expect(state.available.live).toBe(false);
    expect(state.available.samples.map((sample) => sample.id)).toContain("configured");
  });

  test("tells how far its look is", async () => {
    await assistant().getState(null);
    expect(progress.length).toBeGreaterThan(2);
    expect(progress.every((event) => event.task === "look" && event.text !== "")).toBe(true);
    const fractions = progress.map((event) => event.fraction ?? 0);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  });

  test("stays on show without another look until one is asked for", async () => {
    const handlers = assistant();
    await handlers.getState(null);
    const looks = progress.length;
    await handlers.getState(null);
    expect(progress).toHaveLength(looks);
    await handlers.look(null);
    expect(progress.length).toBeGreaterThan(looks);
  });

  test("can be a sample, judged against the target it brings", async () => {
    const state = given(await assistant().openSample({ id: "configured" }));
    expect(state.server).toMatchObject({ kind: "recorded", label: "Fully configured server" });
    expect(["done", "attention"]).toContain(state.checklist.verdict);
    expect(statusOf(state, "server.elevation")).toBe("notApplicable");
  });

  test("can be a recording the person chose, judged against their own target", async () => {
    const handlers = assistant();
    await handlers.setTarget({ ...defaultTarget, applicationId });
    const text = await readFile(join(assets, "practice", "configured.json"), "utf8");
    const state = given(await handlers.openRecording({ name: "MIM01.json", text }));
    expect(state.server).toMatchObject({ kind: "recorded", label: "MIM01.json" });
    expect(state.checklist.server).toBe("MIM01.json");
    expect(state.target.applicationId).toBe(applicationId);
  });

  test("stays what it was when a recording cannot be read", async () => {
    const handlers = assistant();
    const text = await readFile(join(assets, "practice", "configured.json"), "utf8");
    const half = await handlers.openRecording({ name: "half.json", text: text.slice(0, text.length / 2) });
    expect(half).toMatchObject({ ok: false, error: { code: "not-json" } });
    expect(half.ok ? "" : half.error.message).toContain("half.json");
    expect(given(await handlers.getState(null)).server.kind).toBe("practice");
  });

  test("cannot be a sample that does not exist, nor a path", async () => {
    for (const id of ["none", "../practice/configured", "configured.json"]) {
      expect(await assistant().openSample({ id })).toMatchObject({ ok: false, error: { cure: expect.any(String) } });
    }
  });

  test("cannot be this computer off Windows, nor where the host forbids it", async () => {
    for (const options of [{}, { platform: "win32", servers: { live: false } }] as const) {
      const handlers = assistant(options);
      expect(await handlers.chooseServer({ kind: "live" })).toMatchObject({
        ok: false,
        error: { code: "no-live-server" },
      });
      const state = given(await handlers.getState(null));
      expect([state.server.kind, state.available.live]).toEqual(["practice", false]);
    }
  });

  test("is started over with the practice server", async () => {
    const handlers = assistant();
    await handlers.openSample({ id: "configured" });
    const state = given(await handlers.resetPractice({ wishes: false }));
    expect(state.server.kind).toBe("practice");
  });
});

describe("the target", () => {
  test("is judged at once and kept for the next start", async () => {
    const handlers = assistant();
    const before = given(await handlers.getState(null));
    expect(statusOf(before, "server.backup")).toBe("pending");
    const after = given(await handlers.setTarget({ ...defaultTarget, backupConfirmed: true }));
    expect(statusOf(after, "server.backup")).toBe("done");
    const next = given(await assistant().getState(null));
    expect(next.target.backupConfirmed).toBe(true);
    expect((await readdir(home)).filter((name) => name.includes("tmp"))).toEqual([]);
  });

  test("of a sample changes in memory and leaves the person's own alone", async () => {
    const handlers = assistant();
    await handlers.setTarget({ ...defaultTarget, applicationId });
    const sample = given(await handlers.openSample({ id: "configured" }));
    const changed = given(await handlers.setTarget({ ...sample.target, mailServer: "smtp" }));
    expect(changed.target.mailServer).toBe("smtp");
    expect(statusOf(changed, "mail.serverType")).toBe("action");
    expect(given(await handlers.look(null)).target.mailServer).toBe("smtp");
    expect(given(await handlers.openSample({ id: "configured" })).target.mailServer).toBe("office365");
    const practice = given(await handlers.chooseServer({ kind: "practice" }));
    expect(practice.target).toMatchObject({ mailServer: "office365", applicationId });
  });

  test("comes out of a file as it went in", async () => {
    const handlers = assistant();
    const target = { ...defaultTarget, applicationId, serviceEmail: "mim@contoso.com" };
    await handlers.setTarget(target);
    const file = given(await handlers.saveTarget(null));
    expect(file.name).toBe("mim-mail-target.json");
    await handlers.setTarget(defaultTarget);
    const state = given(await handlers.openTarget({ name: file.name, text: file.text }));
    expect(state.target).toEqual(target);
  });

  test.each([
    ['{"clientSecret":"x"}', "clientSecret"],
    ['{"colour":"blue"}', "colour"],
    ["{", "chosen.json"],
  ])("is not taken from %s", async (text, named) => {
    const handlers = assistant();
    const outcome = await handlers.openTarget({ name: "chosen.json", text });
    expect(outcome.ok ? "" : outcome.error.message).toContain(named);
    expect(given(await handlers.getState(null)).target).toEqual(defaultTarget);
    expect(await readdir(home)).not.toContain("target.json");
  });

  test("that was damaged on disk is told once, set aside, and never lost", async () => {
    await writeFile(join(home, "target.json"), '{"applicationId": 5');
    const handlers = assistant();
    const first = await handlers.getState(null);
    expect(first).toMatchObject({ ok: false, error: { code: "set-aside" } });
    expect(first.ok ? "" : first.error.cure).toContain("target.json.damaged-20261123T120000Z");
    expect(given(await handlers.getState(null)).target).toEqual(defaultTarget);
    expect(await readFile(join(home, "target.json.damaged-20261123T120000Z"), "utf8")).toBe('{"applicationId": 5');
  });
});

describe("a look", () => {
  test("is joined by whoever asks for one meanwhile", async () => {
    const handlers = assistant();
    const [first, second] = await Promise.all([handlers.look(null), handlers.look(null)]);
    expect(given(first).server.lookedAt).toBe(given(second).server.lookedAt);
    expect(progress.filter((event) => event.fraction === 0)).toHaveLength(1);
  });

  test("that is cancelled says so and changes nothing", async () => {
    const handlers = assistant({
      emit: () => {
        void handlers.cancelLook(null);
      },
    });
    expect(await handlers.getState(null)).toMatchObject({ ok: false, error: { code: "look-cancelled" } });
    const calm = assistant();
    await calm.openSample({ id: "configured" });
    expect(await calm.cancelLook(null)).toEqual({ ok: true, value: null });
    expect(given(await calm.getState(null)).server.label).toBe("Fully configured server");
  });

  test("ends when the person turns to another server", async () => {
    const handlers = assistant();
    const practice = handlers.getState(null);
    const sample = handlers.openSample({ id: "old-build" });
    expect(given(await sample).server.label).toBe("Old build on Exchange Server");
    await practice;
    expect(given(await handlers.getState(null)).server.label).toBe("Old build on Exchange Server");
  });
});

describe("what is handed out", () => {
  test("is a recording that can be opened again", async () => {
    const handlers = assistant();
    const file = given(await handlers.saveRecording(null));
    expect(file.name).toMatch(/^mim-mail-recording-[A-Za-z0-9-]+-2026-11-23\.json$/);
    expect(readRecordingText(file.text, file.name).computer).toBe(given(await handlers.getState(null)).server.computer);
    expect(given(await handlers.openRecording(file)).server.label).toBe(file.name);
  });

  test("is a calendar of the dates ahead", async () => {
    const handlers = assistant();
    await handlers.setTarget({ ...defaultTarget, secretExpires: "2027-06-01" });
    const file = given(await handlers.saveCalendar(null));
    expect(file).toMatchObject({ mediaType: "text/calendar", encoding: "utf8" });
    expect(file.name).toMatch(/^mim-mail-dates-[A-Za-z0-9-]+-2026-11-23\.ics$/);
    expect(file.text.match(/SUMMARY:.*/g)).toEqual([
      "SUMMARY:MIM mail: Exchange Web Services end in Exchange Online",
      "SUMMARY:MIM mail: Client secret expires",
    ]);
  });

  test("is a report in each format, under a name no computer's name can bend", async () => {
    const handlers = assistant();
    const recording = given(await handlers.saveRecording(null));
    const odd = recording.text.replace(/"computer": "[^"]*"/, '"computer": "../..\\\\MIM 01"');
    await handlers.openRecording({ name: "odd.json", text: odd });
    const options = { maskNames: false, before: true, pictures: true };
    const html = given(await handlers.saveReport({ format: "html", options }));
    expect(html.name).toBe("mim-mail-report--MIM-01-2026-11-23.html");
    expect(html.mediaType).toBe("text/html");
    expect(html.text.toLowerCase()).toContain("<!doctype html>");
    const json = given(await handlers.saveReport({ format: "json", options }));
    expect(JSON.parse(json.text)).toHaveProperty("checklist");
  });
});

describe("settings", () => {
  test("are kept for the next start", async () => {
    expect(given(await assistant().getSettings(null))).toEqual({ theme: "system" });
    expect(given(await assistant().setSettings({ theme: "dark" }))).toEqual({ theme: "dark" });
    expect(given(await assistant().getSettings(null))).toEqual({ theme: "dark" });
  });
});

test("every method of the contract has a handler", () => {
  expect(Object.keys(assistant()).sort()).toEqual([...methodNames].sort());
});

test("a home that cannot be written is an outcome with a cure", async () => {
  await writeFile(join(home, "file"), "");
  const outcome = await assistant({ home: join(home, "file", "home") }).setSettings({ theme: "dark" });
  expect(outcome).toMatchObject({ ok: false, error: { cure: expect.stringContaining("MIM_MAIL_HOME") } });
});
