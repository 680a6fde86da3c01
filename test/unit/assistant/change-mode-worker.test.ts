import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createAssistant } from "../../../electron/assistant/assistant.ts";
import type { RunOptions } from "../../../electron/assistant/changeable.ts";
import type { ChangeResult } from "../../../electron/contract/change.ts";
import type { InstallerStep } from "../../../electron/contract/change-mode.ts";
import type { EventName, EventValue } from "../../../electron/contract/methods.ts";
import { InputProblem } from "../../../electron/recording/input-problem.ts";
import { GrowingList } from "../../growing-list.ts";

/** What stands for the worker: told what it may tell, it answers or fails as a test wants. */
let worker: (options: RunOptions) => Promise<ChangeResult>;
vi.mock("../../../electron/assistant/run-change.ts", () => ({
  runChange: (_server: unknown, _plan: unknown, options: RunOptions) => worker(options),
}));

const assets = fileURLToPath(new URL("../../../assets", import.meta.url));
let home: string;
let watches: GrowingList<EventValue<"installer">>;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "change-mode-worker-"));
  watches = new GrowingList();
});
afterEach(() => rm(home, { recursive: true, force: true }));

const assistant = () =>
  createAssistant({
    home,
    assets,
    version: "0.0.0-test",
    platform: "linux",
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
  foreign: [],
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
