import { describe, expect, test } from "vitest";
import type { JournalEntry } from "../../../electron/contract/history.ts";
import { defaultTarget, type Target } from "../../../electron/contract/target.ts";
import { timelineEntrySchema } from "../../../electron/contract/verify.ts";
import { type CloudMeaning, timelineLimit, timelineOf } from "../../../electron/facts/timeline.ts";
import type { EventItem, Recording } from "../../../electron/recording/recording.ts";
import { goodServer, goodTarget } from "../checklist/server-case.ts";

const event12 = (at: string, text = "The service cannot connect to the Exchange Web Service."): EventItem => ({
  log: "Application",
  provider: "Microsoft.ResourceManagement.ServiceHealthSource",
  id: 12,
  level: "Error",
  at,
  text,
});
const events = (...items: EventItem[]): Recording["events"] => ({ state: "present", items });

/** A server with no times at all, changed. */
function timeline(changes: Partial<Recording>, target: Target = defaultTarget, meaning?: CloudMeaning) {
  const bare: Recording = { ...goodServer(), windows: null, services: {}, cloud: null };
  const made = timelineOf({ ...bare, ...changes }, target, meaning);
  for (const entry of made.timeline) expect(timelineEntrySchema.parse(entry)).toEqual(entry);
  return made.timeline.filter(({ kind }) => kind !== "look");
}

