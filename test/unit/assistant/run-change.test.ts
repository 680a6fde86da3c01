import { createConnection } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runChange, type StartWorker } from "../../../electron/assistant/run-change.ts";
import type { PlanFile } from "../../../electron/changes/plan.ts";
import { createRequestReader, messageLine, type WorkerMessage } from "../../../electron/changes/worker-protocol.ts";
import type { ChangeResult } from "../../../electron/contract/change.ts";
import type { InstallerStep } from "../../../electron/contract/change-mode.ts";
import { InputProblem } from "../../../electron/recording/input-problem.ts";
import { createWindowsServer } from "../../../electron/server/live/live-server.ts";
import { type RunTool, ToolFailure } from "../../../electron/server/windows-tool.ts";
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
    await expect(asked).rejects.toMatchObject({ code: "worker-not-begun" });
    expect(started).toEqual([
      [expect.stringMatching(/plan\.json$/), expect.stringMatching(/^[0-9a-f]{64}$/), expect.any(String)],
    ]);
  });

  /** A worker that says something, and waits until it is asked to stop. */
  const waiting =
    (said: WorkerMessage, last: ChangeResult): StartWorker =>
    async ([, , pipe = ""]) => {
      const socket = createConnection(pipe);
      const read = createRequestReader();
      return new Promise((resolve) => {
        socket.on("data", (piece) => {
          for (const request of read(String(piece))) {
            if ("begin" in request) socket.write(messageLine(said));
            else socket.end(messageLine({ outcome: last }), () => resolve(3));
          }
        });
      });
    };
  const ended: ChangeResult = {
    outcome: "undone",
    reason: "cancelled",
    journal: "a",
    path: null,
    changed: 0,
    done: [],
    modifiedOutside: [],
  };

  test("tells how far the worker's installer is, and asks it to stop when that is called off", async () => {
    const told = new GrowingList<unknown>();
    const off = new AbortController();
    const installer = { tell: (one: unknown) => told.push(one), signal: off.signal };
    const asked = runChange(server(), plan, { ...options, installer }, waiting({ installer: step }, ended));
    await told.until(({ length }) => length > 0);
    expect(told).toEqual([step]);
    off.abort(new Error("called off"));
    expect(await asked).toEqual(ended);
  });

  test("is cancelled in the worker, which says how it ended", async () => {
    const cancelled = new AbortController();
    const progress = (): void => cancelled.abort(new Error("cancelled"));
    const start = waiting({ progress: { text: "Setting 20 values", fraction: 0.2 } }, ended);
    expect(await runChange(server(), plan, { ...options, progress, signal: cancelled.signal }, start)).toEqual(ended);
  });

  test("goes to the worker as well where Windows does not tell whether this process is elevated", async () => {
    const failing: RunTool = () => Promise.reject(new ToolFailure("missing", "whoami.exe is missing"));
    const unknown = createWindowsServer({ scripts: "C:\\scripts", home: "/nowhere", run: failing });
    const asked = runChange(unknown, plan, options, async () => 5);
    await expect(asked).rejects.toMatchObject({ code: "worker-not-begun" });
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
