import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { createConnection, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lookInWorker, runInWorker } from "../../../electron/assistant/run-worker.ts";
import type { PlanFile } from "../../../electron/changes/plan.ts";
import { planDigest } from "../../../electron/changes/run-plan.ts";
import {
  createMessageReader,
  createRequestReader,
  messageLimit,
  messageLine,
  type WorkerRequest,
} from "../../../electron/changes/worker-protocol.ts";
import type { ChangeResult } from "../../../electron/contract/change.ts";
import type { InstallerStep } from "../../../electron/contract/change-mode.ts";
import { InputProblem } from "../../../electron/recording/input-problem.ts";

const plan: PlanFile = {
  format: "mim-mail-plan",
  version: 1,
  entries: [{ id: "tls.1.2.client.Enabled", data: 1 }],
};
const result: ChangeResult = {
  outcome: "applied",
  reason: null,
  journal: "2026-11-23T10-00-00Z-001",
  path: null,
  changed: 1,
  done: [],
  modifiedOutside: [],
};
const never = new Promise<never>(() => {});

// A folder of its own for temporary files: others work in the common one at the same time.
let folder: string;
const usual = process.env["TMPDIR"];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "run-worker-"));
  process.env["TMPDIR"] = folder;
});
afterEach(async () => {
  if (usual === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = usual;
  expect(await readdir(folder), "nothing is left behind").toEqual([]);
  await rm(folder, { recursive: true });
});

/** A worker that calls back and does what it is told; it ends when that is done. */
const worker =
  (work: (socket: Socket, argv: readonly string[]) => Promise<void> | void, code: number | null = 0) =>
  async (argv: readonly string[]): Promise<number | null> => {
    const socket = createConnection(argv[2] ?? "");
    socket.on("error", () => {});
    await new Promise((resolve) => socket.once("connect", resolve));
    // Nothing is done before it is asked for.
    const begun = new Promise<void>((resolve) => requests(socket, (request) => "begin" in request && resolve()));
    await begun;
    await work(socket, argv);
    return code;
  };

/** Tells every request that comes over the pipe. */
function requests(socket: Socket, tell: (request: WorkerRequest) => void): void {
  const read = createRequestReader();
  socket.on("data", (piece) => {
    for (const request of read(String(piece))) tell(request);
  });
}

describe("runInWorker", () => {
  test("hands over the plan with its hash, passes on how far it is, and gives how it ended", async () => {
    const told: [string, number][] = [];
    const start = worker(async (socket, [file = "", sha256 = "", pipe = "", ...rest]) => {
      const bytes = await readFile(file);
      expect(JSON.parse(bytes.toString())).toEqual(plan);
      expect(sha256).toBe(planDigest(bytes));
      expect(dirname(pipe)).toBe(dirname(file));
      expect(dirname(dirname(file))).toBe(folder);
      expect(rest).toEqual(["--practice", "/home/mim"]);
      expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      socket.write(messageLine({ progress: { text: "half", fraction: 0.5 } }));
      socket.end(messageLine({ outcome: result }));
    });
    const progress = (text: string, fraction: number) => told.push([text, fraction]);
    expect(await runInWorker(plan, { start, practice: "/home/mim", progress })).toEqual(result);
    expect(told).toEqual([["half", 0.5]]);
  });

  test("understands messages in whatever pieces they come", async () => {
    const text = messageLine({ progress: { text: "Größe", fraction: 1 } }) + messageLine({ outcome: result });
    const start = worker(async (socket) => {
      for (const byte of Buffer.from(text)) {
        socket.write(Buffer.from([byte]));
        await new Promise((resolve) => setImmediate(resolve));
      }
      socket.end();
    });
    const told: string[] = [];
    expect(await runInWorker(plan, { start, progress: (said) => told.push(said) })).toEqual(result);
    expect(told).toEqual(["Größe"]);
  });

  test.each([
    ["that is no JSON", "hello\n"],
    ["with a field nobody knows", `${JSON.stringify({ outcome: { ...result, command: "x" } })}\n`],
    ["with an outcome nobody knows", `${JSON.stringify({ outcome: { ...result, outcome: "fine" } })}\n`],
    ["with a fraction that is none", '{"progress":{"text":"x","fraction":2}}\n'],
    ["that is an empty line", "\n"],
    ["without an end", "x".repeat(messageLimit + 1)],
  ])("refuses a message %s", async (_what, text) => {
    const start = worker(async (socket) => {
      socket.write(text);
      socket.write(messageLine({ outcome: result }));
      await never;
    });
    await expect(runInWorker(plan, { start, endWithin: 20 })).rejects.toMatchObject({ code: "worker-garbled" });
  });

  test("says that nothing was changed when the worker ends before it has called", async () => {
    await expect(runInWorker(plan, { start: async () => 5 })).rejects.toMatchObject({
      code: "worker-not-begun",
      message: "it ended before it began (exit code 5)",
      cure: expect.stringContaining("Nothing was changed."),
    });
  });

  const breaking = worker((socket) => void socket.destroy(), null);

  test("reads what the worker left when the connection breaks, and says what is not known when that tells nothing", async () => {
    const leftBehind = async (): Promise<ChangeResult> => result;
    expect(await runInWorker(plan, { start: breaking, leftBehind })).toEqual(result);
    for (const nothing of [undefined, async () => null, () => Promise.reject(new Error("closed"))]) {
      const told = await runInWorker(plan, { start: breaking, ...(nothing && { leftBehind: nothing }) }).catch(
        (error: unknown) => error as InputProblem,
      );
      expect(told).toMatchObject({ name: "InputProblem", code: "worker-ended" });
      expect(told).toMatchObject({ message: expect.stringContaining("what it changed is not known") });
      expect(JSON.stringify(told)).not.toMatch(/nothing was changed/i);
    }
  });

  test("lets a worker that has lost its connection end before it reads what was left", async () => {
    const order: string[] = [];
    const start = worker(async (socket) => {
      socket.destroy();
      await new Promise((resolve) => setTimeout(resolve, 50));
      order.push("ended");
    });
    const leftBehind = async (): Promise<ChangeResult> => {
      order.push("read");
      return result;
    };
    await runInWorker(plan, { start, leftBehind });
    expect(order).toEqual(["ended", "read"]);
  });

  test.each([
    ["Access is denied.", new Error("Access is denied.")],
    ["a refusal", new InputProblem("refused", "the elevated process cannot be started", "x", "Nothing was changed.")],
  ])(
    "believes only the pipe once the worker has called, whatever Windows says of its start: %s",
    async (_what, error) => {
      const start = async ([, , pipe = ""]: readonly string[]): Promise<number | null> => {
        const socket = createConnection(pipe);
        requests(socket, () => {
          setTimeout(() => socket.end(messageLine({ outcome: result })), 50);
        });
        await new Promise((resolve) => socket.once("data", resolve));
        throw error;
      };
      expect(await runInWorker(plan, { start })).toEqual(result);
    },
  );

  test("gives how it ended although its end was known first", async () => {
    const start = worker((socket) => {
      setTimeout(() => socket.end(messageLine({ outcome: result })), 100);
    });
    expect(await runInWorker(plan, { start })).toEqual(result);
  });

  const step: InstallerStep = {
    phase: "pages",
    startedAt: "2026-11-23T10:00:00Z",
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

  test("passes on how far the installer is", async () => {
    const start = worker((socket) => {
      socket.write(messageLine({ installer: step }));
      socket.write(messageLine({ installer: { ...step, phase: "ended", exitCode: 0 } }));
      socket.end(messageLine({ outcome: result }));
    });
    const told: InstallerStep[] = [];
    expect(await runInWorker(plan, { start, installer: (one) => told.push(one) })).toEqual(result);
    expect(told).toEqual([step, { ...step, phase: "ended", exitCode: 0 }]);
  });

  test("says that nothing was changed when it is cancelled before the worker has called", async () => {
    const cancelled = new AbortController();
    const waiting = runInWorker(plan, { start: () => never, signal: cancelled.signal });
    cancelled.abort(new Error("cancelled"));
    await expect(waiting).rejects.toMatchObject({ code: "cancelled", cure: "Nothing was changed." });
  });

  test("asks the worker to stop when it is cancelled, and gives how that ended", async () => {
    const cancelled = new AbortController();
    const undone: ChangeResult = { ...result, outcome: "undone", reason: "cancelled", changed: 0 };
    const start = worker(async (socket) => {
      const asked = new Promise<void>((resolve) => requests(socket, (request) => "cancel" in request && resolve()));
      socket.write(messageLine({ progress: { text: "Setting 20 values", fraction: 0.2 } }));
      await asked;
      socket.end(messageLine({ outcome: undone }));
    });
    const progress = (): void => cancelled.abort(new Error("cancelled"));
    expect(await runInWorker(plan, { start, signal: cancelled.signal, progress })).toEqual(undone);
  });

  test("does not wait for ever for a worker that never calls back", async () => {
    await expect(runInWorker(plan, { start: () => never, connectWithin: 50 })).rejects.toMatchObject({
      code: "worker-silent",
    });
  });

  test("says why when it could not be started; a refusal keeps its own words", async () => {
    const failing = async () => Promise.reject(new Error("ENOENT"));
    await expect(runInWorker(plan, { start: failing })).rejects.toMatchObject({
      code: "worker-not-started",
      cure: "Nothing was changed.",
    });
    const declined = new InputProblem("refused", "elevation was declined", "Windows", "Try again.");
    await expect(runInWorker(plan, { start: () => Promise.reject(declined) })).rejects.toBe(declined);
  });
});

describe("a result on its way", () => {
  test("is shortened where a value of the registry would make its message too long", () => {
    const long = "x".repeat(10 * messageLimit);
    const line = messageLine({
      outcome: { ...result, outcome: "refused", reason: long, modifiedOutside: [{ address: "HKLM\\A", stands: long }] },
    });
    const [message] = createMessageReader()(line);
    expect(message).toMatchObject({ outcome: { outcome: "refused", modifiedOutside: [{ address: "HKLM\\A" }] } });
  });
});

describe("lookInWorker", () => {
  const recording = {
    format: "mim-mail-recording",
    version: 1,
    recordedAt: "2026-11-23T10:00:00Z",
    computer: "MIM01",
  };
  const looker =
    (...lines: readonly unknown[]) =>
    async (argv: readonly string[]): Promise<number | null> => {
      const socket = createConnection(argv[1] ?? "");
      socket.on("error", () => {});
      await new Promise<void>((resolve) => requests(socket, (request) => "begin" in request && resolve()));
      socket.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
      return 0;
    };

  test("asks for a look and no plan, passes on how far it is, and reads the recording as strictly as a file", async () => {
    const told: string[] = [];
    const start = looker({ progress: { text: "The registry", fraction: 0.5 } }, { recording });
    const seen = await lookInWorker({
      start: (argv) => {
        expect(argv).toEqual(["--look", expect.stringContaining("pipe")]);
        return start(argv);
      },
      progress: (text) => told.push(text),
    });
    expect([seen.computer, told]).toEqual(["MIM01", ["The registry"]]);
  });

  test("takes a secret out that a worker left in", async () => {
    const key = "HKLM\\SOFTWARE\\Microsoft\\Forefront Identity Manager\\2010\\Service";
    const values = { EncryptedApplicationContextClientSecret: { type: "REG_SZ", data: "AQAAANCMnd8BFdERjHoAwE" } };
    const seen = await lookInWorker({
      start: looker({ recording: { ...recording, registry: { [key]: { state: "present", values } } } }),
    });
    expect(JSON.stringify(seen)).not.toContain("AQAAANCMnd8");
  });

  test.each([
    ["why it could not look", { failed: "the registry is closed" }, "look-failed"],
    ["a recording of another form", { recording: { format: "another" } }, "worker-garbled"],
    ["the message of another worker", { outcome: result }, "worker-garbled"],
    ["nothing", null, "worker-garbled"],
  ])("says that nothing was seen when it is told %s", async (_what, line, code) => {
    await expect(lookInWorker({ start: looker(line) })).rejects.toMatchObject({ code });
  });

  test("says so when the connection breaks, and when the person declines", async () => {
    await expect(lookInWorker({ start: looker() })).rejects.toMatchObject({ code: "worker-ended" });
    const declined = new InputProblem("refused", "elevation was declined", "the elevation prompt", "");
    await expect(lookInWorker({ start: () => Promise.reject(declined) })).rejects.toBe(declined);
  });

  test("ends for whoever waits when it is cancelled", async () => {
    const cancelling = new AbortController();
    const start = async (argv: readonly string[]): Promise<number | null> => {
      const socket = createConnection(argv[1] ?? "");
      socket.on("error", () => {});
      await new Promise<void>((resolve) =>
        requests(socket, (request) => {
          if ("begin" in request) cancelling.abort(new Error("cancelled"));
          else resolve();
        }),
      );
      socket.destroy();
      return 0;
    };
    await expect(lookInWorker({ start, signal: cancelling.signal })).rejects.toThrow("cancelled");
  });
});
