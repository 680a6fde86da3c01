import * as files from "node:fs/promises";
import { appendFile, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { type InstallerStep, installerStepSchema } from "../../../electron/contract/change-mode.ts";
import type { InstallerRun } from "../../../electron/contract/history.ts";
import type { PracticeRun } from "../../../electron/installer/practice-log.ts";
import { type RunInstallerOptions, runInstaller } from "../../../electron/installer/run-installer.ts";
import { logBytes, password, practiceLines, productCode } from "./logs.ts";

const actual = await vi.importActual<typeof files>("node:fs/promises");
vi.mock("node:fs/promises", async (original) => {
  const own = await original<typeof files>();
  return { ...own, default: own, open: vi.fn(own.open) };
});

let folder = "";
let log = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "run-installer-"));
  log = join(folder, "change-mode.log");
});
afterEach(() => rm(folder, { recursive: true }));

interface Ran {
  readonly run: InstallerRun | null;
  readonly error: unknown;
  readonly steps: readonly InstallerStep[];
  readonly last: InstallerStep;
  readonly noted: readonly InstallerRun[];
  readonly times: readonly number[];
}

/** What an installer of these tests can wait for. */
interface Watched {
  /** Resolves once something was told that is as asked. */
  readonly told: (isIt: (step: InstallerStep) => boolean) => Promise<void>;
  /** Resolves once everything that was written so far has been looked at: the look under way may have begun before. */
  readonly looked: () => Promise<void>;
}

