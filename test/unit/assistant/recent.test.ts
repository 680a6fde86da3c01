import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAssistant } from "../../../electron/assistant/assistant.ts";
import type { Handlers } from "../../../electron/contract/methods.ts";

const assets = join(import.meta.dirname, "../../../assets");
const text = readFileSync(join(assets, "practice", "old-build.json"), "utf8");

let home = "";
const open = (): Handlers =>
  createAssistant({ home, assets, version: "0.0.0-test", platform: "linux", emit: () => {} });

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "mim-mail-recent-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A recording that differs from the others by its computer. */
const recordingOf = (computer: string): string => JSON.stringify({ ...JSON.parse(text), computer });

async function recentOf(handlers: Handlers): Promise<readonly { readonly id: string; readonly computer: string }[]> {
  const start = await handlers.getStart(null);
  if (!start.ok) throw new Error(start.error.message);
  return start.value.recent;
}

describe("the recordings opened before", () => {
  test("are five at most, newest first, and none lies there that is not listed", async () => {
    const handlers = open();
    for (const number of [1, 2, 3, 4, 5, 6, 7]) {
      await handlers.openRecording({ name: `${number}.json`, text: recordingOf(`MIM0${number}`) });
    }
    // Opened again it moves up, and is not listed twice.
    await handlers.openRecording({ name: "4.json", text: recordingOf("MIM04") });
    const recent = await recentOf(handlers);
    expect(recent.map(({ computer }) => computer)).toEqual(["MIM04", "MIM07", "MIM06", "MIM05", "MIM03"]);
    expect(readdirSync(join(home, "recent")).sort()).toEqual(
      [...recent.map(({ id }) => `${id}.json`), "index.json"].sort(),
    );
  });

  test("open again in another start, at the same recording", async () => {
    await open().openRecording({ name: "MIM09.json", text: recordingOf("MIM09") });
    const state = await open().getState(null);
    expect(state).toMatchObject({ ok: true, value: { server: { kind: "recorded", computer: "MIM09" } } });
  });

  test("never lead out of their folder, whatever a list or the window names", async () => {
    writeFileSync(join(home, "secret.json"), text);
    mkdirSync(join(home, "recent"));
    const forged = { name: "x", computer: "X", recordedAt: "2026-11-20T10:00:00Z", settled: 1, all: 1 };
    writeFileSync(join(home, "recent", "index.json"), JSON.stringify([{ ...forged, id: "../secret" }]));
    const handlers = open();
    expect(await recentOf(handlers)).toEqual([]);
    expect(await handlers.openRecent({ id: "../secret" })).toMatchObject({ ok: false, error: { code: "no-recent" } });
    await handlers.forgetRecent({ id: "../secret" });
    expect(readFileSync(join(home, "secret.json"), "utf8")).toBe(text);
  });

  test("and a last place that are damaged or gone do not keep the program from starting", async () => {
    mkdirSync(join(home, "recent"));
    writeFileSync(join(home, "recent", "index.json"), "{");
    writeFileSync(join(home, "place.json"), '{"server":{"kind":"recent","id":"0123456789abcdef0123456789abcdef"}}');
    expect(await open().getState(null)).toMatchObject({ ok: true, value: { server: { kind: "practice" } } });
    writeFileSync(join(home, "place.json"), "[");
    expect(await open().getState(null)).toMatchObject({ ok: true, value: { server: { kind: "practice" } } });
  });
});