describe("the line of time", () => {
  test("puts everything that happened on one line, newest first", () => {
    const recording: Recording = {
      ...goodServer(),
      journal: [
        {
          id: "2026-11-22T07-30-00Z-001",
          startedAt: "2026-11-22T07:30:00Z",
          endedAt: "2026-11-22T07:30:02Z",
          state: "applied",
          changes: [{ address: "HKLM\\A\\b" }, { address: "HKLM\\A\\c" }],
        },
      ],
      installerRuns: [
        { startedAt: "2026-11-22T07:40:00Z", endedAt: "2026-11-22T07:50:00Z", exitCode: 0, log: "C:\\a.log" },
      ],
      events: events(event12("2026-11-20T04:07:00Z")),
    };
    const { timeline: line, leftOut } = timelineOf(recording, goodTarget);
    expect(line.map(({ kind, status, at }) => [kind, status, at])).toEqual([
      ["look", "done", "2026-11-23T10:00:00Z"],
      ["mail", "done", "2026-11-22T12:00:00Z"],
      ["serviceStart", "done", "2026-11-22T08:00:00Z"],
      ["installer", "done", "2026-11-22T07:50:00Z"],
      ["change", "done", "2026-11-22T07:30:02Z"],
      ["cloudCheck", "done", "2026-11-22T07:00:00Z"],
      ["event", "notApplicable", "2026-11-20T04:07:00Z"],
      ["windowsStart", "done", "2026-11-20T04:00:00Z"],
    ]);
    expect(line[3]).toMatchObject({
      title: "The installer ended: it succeeded (exit code 0)",
      detail: null,
      address: "C:\\a.log",
    });
    expect(line[4]).toMatchObject({
      title: "2 values of the registry changed",
      address: "Journal 2026-11-22T07-30-00Z-001",
    });
    expect(leftOut).toBe(0);
  });

  test("compares moments, not their spelling", () => {
    const line = timeline({
      events: events(event12("2026-11-22T11:30:00+02:00", "a"), event12("2026-11-22T10:00:00Z", "b")),
    });
    expect(line.map(({ detail }) => detail)).toEqual(["b", "a"]);
  });

  test("leaves out what has no time", () => {
    expect(timeline({ journal: [{ id: "1", state: "applied" }], installerRuns: [{ exitCode: 0 }] })).toEqual([]);
  });

  test.each<[string, JournalEntry & { kind?: string }, object]>([
    ["a change", { state: "applied" }, { kind: "change", status: "done", detail: null }],
    ["an undo", { state: "applied", kind: "undo" }, { kind: "undo", title: "1 value of the registry put back" }],
    [
      "a change put back or rolled back, as an older build recorded it",
      { state: "undone" },
      { kind: "change", status: "done", detail: expect.stringMatching(/^Put back since, or rolled back/) },
    ],
    ["a change put back", { state: "undone", reason: null }, { status: "done", detail: "Put back since." }],
    [
      "a change that failed",
      { state: "undone", reason: "access denied" },
      {
        status: "attention",
        title: "A change of 1 value failed",
        detail: expect.stringMatching(/^It was rolled back/),
      },
    ],
    [
      "an undo that failed",
      { kind: "undo", state: "undone", reason: "access denied" },
      { kind: "undo", status: "attention", title: "An undo of 1 value failed" },
    ],
    [
      "an undo that failed half-way",
      { kind: "undo", state: "stuck", reason: "access denied" },
      { kind: "undo", status: "action", title: "An undo of 1 value failed and could not be rolled back" },
    ],
    [
      "an undo that is not in force, as an older build recorded it",
      { kind: "undo", state: "undone" },
      { status: "attention", title: "An undo of 1 value is not in force" },
    ],
    ["an undo left open", { kind: "undo", state: "open" }, { title: "An undo of 1 value was interrupted" }],
    ["an open journal", { state: "open" }, { status: "action", title: "A change of 1 value was interrupted" }],
    ["a stuck one", { state: "stuck" }, { status: "action", title: expect.stringMatching(/could not be rolled back/) }],
    ["a damaged one", { state: "damaged" }, { status: "unknown", title: "A journal cannot be read" }],
    ["a state nobody knows", { state: "constructor" }, { status: "unknown", title: "A journal cannot be read" }],
  ])("tells %s", (_what, entry, told) => {
    const journal = [{ id: "7", at: "2026-11-22T07:30:00Z", changes: [{ address: "HKLM\\A\\b" }], ...entry }];
    expect(timeline({ journal })).toEqual([expect.objectContaining({ address: "Journal 7", ...told })]);
  });

  test("tells who had a change made, where the journal says so", () => {
    const at = "2026-11-22T07:30:00Z";
    const [told, untold] = timeline({
      journal: [
        { id: "8", at, by: "CONTOSO\\anna" },
        { id: "7", at },
      ],
    });
    expect(told?.by).toBe("CONTOSO\\anna");
    expect(untold).not.toHaveProperty("by");
  });

  test("tells what was confirmed on a day, and nothing of a confirmation without one", () => {
    const entries = timeline(
      {},
      { ...defaultTarget, backupConfirmed: "2026-11-20", allowListConfirmed: true, mailboxConfirmed: false },
    );
    expect(entries).toEqual([
      expect.objectContaining({ kind: "confirmation", at: "2026-11-20T12:00:00Z", status: "done" }),
    ]);
  });

  test.each([
    ["ready", "done", /takes the mail$/],
    ["senderRefused", "action", /does not take the mail$/],
  ])("tells what a relay answered: %s", (state, status, title) => {
    const relay: Recording["relay"] = {
      ...{ at: "2026-11-22T09:00:00Z", host: "relay.contoso.com", port: 25, useSsl: false, state, detail: "550 no" },
      ...{ sender: "a@contoso.com", inside: "b@contoso.com", outside: "c@example.com", addresses: [], startTls: true },
      mechanisms: [],
    };
    expect(timeline({ relay })).toEqual([
      expect.objectContaining({ kind: "relayCheck", status, title: expect.stringMatching(title) }),
    ]);
  });

  test.each([
    [{ exitCode: 3010 }, "attention", /it succeeded and asks for a restart \(exit code 3010\)/, null],
    [{ exitCode: 1602 }, "attention", /it was cancelled/, null],
    [
      { exitCode: 1603, firstFailure: "ConfigDB" },
      "action",
      /it failed \(exit code 1603\)/,
      "First action that failed: ConfigDB.",
    ],
    [{ exitCode: 0, secretsInLog: 2 }, "action", /it succeeded/, "Its log holds 2 secrets in clear: clean it."],
    [{ exitCode: null }, "pending", /was started/, "No end of it was recorded when the server was looked at."],
  ])("tells how a run of the installer ended: %j", (run, status, title, detail) => {
    const [entry] = timeline({ installerRuns: [{ startedAt: "2026-11-22T07:40:00Z", ...run }] });
    expect(entry).toMatchObject({ kind: "installer", status, title: expect.stringMatching(title), detail });
  });

  test("says that the service started before the last change", () => {
    const services: Recording["services"] = {
      FIMService: { state: "present", status: "running", startedAt: "2026-11-22T08:00:00Z" },
    };
    const journal = [{ id: "1", endedAt: "2026-11-22T09:00:00Z", state: "applied" }];
    const started = (entries: typeof journal) =>
      timeline({ services, journal: entries }).find(({ kind }) => kind === "serviceStart");
    expect(started(journal)).toMatchObject({ status: "attention", detail: expect.stringMatching(/restart/) });
    expect(started([])).toMatchObject({ status: "done", detail: null });
  });

  test("explains what failed at the cloud, and what succeeded", () => {
    const at = "2026-11-22T07:00:00Z";
    const meaning: CloudMeaning = (error) => (error.includes("7000215") ? "the client secret is wrong" : null);
    const cloud = (check: object) => timeline({ cloud: { at, ...check } }, defaultTarget, meaning)[0];
    expect(cloud({ signIn: { error: "AADSTS7000215" } })).toMatchObject({
      status: "action",
      title: "Microsoft’s cloud was asked: the sign-in failed",
      detail: "AADSTS7000215: the client secret is wrong",
    });
    expect(cloud({ signIn: { ok: true }, ews: { error: "ews.noMailbox" } })).toMatchObject({
      status: "action",
      title: expect.stringContaining("the mailbox failed"),
      detail: "ews.noMailbox",
    });
    expect(cloud({ signIn: { ok: false } })).toMatchObject({ status: "action" });
    expect(cloud({ signIn: { ok: true }, ews: { ok: true } })).toMatchObject({
      status: "done",
      title: expect.stringContaining("the sign-in and the mailbox succeeded"),
      detail: null,
    });
    expect(cloud({})).toMatchObject({ status: "unknown" });
  });
});

