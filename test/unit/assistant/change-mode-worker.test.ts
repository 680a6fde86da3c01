import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createAssistant } from "../../../electron/assistant/assistant.ts";
import type { RunOptions } from "../../../electron/assistant/changeable.ts";
import type { WatchedInstaller } from "../../../electron/changes/run-plan.ts";
import type { ChangeResult } from "../../../electron/contract/change.ts";
import type { InstallerStep } from "../../../electron/contract/change-mode.ts";
import type { EventName, EventValue } from "../../../electron/contract/methods.ts";
import { InputProblem } from "../../../electron/recording/input-problem.ts";
import { createPracticeServer } from "../../../electron/server/practice/practice-server.ts";
import type { Server } from "../../../electron/server/server.ts";
import { GrowingList } from "../../growing-list.ts";

/** What stands for the worker: told what it may tell, it answers or fails as a test wants. */
let worker: (options: RunOptions) => Promise<ChangeResult>;
vi.mock("../../../electron/assistant/run-change.ts", async (original) => ({
  ...(await original<typeof import("../../../electron/assistant/run-change.ts")>()),
  runChange: (_server: unknown, _plan: unknown, options: RunOptions) => worker(options),
}));

/** What stands for this computer, where a test has one. */
let live: Server | null = null;
vi.mock("../../../electron/server/live/live-server.ts", async (original) => ({
  ...(await original<typeof import("../../../electron/server/live/live-server.ts")>()),
  createLiveServer: () => live,
}));

const assets = fileURLToPath(new URL("../../../assets", import.meta.url));
let home: string;
let watches: GrowingList<EventValue<"installer">>;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "change-mode-worker-"));
  watches = new GrowingList();
});
afterEach(() => rm(home, { recursive: true, force: true }));

const assistant = (platform: NodeJS.Platform = "linux") =>
  createAssistant({
    home,
    assets,
    version: "0.0.0-test",
    platform,
    emit: <Name extends EventName>(name: Name, value: EventValue<Name>) => {
      if (name === "installer") watches.push(value as EventValue<"installer">);
    },
  });

const step: InstallerStep = {
  phase: "pages",
  startedAt: "2026-11-23T10:00:00.000Z",
  endedAt: null,
  log: "C:\\logs\\change-mode.log",
  action: null,
  actionsEnded: 0,
  fraction: null,
  exitCode: null,
  restart: "none",
  firstFailure: null,
  explanations: [],
  secretsInLog: 0,
  notice: null,
  dialogs: ["WelcomeDlg"],
  signInErrors: [],
};
const result = (outcome: ChangeResult["outcome"], reason: string | null): ChangeResult => ({
  outcome,
  reason,
  journal: null,
  path: null,
  changed: 0,
  done: [],
  modifiedOutside: [],
});
const lost = new InputProblem("worker-ended", "it ended without saying how", "the worker", "Look again.");

describe("the installer, run by another process", () => {
  test("is said to go on by itself when that process is lost, and can be looked for again", async () => {
    worker = async ({ installer }) => {
      installer?.tell?.(step);
      throw lost;
    };
    const handlers = assistant();
    const outcome = await handlers.startChangeMode({ copyConfig: false });
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: "worker-ended", cure: expect.stringMatching(/goes on in its own window/) },
    });
    expect(watches.at(-1)).toMatchObject({ phase: "pages", notice: expect.stringMatching(/no longer followed/) });
    worker = async ({ installer }) => {
      installer?.tell?.({ ...step, phase: "ended", exitCode: 0 });
      return result("nothing", null);
    };
    expect(await handlers.startChangeMode({ copyConfig: false })).toMatchObject({ ok: true });
  });

  test("leaves no watch behind when it was lost before the installer was open", async () => {
    worker = () => Promise.reject(lost);
    const handlers = assistant();
    expect(await handlers.startChangeMode({ copyConfig: false })).toMatchObject({
      ok: false,
      error: { code: "worker-ended", cure: "Look again." },
    });
    expect(await handlers.getState(null)).toMatchObject({ ok: true, value: { changeMode: { watch: null } } });
  });

  test("is not started when it is called off while Windows asks, which is told from the start", async () => {
    worker = ({ installer }) =>
      new Promise((_resolve, reject) => {
        installer?.signal?.addEventListener("abort", () => reject(installer.signal?.reason));
      });
    const handlers = assistant();
    const ended = handlers.startChangeMode({ copyConfig: false });
    await watches.until(({ length }) => length > 0);
    expect(watches).toMatchObject([{ phase: "preparing", exitCode: null }]);
    expect(await handlers.cancelChangeMode(null)).toMatchObject({ ok: true });
    expect(await ended).toMatchObject({ ok: false, error: { code: "cancelled" } });
    expect(await handlers.getState(null)).toMatchObject({ ok: true, value: { changeMode: { watch: null } } });
  });

  test.each([
    ["refused", "refused", "elevation was declined"],
    ["failed", "not-run", "the configuration cannot be copied: EACCES"],
  ] as const)("is told why when it was %s", async (how, code, reason) => {
    worker = async () => result(how, reason);
    expect(await assistant().startChangeMode({ copyConfig: true })).toMatchObject({
      ok: false,
      error: { code, message: expect.stringContaining(reason) },
    });
  });
});

describe("an installer that outlived the program", () => {
  const startedAt = "2026-11-23T09:00:00.000Z";

  async function thisServer(elevated: boolean, resumes: WatchedInstaller[], endedAt: string | null) {
    const practice = createPracticeServer({ home });
    await practice.reset();
    const run = { startedAt, endedAt, exitCode: endedAt === null ? null : 0, log: "C:\\logs\\change-mode.log" };
    const resumeChangeMode = async (watched: WatchedInstaller) => {
      resumes.push(watched);
      watched.tell?.({ ...step, startedAt });
      return new Promise<never>(() => {});
    };
    const { rehearsal: _, keptAs: __, ...server } = practice;
    return {
      ...server,
      kind: "live" as const,
      elevated,
      look: async () => ({ ...(await practice.look()), installerRuns: [run] }),
      actions: { ...practice.actions, resumeChangeMode },
    };
  }

  test("is followed by the next start, once, and shown where it is", async () => {
    const resumes: WatchedInstaller[] = [];
    live = await thisServer(true, resumes, null);
    const handlers = assistant("win32");
    await handlers.getState(null);
    await watches.until(({ length }) => length > 0);
    expect(watches).toMatchObject([{ phase: "pages", startedAt, practice: false }]);
    await handlers.look(null);
    expect(await handlers.getState(null)).toMatchObject({ value: { changeMode: { watch: { phase: "pages" } } } });
    expect(resumes).toHaveLength(1);
    expect(await handlers.startChangeMode({ copyConfig: false })).toMatchObject({ ok: false });
  });

  test.each([
    ["without elevation, which its log needs", false, null],
    ["when it has ended", true, "2026-11-23T09:30:00.000Z"],
  ] as const)("is not followed %s", async (_what, elevated, endedAt) => {
    const resumes: WatchedInstaller[] = [];
    live = await thisServer(elevated, resumes, endedAt);
    const handlers = assistant("win32");
    await handlers.look(null);
    await handlers.getState(null);
    expect(resumes).toEqual([]);
  });
});
