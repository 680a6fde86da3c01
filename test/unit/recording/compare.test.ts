import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compareRecordings, equalButTimeAndJournal } from "../../../electron/recording/compare.ts";
import { type Recording, recordingSchema } from "../../../electron/recording/recording.ts";
import { readSample } from "../../../electron/server/practice/samples.ts";

const assets = join(import.meta.dirname, "../../../assets");
const { recording: configured } = await readSample(assets, "configured");
const { recording: stuck } = await readSample(assets, "stuck-on-dotnet-2");

const empty: Recording = recordingSchema.parse({
  format: "mim-mail-recording",
  version: 1,
  recordedAt: "2026-11-23T10:00:00Z",
  computer: "MIM01",
});
const key = "HKLM\\SOFTWARE\\Contoso";
const withKey = (values: unknown): Recording =>
  recordingSchema.parse({ ...empty, registry: { [key]: { state: "present", values } } });

describe("comparing recordings", () => {
  test("finds nothing between a recording and itself", () => {
    for (const recording of [configured, stuck, empty]) expect(compareRecordings(recording, recording)).toEqual([]);
  });

  test("finds what was missing on the server of the guide's author", () => {
    const found = compareRecordings(stuck, configured);
    expect(found).toContainEqual({
      area: "registry",
      address: "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v2.0.50727\\SchUseStrongCrypto",
      change: "added",
      from: null,
      to: "REG_DWORD 1",
    });
    expect(found).toContainEqual(expect.objectContaining({ area: "computer", from: "MIM02", to: "MIM01" }));
    expect(found).toContainEqual(expect.objectContaining({ area: "events", change: "removed", from: "6 events" }));
  });

  test("is the same the other way round, turned", () => {
    const turned = compareRecordings(configured, stuck).map(({ area, address, from, to }) => [area, address, to, from]);
    const straight = compareRecordings(stuck, configured).map(({ area, address, from, to }) => [
      area,
      address,
      from,
      to,
    ]);
    const registry = (list: unknown[][]) =>
      list
        .filter(([area]) => area === "registry")
        .map(String)
        .sort();
    expect(registry(turned)).toEqual(registry(straight));
    expect(turned).toHaveLength(straight.length);
  });

  test.each([
    ["a value that came", {}, { A: { type: "REG_SZ", data: "x" } }, "added", null, 'REG_SZ "x"'],
    ["a value that went", { A: { type: "REG_SZ", data: "x" } }, {}, "removed", 'REG_SZ "x"', null],
    [
      "other data",
      { A: { type: "REG_DWORD", data: 1 } },
      { A: { type: "REG_DWORD", data: 0 } },
      "changed",
      "REG_DWORD 1",
      "REG_DWORD 0",
    ],
    [
      "another type with the same look",
      { A: { type: "REG_SZ", data: "1" } },
      { A: { type: "REG_EXPAND_SZ", data: "1" } },
      "changed",
      'REG_SZ "1"',
      'REG_EXPAND_SZ "1"',
    ],
    [
      "a text that was a number",
      { A: { type: "REG_DWORD", data: 1 } },
      { A: { type: "REG_SZ", data: "1" } },
      "changed",
      "REG_DWORD 1",
      'REG_SZ "1"',
    ],
    [
      "items that look joined",
      { A: { type: "REG_MULTI_SZ", data: ["a", "b"] } },
      { A: { type: "REG_MULTI_SZ", data: ["a,b"] } },
      "changed",
      'REG_MULTI_SZ ["a","b"]',
      'REG_MULTI_SZ ["a,b"]',
    ],
    [
      "a secret that came",
      {},
      { A: { type: "REG_SZ", redacted: true, looksEncrypted: true } },
      "added",
      null,
      "REG_SZ present, encrypted",
    ],
  ])("shows %s with its type", (_what, before, after, change, from, to) => {
    expect(compareRecordings(withKey(before), withKey(after))).toEqual([
      { area: "registry", address: `${key}\\A`, change, from, to },
    ]);
  });

  test("does not take the case of names and a trailing backslash for a difference", () => {
    const before = recordingSchema.parse({
      ...empty,
      registry: { [key]: { state: "present", values: { Enabled: { type: "REG_DWORD", data: 1 } } } },
      files: { "C:\\Install\\": { state: "present" } },
    });
    const after = recordingSchema.parse({
      ...empty,
      registry: { [key.toUpperCase()]: { state: "present", values: { ENABLED: { type: "REG_DWORD", data: 1 } } } },
      files: { "c:\\install": { state: "present" } },
    });
    expect(compareRecordings(before, after)).toEqual([]);
  });

  test("tells absent, unreadable and not recorded apart", () => {
    const state = (fact: unknown) => recordingSchema.parse({ ...empty, registry: fact ? { [key]: fact } : {} });
    const states = [null, { state: "absent" }, { state: "unreadable", reason: "access denied" }, { state: "present" }];
    const shown = [null, "absent", "unreadable: access denied", "present"];
    for (const [one, before] of states.entries()) {
      for (const [other, after] of states.entries()) {
        const found = compareRecordings(state(before), state(after));
        if (one === other) expect(found).toEqual([]);
        else expect(found).toMatchObject([{ address: key, from: shown[one], to: shown[other] }]);
      }
    }
  });

  test("sums a text up by its lines and does not repeat it", () => {
    const text = (lines: string) =>
      recordingSchema.parse({ ...empty, texts: { "C:\\a.config": { state: "present", text: lines } } });
    const found = (before: string, after: string) => compareRecordings(text(before), text(after))[0];
    expect(found("one\ntwo\nthree", "one\n2\nthree")).toMatchObject({
      from: "3 lines, 1 taken away",
      to: "3 lines, 1 new",
    });
    expect(found("one\ntwo", "two\none")).toMatchObject({ from: "2 lines", to: "2 lines, in another order or form" });
    expect(found("same\nsame", "same")).toMatchObject({ from: "2 lines, 1 taken away", to: "1 line, 0 new" });
    expect(found("a\r\nb", "a\nb")).toMatchObject({ change: "changed" });
    expect(JSON.stringify(found("password-in-a-line", "other"))).not.toContain("password");
  });

  test.each<[string, Partial<Record<keyof Recording, unknown>>, Partial<Record<keyof Recording, unknown>>]>([
    ["windows", { windows: { build: "10.0.20348" } }, { windows: { build: "10.0.17763" } }],
    [
      "services",
      { services: { FIMService: { state: "present", status: "running" } } },
      { services: { FIMService: { state: "present", status: "stopped" } } },
    ],
    [
      "services",
      { services: { FIMService: { state: "present", status: "running", startedAt: "2026-11-20T10:00:00Z" } } },
      { services: { FIMService: { state: "present", status: "running", startedAt: "2026-11-21T10:00:00Z" } } },
    ],
    [
      "files",
      { files: { "C:\\a.exe": { state: "present", version: "4.6.607.0" } } },
      { files: { "C:\\a.exe": { state: "present", version: "4.6.673.0" } } },
    ],
    [
      "accounts",
      { accounts: { "CONTOSO\\a": { state: "present", sid: "S-1-5-1" } } },
      { accounts: { "CONTOSO\\a": { state: "absent" } } },
    ],
    ["events", { events: { state: "present", items: [] } }, { events: { state: "unreadable", reason: "closed" } }],
    ["journal", {}, { journal: [{ id: "1", state: "applied" }] }],
    [
      "installerRuns",
      { installerRuns: [{ startedAt: "2026-11-20T10:00:00Z", exitCode: 0 }] },
      { installerRuns: [{ startedAt: "2026-11-20T10:00:00Z", exitCode: 1603 }] },
    ],
    [
      "installerRuns",
      { installerRuns: [{ exitCode: 0, secretsInLog: 0 }] },
      { installerRuns: [{ exitCode: 0, secretsInLog: 2 }] },
    ],
    ["cloud", {}, { cloud: { at: "2026-11-23T10:00:00Z", signIn: { ok: true } } }],
    [
      "cloud",
      { cloud: { at: "2026-11-23T10:00:00Z", ews: { ok: true } } },
      { cloud: { at: "2026-11-23T10:00:00Z", ews: { error: "403" } } },
    ],
    ["time", {}, { recordedAt: "2026-11-24T10:00:00Z" }],
  ])("finds a difference in %s and in nothing else", (area, before, after) => {
    const found = compareRecordings(
      recordingSchema.parse({ ...empty, ...before }),
      recordingSchema.parse({ ...empty, ...after }),
    );
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map((difference) => difference.area))).toEqual(new Set([area]));
    expect(equalButTimeAndJournal(found)).toBe(area === "time" || area === "journal");
  });

  test("counts new events", () => {
    const event = (at: string) => ({
      log: "Application",
      provider: "Microsoft.ResourceManagement",
      id: 12,
      at,
      text: "x",
    });
    const events = (...at: string[]) =>
      recordingSchema.parse({ ...empty, events: { state: "present", items: at.map(event) } });
    const [first, second, third] = ["2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z", "2026-11-23T09:30:00Z"] as const;
    expect(compareRecordings(events(first), events(first, second, third))).toEqual([
      { area: "events", address: "event logs", change: "added", from: null, to: "2 events" },
    ]);
  });
});