/** Runs an installer that does what it is given, and gathers everything that is told of it. No moment passes in it. */
async function ran(
  start: (watched: Watched) => Promise<number>,
  more: Partial<RunInstallerOptions> = {},
): Promise<Ran> {
  const steps: InstallerStep[] = [];
  const times: number[] = [];
  const noted: InstallerRun[] = [];
  const waiting = new Set<() => void>();
  const changed = () => new Promise<void>((resolve) => waiting.add(resolve));
  const wake = (): void => {
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  let looks = 0;
  const watched: Watched = {
    told: async (isIt) => {
      while (!steps.some(isIt)) await changed();
    },
    looked: async () => {
      const enough = looks + 2;
      while (looks < enough) await changed();
    },
  };
  let second = 0;
  let run: InstallerRun | null = null;
  let error: unknown = null;
  try {
    run = await runInstaller({
      start: () => start(watched),
      productCode,
      log,
      notes: {
        put: async (one) => void noted.push(one),
        remove: async (startedAt) =>
          void noted.splice(
            noted.findIndex((one) => one.startedAt === startedAt),
            1,
          ),
      },
      now: () => new Date(Date.UTC(2026, 10, 23, 10, 0, second++)),
      tell: (step) => {
        times.push(performance.now());
        steps.push(installerStepSchema.parse(step));
        wake();
      },
      every: 0,
      lookEvery: 5,
      lastLines: 50,
      wait: async () => {
        looks += 1;
        wake();
        await turn();
      },
      ...more,
    });
  } catch (thrown) {
    error = thrown;
  }
  const last = steps.at(-1);
  if (last === undefined) throw new Error("nothing was told");
  return { run, error, steps, last, noted, times };
}

/** Writes a rehearsed log in pieces, each looked at before the next; ends with the exit code. */
async function written(
  { looked }: Watched,
  how: PracticeRun,
  code: number,
  passwordInClear: string | null = null,
): Promise<number> {
  const bytes = logBytes(await practiceLines(how, passwordInClear));
  const size = Math.ceil(bytes.length / 12) + 1;
  for (let from = 0; from < bytes.length; from += size) {
    await appendFile(log, bytes.subarray(from, from + size));
    // What ends the run ends the looks as well.
    if (from + size < bytes.length) await looked();
  }
  return code;
}

describe("running the installer", () => {
  test("tells every part of a run in its order, and gives the run with msiexec's exit code", async () => {
    const { run, steps, last, noted } = await ran((watched) => written(watched, "success", 0));
    const phases = steps.map(({ phase }) => phase);
    expect([...new Set(phases)]).toEqual(["preparing", "begun", "pages", "installing", "ended"]);
    expect(phases).toEqual(phases.toSorted((one, other) => order.indexOf(one) - order.indexOf(other)));
    expect(last).toMatchObject({
      exitCode: 0,
      log,
      fraction: 1,
      action: null,
      restart: "none",
      firstFailure: null,
      explanations: [],
      secretsInLog: 0,
      notice: null,
    });
    expect(last.dialogs).toContain("Practice08MailboxDlg");
    expect(last.actionsEnded).toBeGreaterThan(5);
    expect(run).toEqual({
      startedAt: "2026-11-23T10:00:00.000Z",
      endedAt: "2026-11-23T10:00:01.000Z",
      exitCode: 0,
      productCode,
      log,
      firstFailure: null,
      secretsInLog: 0,
    });
    // Noted before the start without an end, and with it afterwards.
    expect(noted).toEqual([{ ...run, endedAt: null, exitCode: null }, run]);
  });

  test("goes forward only while it installs, and says in words what is done", async () => {
    const { steps } = await ran((watched) => written(watched, "success", 0));
    const fractions = steps.flatMap(({ fraction }) => (fraction === null ? [] : [fraction]));
    expect(fractions.length).toBeGreaterThan(1);
    expect(fractions).toEqual(fractions.toSorted((one, other) => one - other));
    for (const { phase, fraction, action } of steps) {
      if (phase === "pages") expect([fraction, action]).toEqual([null, null]);
    }
    expect(steps.some(({ action }) => action === "Copying files" || action === "Starting services")).toBe(true);
  });

  test.each([
    ["missingMedia", 1603, "InstallFiles", [1706, 1603]],
    ["customActionFails", 1603, "InstallFinalize", [1722, 1603]],
    ["cancelled", 1602, null, [1602]],
  ] as const)("explains a run that ended as %s, nearest to the cause first", async (how, code, action, codes) => {
    const { run, last } = await ran((watched) => written(watched, how, code));
    expect(last.explanations.map((one) => one.code)).toEqual(codes);
    expect(last.firstFailure?.action ?? null).toBe(action);
    expect(run).toMatchObject({ exitCode: code, firstFailure: action });
    // What is kept with the run are the causes the log told, with the lines around each; the exit code says itself.
    const kept = codes.filter((one) => one !== code).map((one) => expect.stringContaining(`Error ${one}: `));
    expect(run?.causes?.map(({ text }) => text) ?? []).toEqual(kept);
    for (const { lines } of run?.causes ?? []) expect(lines?.length).toBeGreaterThan(5);
  });

  test("tells the codes of refused sign-ins and how many secrets the log holds, never their text", async () => {
    const { steps, last, run } = await ran((watched) => written(watched, "wrongSecret", 1602, password));
    expect(last.signInErrors).toEqual(["7000215"]);
    const held = await ran((watched) => rm(log).then(() => written(watched, "success", 0, password)));
    expect(held.last.secretsInLog).toBeGreaterThan(0);
    expect(held.run?.secretsInLog).toBe(held.last.secretsInLog);
    expect(JSON.stringify([steps, run, held.steps, held.run, held.noted])).not.toContain(password);
  });

  test("tells no more often than asked, and the end at once", async () => {
    const { times, last } = await ran((watched) => written(watched, "success", 0), { every: 60 });
    const gaps = times.slice(1, -1).map((at, index) => at - (times[index] ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(55);
    expect(last.phase).toBe("ended");
  });

  test.each([
    ["3010", 3010, "needed"],
    ["1641", 1641, "begun"],
  ] as const)("tells that a restart is asked for by exit code %s", async (_what, code, restart) => {
    expect((await ran((watched) => written(watched, "success", code))).last).toMatchObject({ exitCode: code, restart });
  });
});

const order = ["preparing", "begun", "pages", "installing", "ended"];

describe("a log that cannot be followed", () => {
  test("that never appears: a notice, and msiexec's exit code counts", async () => {
    const { run, last, error } = await ran(async ({ looked }) => looked().then(() => 1622));
    expect(error).toBeNull();
    expect(last.notice).toMatch(/tells nothing: the log does not exist/);
    expect(last.explanations).toMatchObject([{ code: 1622, origin: "exit" }]);
    expect(run).toMatchObject({ exitCode: 1622, firstFailure: null });
  });

  test("that is binary: a notice while the installer goes on, and its end all the same", async () => {
    const { run, last, steps } = await ran(async (watched) => {
      await writeFile(log, Buffer.alloc(4096));
      await watched.told(({ notice }) => notice !== null);
      return 0;
    });
    expect(last.notice).toMatch(/could not be followed: .*not a log/);
    expect(steps.find(({ notice }) => notice !== null)?.phase).toBe("begun");
    expect(run).toMatchObject({ exitCode: 0 });
  });

  test("that shrinks: said, and what stands there at the end counts", async () => {
    const { last, run } = await ran(async (watched) => {
      await writeFile(log, logBytes((await practiceLines("success")).slice(0, 60)));
      await watched.told(({ phase }) => phase === "pages");
      await writeFile(log, logBytes(["=== Verbose logging started: 11/23/2026  10:00:00 ==="]));
      await watched.told(({ notice }) => notice !== null);
      await writeFile(log, logBytes(await practiceLines("missingMedia")));
      return 1603;
    });
    expect(last.notice).toMatch(/could not be followed: the log became shorter/);
    expect(run).toMatchObject({ exitCode: 1603, firstFailure: "InstallFiles" });
  });

  test("that is replaced by another file: said, and the new one is followed", async () => {
    const lines = await practiceLines("success");
    const { last, steps } = await ran(async (watched) => {
      await writeFile(log, logBytes(lines.slice(0, 40)));
      await watched.told(({ phase }) => phase === "pages");
      const other = join(folder, "other.log");
      await writeFile(other, logBytes(lines.slice(0, 60)));
      await rename(other, log);
      await watched.told(({ notice, dialogs }) => notice !== null && dialogs.length > 8);
      await appendFile(log, logBytes(lines.slice(60)).subarray(2));
      return 0;
    });
    expect(last.notice).toMatch(/replaced by another file/);
    expect(steps.some(({ notice, phase }) => notice !== null && phase === "pages")).toBe(true);
    expect(last.actionsEnded).toBeGreaterThan(5);
  });

  test("that is another product's: nothing of it is taken for this run", async () => {
    const { last, run } = await ran((watched) => written(watched, "missingMedia", 0), {
      productCode: "{00000000-1111-4222-8333-444455556666}",
    });
    expect(last).toMatchObject({ exitCode: 0, firstFailure: null, dialogs: [], explanations: [] });
    expect(last.notice).toMatch(/another product/);
    expect(run?.firstFailure).toBeNull();
  });

  test("that ends amid a character: what was whole counts", async () => {
    const { last, run } = await ran(async () => {
      const bytes = logBytes(await practiceLines("success"));
      await writeFile(log, bytes.subarray(0, Math.floor(bytes.length / 2) | 1));
      return 1603;
    });
    expect(last).toMatchObject({ notice: null, exitCode: 1603 });
    expect(run?.exitCode).toBe(1603);
  });
});

describe("an installer that is not started", () => {
  test("because it was called off: nothing is started, and no run is kept", async () => {
    let started = false;
    const signal = AbortSignal.abort(new Error("called off"));
    const { error, noted, last } = await ran(
      async () => {
        started = true;
        return 0;
      },
      { signal },
    );
    expect(error).toMatchObject({ message: "called off" });
    expect({ started, noted, phase: last.phase }).toEqual({ started: false, noted: [], phase: "preparing" });
  });

  test("because it was called off while the run was being noted: forgotten again", async () => {
    const controller = new AbortController();
    const noted: InstallerRun[] = [];
    const { error } = await ran(async () => 0, {
      signal: controller.signal,
      notes: {
        put: async (run) => {
          noted.push(run);
          controller.abort(new Error("called off"));
        },
        remove: async () => void noted.pop(),
      },
    });
    expect(error).toMatchObject({ message: "called off" });
    expect(noted).toEqual([]);
  });

  test("because the run cannot be noted: said before anything is started", async () => {
    let started = false;
    const { error } = await ran(
      async () => {
        started = true;
        return 0;
      },
      { notes: { put: () => Promise.reject(new Error("the disk is full")), remove: async () => {} } },
    );
    expect(error).toMatchObject({ message: "the disk is full" });
    expect(started).toBe(false);
  });

  test("because msiexec cannot be started: said, and no run is kept", async () => {
    const { error, noted } = await ran(() => Promise.reject(new Error("msiexec.exe is missing")));
    expect(error).toMatchObject({ message: "msiexec.exe is missing" });
    expect(noted).toEqual([]);
  });
});

test("a run whose end cannot be kept is given all the same, with a notice", async () => {
  let puts = 0;
  const { run, last, error } = await ran((watched) => written(watched, "success", 0), {
    notes: {
      put: async () => {
        puts += 1;
        if (puts === 2) throw new Error("access denied");
      },
      remove: async () => {},
    },
  });
  expect(error).toBeNull();
  expect(run?.exitCode).toBe(0);
  expect(last.notice).toBe("How the installer ended could not be kept: access denied.");
});

test("a log that another process ends late is waited for", async () => {
  const bytes = logBytes(await practiceLines("success"));
  let hasEnded = false;
  let looks = 0;
  const { run, last } = await ran(
    async () => {
      await writeFile(log, "");
      hasEnded = true;
      return 0;
    },
    {
      lastLines: 5000,
      wait: async () => {
        if (hasEnded) looks += 1;
        await (looks === 10 ? writeFile(log, bytes) : turn());
      },
    },
  );
  expect(run).toMatchObject({ exitCode: 0, productCode });
  expect(last).toMatchObject({ phase: "ended", notice: null });
  expect(last.dialogs.length).toBeGreaterThan(0);
});

/** What Node gives for a log that another program has for itself. */
function busy(code: string): Error {
  return Object.assign(new Error(`${code}: a log that msiexec writes`), { code });
}

describe("a log that msiexec has for itself", () => {
  test("once it has ended is waited for as long as another program may need it", async () => {
    let refusals = 0;
    onTestFinished(() => void vi.mocked(files.open).mockImplementation(actual.open));
    const { run, last } = await ran(async (watched) => {
      const code = await written(watched, "success", 0);
      vi.mocked(files.open).mockImplementation((...argv) => {
        refusals += 1;
        return refusals <= 50 ? Promise.reject(busy("EBUSY")) : actual.open(...argv);
      });
      return code;
    });
    expect(refusals).toBe(51);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(last).toMatchObject({ notice: null, phase: "ended" });
  });
});
