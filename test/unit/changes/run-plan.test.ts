import { describe, expect, test } from "vitest";
import type { PlanFile } from "../../../electron/changes/plan.ts";
import {
  exitCodeOf,
  type PlanOutcome,
  type PlanPorts,
  planBytes,
  planDigest,
  runPlan,
} from "../../../electron/changes/run-plan.ts";
import { InputProblem } from "../../../electron/recording/input-problem.ts";
import { type Contents, type Fault, simulate } from "../../property/changes/simulation.ts";
import { protocols } from "../checklist/server-case.ts";

const client12 = `${protocols}\\TLS 1.2\\Client`;
const empty = (): Contents => ({ "HKLM\\SOFTWARE": {}, "HKLM\\SYSTEM": {} });
const entries = (...more: unknown[]): PlanFile =>
  ({
    format: "mim-mail-plan",
    version: 1,
    entries: [{ id: "tls.1.2.client.Enabled", data: 1 }, ...more],
  }) as PlanFile;

interface Asked {
  readonly failing?: "restartService" | "copyConfig" | "cleanLog";
  /** msiexec's exit code, or why the installer is not started. */
  readonly installer?: number | Error;
}

function start(fault: Fault = { at: 0, kind: "none" }, { failing, installer = 0 }: Asked = {}) {
  const simulation = simulate(empty(), fault);
  const asked: string[] = [];
  const act = async (name: "restartService" | "copyConfig" | "cleanLog"): Promise<void> => {
    asked.push(name);
    if (name === failing) throw new Error(`${name} failed`);
  };
  let tick = 0;
  const ports: PlanPorts = {
    registry: simulation.registry,
    journals: simulation.journals,
    actions: {
      restartService: () => act("restartService"),
      copyConfig: () => act("copyConfig").then(() => "C:\\copy.config"),
      changeMode: async () => {
        asked.push("changeMode");
        if (installer instanceof Error) throw installer;
        return { exitCode: installer };
      },
      cleanLog: () => act("cleanLog").then(() => "C:\\change-mode.log"),
    },
    now: () => {
      tick += 1;
      return new Date(Date.UTC(2026, 10, 23, 10, 0, tick));
    },
  };
  return { ...simulation, ports, asked };
}

const run = (ports: PlanPorts, plan: PlanFile): Promise<PlanOutcome> => {
  const bytes = planBytes(plan);
  return runPlan(ports, bytes, planDigest(bytes));
};

