import { createConnection } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runChange } from "../../../electron/assistant/run-change.ts";
import type { PlanFile } from "../../../electron/changes/plan.ts";
import { messageLine } from "../../../electron/changes/worker-protocol.ts";
import type { InstallerStep } from "../../../electron/contract/change-mode.ts";
import { InputProblem } from "../../../electron/recording/input-problem.ts";
import { createWindowsServer } from "../../../electron/server/live/live-server.ts";
import type { RunTool } from "../../../electron/server/live/windows-tool.ts";
import { GrowingList } from "../../growing-list.ts";

const plan: PlanFile = { format: "mim-mail-plan", version: 1, entries: [{ id: "tls.1.2.client.Enabled", data: 1 }] };
const options = { now: () => new Date("2026-11-23T10:00:00Z") };

/** This computer without elevation: whoami says medium, and nothing else may be started. */
const run: RunTool = async (program) => {
  if (!program.endsWith("whoami.exe")) throw new Error(`${program} was started`);
  return { code: 0, stdout: Buffer.from('"X","Label","S-1-16-8192",""'), stderr: Buffer.alloc(0) };
};
const server = () => createWindowsServer({ scripts: "C:\\scripts", home: "/nowhere", run });

const step: InstallerStep = {
  phase: "preparing",
  startedAt: "2026-11-23T10:00:00Z",
  endedAt: null,
  log: null,
  action: null,
  actionsEnded: 0,
  fraction: null,
  exitCode: null,
  restart: "none",
  firstFailure: null,
  explanations: [],
  secretsInLog: 0,
  notice: null,
  dialogs: [],
  signInErrors: [],
};

beforeEach(() => {
  vi.stubEnv("MIM_MAIL_HOME", "");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a change of this computer without elevation", () => {
  test("is handed to a worker, started once with the plan, its hash and the pipe", async () => {
    const started: (readonly string[])[] = [];
    const asked = runChange(server(), plan, options, async (argv) => {
      started.push(argv);
      return 5;
    });
    // This one ends without a word.
    await expect(asked).rejects.toMatchObject({ code: "worker-ended" });
    expect(started).toEqual([
      [expect.stringMatching(/plan\.json$/), expect.stringMatching(/^[0-9a-f]{64}$/), expect.any(String)],
    ]);
  });

  test("tells how far the worker's installer is, and leaves it alone when it is called off", async () => {
    const told = new GrowingList<unknown>();
    const off = new AbortController();
    const installer = { tell: (step: unknown) => told.push(step), signal: off.signal };
    const asked = runChange(server(), plan, { ...options, installer }, async ([, , pipe = ""]) => {
      const socket = createConnection(pipe);
      socket.on("error", () => {});
      socket.write(messageLine({ installer: step }));
      return new Promise(() => {});
    });
    asked.catch(() => {});
    await told.until(({ length }) => length > 0);
    expect(told).toEqual([step]);
    off.abort(new Error("called off"));
    await expect(asked).rejects.toThrow("called off");
  });

  test("is refused when the prompt is declined", async () => {
    const declined = new InputProblem("refused", "elevation was declined", "the elevation prompt", "…");
    await expect(runChange(server(), plan, options, () => Promise.reject(declined))).rejects.toBe(declined);
  });

  test("is refused where the journal would be kept elsewhere", async () => {
    vi.stubEnv("MIM_MAIL_HOME", "/home/of/mine");
    await expect(runChange(server(), plan, options, async () => 0)).rejects.toMatchObject({
      code: "refused",
      where: "/home/of/mine",
    });
  });

  test("is not asked for by a program that is not the installed one", async () => {
    await expect(runChange(server(), plan, options)).rejects.toMatchObject({
      code: "refused",
      message: "only the installed program asks for elevation",
    });
  });
});