describe("an error event on the line of time", () => {
  test("is told with what it means; another error is told as such, a stranger's stays away", () => {
    const noToken = "Could not get access token for office365 mailbox. Probably registry value is empty …";
    const line = timeline({
      events: events(
        event12("2026-11-22T09:00:00Z"),
        { ...event12("2026-11-22T09:10:00Z", noToken), id: 3 },
        { ...event12("2026-11-22T09:20:00Z", "SQL Server does not answer"), id: 22 },
        { ...event12("2026-11-22T09:30:00Z"), provider: "SomeoneElse" },
      ),
    });
    expect(line).toHaveLength(3);
    expect(line[0]).toMatchObject({
      status: "attention",
      title: "Event 22: an error of the MIM Service that does not speak of mail",
    });
    expect(line[1]).toMatchObject({
      status: "action",
      title: "Event 3: the service got no access token; TLS, the secret or the permission is wrong",
    });
    expect(line[2]).toMatchObject({
      title: "Event 12: the service cannot connect to Exchange Web Services",
      address: "Application, Microsoft.ResourceManagement.ServiceHealthSource",
    });
  });

  test("says when it came before the last start or change", () => {
    const services: Recording["services"] = {
      FIMService: { state: "present", status: "running", startedAt: "2026-11-22T08:00:00Z" },
    };
    const line = timeline({
      services,
      events: events(event12("2026-11-22T07:00:00Z"), event12("2026-11-22T09:00:00Z")),
    }).filter(({ kind }) => kind === "event");
    expect(line.map(({ detail }) => /does not count any more/.test(detail ?? ""))).toEqual([false, true]);
  });

  test("is told once for a row of the same, so that it does not hide the rest", () => {
    const minute = (count: number): string => new Date(Date.UTC(2026, 10, 22) + count * 60_000).toISOString();
    const items = Array.from({ length: 500 }, (_, count) => event12(minute(count)));
    const journal = [{ id: "1", endedAt: minute(100.5), state: "applied" }];
    const line = timeline({ events: events(...items), journal });
    expect(line.map(({ kind, title }) => [kind, /\((\d+) times\)/.exec(title)?.[1]])).toEqual([
      ["event", "399"],
      ["change", undefined],
      ["event", "101"],
    ]);
    expect(line[0]).toMatchObject({
      at: minute(499),
      detail: expect.stringContaining(`The first of them at ${minute(101)}.`),
    });
  });

  test("is told once for each of a pair that keeps coming", () => {
    const noToken = "Could not get access token for office365 mailbox.";
    const at = (count: number): string => new Date(Date.UTC(2026, 10, 22) + count * 60_000).toISOString();
    const items = Array.from({ length: 20 }, (_, count) => [
      event12(at(count)),
      { ...event12(at(count), noToken), id: 3 },
    ]);
    const line = timeline({ events: events(...items.flat()) });
    expect(line.map(({ at: newest, title }) => [newest, title.slice(0, 8), title.slice(-10)])).toEqual([
      [at(19), "Event 12", "(20 times)"],
      [at(19), "Event 3:", "(20 times)"],
    ]);
  });

  test("is cut off after the newest, and the rest is counted", () => {
    const items = Array.from({ length: 1000 }, (_, count) =>
      event12(new Date(Date.UTC(2026, 10, 22, 0, count)).toISOString(), `text ${count}`),
    );
    const { timeline: line, leftOut } = timelineOf({ ...goodServer(), events: events(...items) }, goodTarget);
    expect(line).toHaveLength(timelineLimit);
    expect(leftOut).toBe(1000 + 5 - timelineLimit);
    expect(line.filter(({ kind }) => kind === "event")[0]?.detail).toContain("text 999");
  });
});

describe("hostile text on the line of time", () => {
  test("is one short line without what hides or turns it", () => {
    const text = `a\u202Eb\u0000c\r\n<script>alert(1)</script>=cmd|' /C calc'!A0${"x".repeat(1_000_000)}`;
    const line = timeline({
      events: events({ ...event12("2026-11-22T09:00:00Z", text), provider: `Microsoft.ResourceManagement${text}` }),
      journal: [{ id: text, at: "2026-11-22T09:00:00Z", state: text }],
      installerRuns: [{ endedAt: "2026-11-22T09:00:00Z", exitCode: 1603, firstFailure: text, log: text }],
      cloud: { at: "2026-11-22T09:00:00Z", signIn: { error: text } },
    });
    expect(line).toHaveLength(4);
    for (const { title, detail, address } of line) {
      for (const shown of [title, detail ?? "", address ?? ""]) {
        expect(shown.length).toBeLessThan(600);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }
    }
    expect(line.find(({ kind }) => kind === "event")?.detail).toMatch(
      /<script>.*cut: 1,000,\d{3} characters in all\)$/,
    );
  });
});