describe("runPlan", () => {
  test("sets the values, between the copy of the configuration and the restart", async () => {
    const { ports, contents, asked } = start();
    const outcome = await run(ports, entries({ action: "restartService" }, { action: "copyConfig" }));
    expect(outcome).toMatchObject({
      outcome: "applied",
      changed: 1,
      done: ["Copied the configuration to C:\\copy.config", "Restarted FIMService"],
    });
    expect(asked).toEqual(["copyConfig", "restartService"]);
    expect(contents[client12]).toEqual({ Enabled: { type: "REG_DWORD", data: 1 } });
    expect(exitCodeOf(outcome)).toBe(0);
  });

  test("takes the hash in upper case, and no part of it", async () => {
    const bytes = planBytes(entries());
    const digest = planDigest(bytes);
    expect(await runPlan(start().ports, bytes, digest.toUpperCase())).toMatchObject({ outcome: "applied" });
    for (const other of [
      "",
      digest.slice(0, 32),
      `${digest}00`,
      digest.replace(/^./, (one) => (one === "0" ? "1" : "0")),
    ])
      expect(await runPlan(start().ports, bytes, other)).toMatchObject({ code: "altered" });
  });

  test("refuses a plan in which any one byte differs, with nothing written", async () => {
    const bytes = Buffer.from(planBytes(entries()));
    const digest = planDigest(bytes);
    for (let place = 0; place < bytes.length; place += 1) {
      const { ports, contents, writes, journals } = start();
      const altered = Buffer.from(bytes);
      altered[place] = (altered[place] ?? 0) ^ 1;
      const outcome = await runPlan(ports, altered, digest);
      expect(outcome).toMatchObject({ outcome: "refused", code: "altered" });
      expect(exitCodeOf(outcome)).toBe(5);
      expect(writes()).toBe(0);
      expect(contents).toEqual(empty());
      expect((await journals.readAll()).size).toBe(0);
    }
  });

  test.each([
    ["one entry more, of no catalogue", entries({ id: "tls.1.3.client.Enabled", data: 1 })],
    ["an address", entries({ id: "tls.1.2.server.Enabled", data: 1, key: "HKLM\\SOFTWARE\\Run" })],
    ["data that is not allowed", entries({ id: "tls.1.2.server.Enabled", data: 2 })],
    ["a value twice", entries({ id: "tls.1.2.client.Enabled", data: 1 })],
    ["an action nobody knows", entries({ action: "run" })],
    ["a command", { ...entries(), command: "cmd.exe" }],
    ["a product code for the installer", entries({ action: "changeMode", productCode: "{0}" })],
    ["a log for the installer", entries({ action: "changeMode", log: "C:\\x.log" })],
    ["another version", { ...entries(), version: 2 }],
    ["another format", { ...entries(), format: "mim-mail-recording" }],
    ["no entry", { format: "mim-mail-plan", version: 1, entries: [] }],
    ["entries and an undo", { ...entries(), undo: { journal: null, force: false } }],
    ["a path for a journal", { format: "mim-mail-plan", version: 1, undo: { journal: "../x", force: false } }],
    ["nothing but a text", "plan"],
  ])("refuses a plan with %s whole, its hash being right", async (_what, plan) => {
    const { ports, writes, asked, journals } = start();
    const outcome = await run(ports, plan as PlanFile);
    expect(outcome).toMatchObject({ outcome: "refused", code: "unknown-entry" });
    expect({ writes: writes(), asked }).toEqual({ writes: 0, asked: [] });
    expect((await journals.readAll()).size).toBe(0);
  });

  const plan = (...actions: readonly string[]): PlanFile =>
    ({ format: "mim-mail-plan", version: 1, entries: actions.map((action) => ({ action })) }) as PlanFile;

  test.each([0, 3010, 1641])(
    "runs the installer, which ended with %i, after the copy and before the restart",
    async (code) => {
      const { ports, asked } = start(undefined, { installer: code });
      const outcome = await run(ports, plan("restartService", "changeMode", "copyConfig"));
      expect(asked).toEqual(["copyConfig", "changeMode", "restartService"]);
      const ran = `Ran the installer in Change mode (exit code ${code})`;
      expect(outcome).toMatchObject({
        outcome: "nothing",
        done: [expect.stringMatching(/^Copied/), ran, "Restarted FIMService"],
      });
      expect(exitCodeOf(outcome)).toBe(0);
    },
  );

  test.each([
    [1602, /1602: it was cancelled/],
    [1603, /1603: it failed/],
    [4711, /4711: it failed with a code that is not known here/],
  ])("says why when the installer ended with %i, does not restart, and exits with 3", async (code, reason) => {
    const { ports, asked } = start(undefined, { installer: code });
    const outcome = await run(ports, plan("changeMode", "restartService"));
    expect(outcome).toMatchObject({ outcome: "failed", journal: null, reason: expect.stringMatching(reason) });
    expect({ asked, code: exitCodeOf(outcome) }).toEqual({ asked: ["changeMode"], code: 3 });
  });

  test.each([
    ["msiexec says that another installation runs", 1618, /another installation was running\. Wait for/],
    [
      "it is known before",
      new InputProblem("refused", "another installation is running", "x", "Wait for it."),
      /is running\. Wait/,
    ],
  ])("refuses when %s", async (_what, installer, reason) => {
    const { ports } = start(undefined, { installer });
    const outcome = await run(ports, plan("copyConfig", "changeMode"));
    expect(outcome).toMatchObject({ outcome: "refused", reason: expect.stringMatching(reason) });
    expect(outcome).toMatchObject({ done: [expect.stringMatching(/^Copied/)] });
    expect(exitCodeOf(outcome)).toBe(5);
  });

  test("says which values stand when the installer failed after them", async () => {
    const { ports } = start(undefined, { installer: 1603 });
    const outcome = await run(ports, entries({ action: "changeMode" }));
    expect(outcome).toMatchObject({ outcome: "failed", changed: 1, journal: expect.stringMatching(/^2026/) });
    expect(exitCodeOf(outcome)).toBe(4);
  });

  test("takes the secrets out of the last log, and says when it cannot", async () => {
    expect(await run(start().ports, plan("cleanLog"))).toMatchObject({
      outcome: "nothing",
      done: ["Took the secrets out of C:\\change-mode.log"],
    });
    const { ports } = start(undefined, { failing: "cleanLog" });
    expect(await run(ports, plan("cleanLog"))).toMatchObject({ outcome: "failed", reason: "cleanLog failed" });
  });

  test("undoes and recovers by journal", async () => {
    const { ports, contents } = start();
    await run(ports, entries());
    const undo: PlanFile = { format: "mim-mail-plan", version: 1, undo: { journal: null, force: false } };
    expect(await run(ports, undo)).toMatchObject({ outcome: "applied" });
    expect(contents).toEqual(empty());
    const recover = { journal: "2026", how: "finish", force: false } as const;
    expect(await run(ports, { format: "mim-mail-plan", version: 1, recover })).toMatchObject({ code: "no-journal" });
  });

  test("changes nothing when the configuration cannot be copied", async () => {
    const { ports, contents } = start(undefined, { failing: "copyConfig" });
    const outcome = await run(ports, entries({ action: "copyConfig" }));
    expect(outcome).toMatchObject({ outcome: "failed", reason: "copyConfig failed", journal: null, changed: 0 });
    expect(exitCodeOf(outcome)).toBe(3);
    expect(contents).toEqual(empty());
  });

  test("says which values stand, and does not call it put back, when the restart after them fails", async () => {
    const { ports, contents } = start(undefined, { failing: "restartService" });
    const outcome = await run(ports, entries({ action: "restartService" }));
    expect(outcome).toMatchObject({ outcome: "failed", changed: 1, journal: expect.stringMatching(/^2026-11-23T/) });
    expect(exitCodeOf(outcome)).toBe(4);
    expect(contents[client12]).toBeDefined();
  });

  test("does not restart after a change that failed", async () => {
    const { ports, asked } = start({ at: 5, kind: "error" });
    const outcome = await run(ports, entries({ action: "restartService" }));
    expect(outcome).toMatchObject({ outcome: "undone" });
    expect(exitCodeOf(outcome)).toBe(3);
    expect(asked).toEqual([]);
  });

  test.each([
    ["a change", entries()],
    ["an undo", { format: "mim-mail-plan", version: 1, undo: { journal: null, force: false } }],
    ["a recovery", { format: "mim-mail-plan", version: 1, recover: { journal: "a", how: "finish", force: false } }],
  ])("refuses %s when the journals cannot be read: nothing was begun", async (_what, plan) => {
    const { ports, writes } = start({ at: 0, kind: "error" });
    const outcome = await run(ports, plan as PlanFile);
    expect(outcome).toMatchObject({ outcome: "refused", code: "unreadable" });
    expect(exitCodeOf(outcome)).toBe(5);
    expect(writes()).toBe(0);
  });
});
