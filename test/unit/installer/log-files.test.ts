import { appendFile, mkdir, open, readFile, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { followLog, type LogFiles } from "../../../electron/installer/follow-log.ts";
import { readLogFile } from "../../../electron/installer/log-file.ts";
import type { LogReading } from "../../../electron/installer/log-reading.ts";
import { scrubLogFile } from "../../../electron/installer/scrub-log.ts";
import { InputProblem } from "../../../electron/recording/input-problem.ts";
import { ownFolder } from "../command-line/folder.ts";
import { logBytes, password, practiceLines } from "./logs.ts";

const folder = ownFolder();

async function problemOf(work: Promise<unknown>): Promise<InputProblem> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof InputProblem)) throw new Error(`no InputProblem: ${String(error)}`);
  return error;
}

describe("reading a log's file", () => {
  test.each([
    ["empty", Buffer.alloc(0), "log-empty"],
    ["binary", Buffer.alloc(10_000), "log-binary"],
    ["a picture", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), "log-binary"],
    ["UTF-16 with the high byte first", Buffer.from("feff004d0053", "hex"), "log-big-endian"],
    ["text of something else", Buffer.from("hello\nworld\n"), "log-no-log"],
  ])("that is %s is refused with what to do", async (_what, bytes, code) => {
    await writeFile(folder.at("a.log"), bytes);
    const problem = await problemOf(readLogFile(folder.at("a.log")));
    expect(problem).toMatchObject({ code, where: folder.at("a.log") });
    expect(problem.cure).toMatch(/^[A-Z].*\.$/);
  });

  test("that is not there, or is a folder, is refused", async () => {
    expect((await problemOf(readLogFile(folder.at("none.log")))).code).toBe("not-found");
    await mkdir(folder.at("folder"));
    expect((await problemOf(readLogFile(folder.at("folder")))).code).toBe("is-folder");
  });

  test("can be stopped", async () => {
    await writeFile(folder.at("a.log"), logBytes(await practiceLines("success")));
    const stop = new AbortController();
    stop.abort(new Error("stopped"));
    await expect(readLogFile(folder.at("a.log"), { signal: stop.signal })).rejects.toThrow("stopped");
  });
});

describe("a clean copy", () => {
  test("has the same lines in the same encoding, without the secrets; the log is not touched", async () => {
    const bytes = logBytes(await practiceLines("customActionFails", password));
    await writeFile(folder.at("a.log"), bytes);
    const reading = await scrubLogFile(folder.at("a.log"), folder.at("b.log"));
    const clean = await readFile(folder.at("b.log"));
    expect(reading.secretCount).toBe(3);
    expect(clean.toString("utf16le")).toBe(bytes.toString("utf16le").replaceAll(password, "**********"));
    expect(await readFile(folder.at("a.log"))).toEqual(bytes);
    expect(await folder.names()).toEqual(["a.log", "b.log"]);
  });

  test("is not written over a file, unless told to", async () => {
    await writeFile(folder.at("a.log"), logBytes(await practiceLines("success")));
    await writeFile(folder.at("b.log"), "mine");
    expect((await problemOf(scrubLogFile(folder.at("a.log"), folder.at("b.log")))).code).toBe("exists");
    expect(await readFile(folder.at("b.log"), "utf8")).toBe("mine");
    await scrubLogFile(folder.at("a.log"), folder.at("b.log"), { force: true });
    expect(await readFile(folder.at("b.log"))).toEqual(await readFile(folder.at("a.log")));
  });

  test("is never written over the log itself", async () => {
    await writeFile(folder.at("a.log"), logBytes(await practiceLines("success")));
    const problem = await problemOf(scrubLogFile(folder.at("a.log"), folder.at("./a.log"), { force: true }));
    expect(problem.code).toBe("same-file");
  });

  test.each([
    ["no log", "a.log", "b.log", "log-no-log"],
    ["no folder to write to", "good.log", "none/b.log", "no-folder"],
  ])("leaves nothing behind where there is %s", async (_what, log, out, code) => {
    await writeFile(folder.at("a.log"), "hello\n");
    await writeFile(folder.at("good.log"), logBytes(await practiceLines("success")));
    expect((await problemOf(scrubLogFile(folder.at(log), folder.at(out)))).code).toBe(code);
    expect(await folder.names()).toEqual(["a.log", "good.log"]);
  });
});

/** Follows a log whose waits are the test's: each wait does the next thing to the file, and after the last it stops. */
function followed(things: readonly (() => Promise<unknown>)[], typed: readonly string[] = []) {
  const stop = new AbortController();
  let next = 0;
  const wait = async () => {
    await turn();
    const thing = things[next++];
    if (thing === undefined) stop.abort();
    else await thing();
  };
  return followLog(folder.at("a.log"), { signal: stop.signal, typed, wait });
}

async function all(readings: AsyncIterable<LogReading>): Promise<LogReading[]> {
  const list: LogReading[] = [];
  for await (const reading of readings) list.push(reading);
  return list;
}

describe("following a log", () => {
  test("waits for it, tells each growth, and ends with the run", async () => {
    const bytes = logBytes(await practiceLines("success", password));
    const cuts = [0, 1, 701, 4000, 4001, bytes.length];
    const things = cuts
      .slice(1)
      .map((to, index) => () => appendFile(folder.at("a.log"), bytes.subarray(cuts[index], to)));
    const readings = await all(followed([async () => {}, ...things]));
    const last = readings.at(-1);
    expect(readings.length).toBeGreaterThanOrEqual(4);
    expect(readings.map(({ bytes }) => bytes)).toEqual([1, 701, 4000, 4001, bytes.length]);
    expect(last).toMatchObject({ exitCode: 0, phase: "ended", secretCount: 3 });
    expect(last).toEqual(await readLogFile(folder.at("a.log")));
  });

  test("ends quietly when it is stopped, with what was read", async () => {
    await writeFile(folder.at("a.log"), logBytes((await practiceLines("success")).slice(0, 40)));
    const readings = await all(followed([async () => {}, async () => {}]));
    expect(readings.at(-1)).toMatchObject({ phase: "pages", exitCode: null, lines: 40 });
  });

  test("of a log that never comes tells nothing", async () => {
    expect(await all(followed([async () => {}, async () => {}]))).toEqual([]);
  });

  test("finds what was typed this time", async () => {
    await writeFile(folder.at("a.log"), logBytes(["MSI (s) (88:1C) [10:00:00:123]: CustomActionData=a;hunter22"]));
    expect((await all(followed([], ["hunter22"]))).at(-1)?.secrets).toEqual([{ line: 1, sign: "typed", name: null }]);
  });

  const begun = async () => writeFile(folder.at("a.log"), logBytes((await practiceLines("success")).slice(0, 40)));

  test("says that it became shorter", async () => {
    await begun();
    const problem = await problemOf(all(followed([() => truncate(folder.at("a.log"), 100)])));
    expect(problem).toMatchObject({ code: "log-shrank", where: folder.at("a.log") });
  });

  test("says that another file took its place", async () => {
    await begun();
    const replace = async () => {
      await writeFile(folder.at("new.log"), logBytes(await practiceLines("success")));
      await rename(folder.at("new.log"), folder.at("a.log"));
    };
    expect((await problemOf(all(followed([replace])))).code).toBe("log-replaced");
  });

  test("says that it was begun anew in the same file, even when it is longer by now", async () => {
    await begun();
    const lines = (await practiceLines("cancelled")).map((line) => line.replace("11/23/2026", "11/24/2026"));
    expect((await problemOf(all(followed([() => writeFile(folder.at("a.log"), logBytes(lines))])))).code).toBe(
      "log-replaced",
    );
  });

  test("says that it was deleted", async () => {
    await begun();
    expect((await problemOf(all(followed([() => rm(folder.at("a.log"))])))).code).toBe("log-removed");
  });

  test("says that it is no text", async () => {
    await writeFile(folder.at("a.log"), Buffer.alloc(100));
    expect((await problemOf(all(followed([])))).code).toBe("log-binary");
  });
});

/** A log that is busy between two moments of the test's own clock, which only waiting moves on. */
function busyLog(code: string, from: number, to: number) {
  let clock = 0;
  const unlessBusy = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    if (clock >= from && clock < to) throw Object.assign(new Error(`${code}: busy`), { code });
    return work();
  };
  const files: LogFiles = {
    open: async (path, flags) => {
      const file = await unlessBusy(() => open(path, flags));
      return {
        read: ((...argv: Parameters<typeof file.read>) => unlessBusy(() => file.read(...argv))) as typeof file.read,
        stat: file.stat.bind(file),
        close: () => file.close(),
      };
    },
    stat: (path, options) => unlessBusy(() => stat(path, options)),
  };
  return {
    files,
    now: () => clock,
    pass: (milliseconds: number) => {
      clock += milliseconds;
    },
  };
}

describe("a log that msiexec has for itself", () => {
  const second = 1000;
  /** Writes a rehearsed log bit by bit over ten seconds while it is followed, and is busy for a while in between. */
  async function followedWhileBusy(code: string, from: number, seconds: number) {
    const bytes = logBytes(await practiceLines("success", password));
    const busy = busyLog(code, from, from + seconds * second);
    const said: (string | null)[] = [];
    const writing = 10 * second;
    let written = 0;
    const stop = new AbortController();
    const wait = async (milliseconds: number) => {
      busy.pass(milliseconds);
      await turn();
      const to = Math.min(bytes.length, Math.ceil((bytes.length * busy.now()) / writing));
      if (to > written) await appendFile(folder.at("a.log"), bytes.subarray(written, to));
      written = Math.max(written, to);
      if (busy.now() > 60 * second) stop.abort();
    };
    const readings = await all(
      followLog(folder.at("a.log"), {
        signal: stop.signal,
        wait,
        files: busy.files,
        unreadable: (problem) => said.push(problem?.message ?? null),
      }),
    );
    return { readings, said, whole: await readLogFile(folder.at("a.log")) };
  }

  const places = [
    ["its beginning", 0],
    ["its middle", 5 * second],
    ["its end", 9.9 * second],
  ] as const;
  const cases = ["EBUSY", "EPERM", "EACCES"].flatMap((code) =>
    places.flatMap(([place, from]) => [0, 1, 5].map((seconds) => [code, seconds, place, from] as const)),
  );
  test.each(cases)("with %s for %i s at %s: every line is read once, and nothing is said", async (...given) => {
    const [code, seconds, , from] = given;
    const { readings, said, whole } = await followedWhileBusy(code, from, seconds);
    expect(readings.at(-1)).toEqual(whole);
    expect(readings.map(({ lines }) => lines)).toEqual(readings.map(({ lines }) => lines).toSorted((a, b) => a - b));
    expect(said).toEqual([]);
  });

  test.each(places)("for longer than ten seconds at %s: said once, taken back, and read on", async (_place, from) => {
    const { readings, said, whole } = await followedWhileBusy("EACCES", from, 20);
    expect(said).toEqual(["the log cannot be read: access denied", null]);
    expect(readings.at(-1)).toEqual(whole);
  });

  test("and has not begun to write: it is not opened before, which could keep msiexec out", async () => {
    const bytes = logBytes(await practiceLines("success"));
    const lengths: number[] = [];
    const files: LogFiles = {
      open: async (path, flags) => {
        lengths.push((await stat(path)).size);
        return open(path, flags);
      },
      stat,
    };
    const stop = new AbortController();
    let waits = 0;
    const wait = async () => {
      waits += 1;
      if (waits === 1) await writeFile(folder.at("a.log"), "");
      if (waits === 5) await appendFile(folder.at("a.log"), bytes);
      if (waits === 20) stop.abort();
    };
    const readings = await all(followLog(folder.at("a.log"), { signal: stop.signal, wait, files }));
    expect(lengths).toEqual([bytes.length]);
    expect(readings.at(-1)).toEqual(await readLogFile(folder.at("a.log")));
  });

  test("when the following is stopped: what was read until then", async () => {
    await writeFile(folder.at("a.log"), logBytes((await practiceLines("success")).slice(0, 40)));
    const busy = busyLog("EBUSY", 1, Number.POSITIVE_INFINITY);
    const stop = new AbortController();
    const wait = async (milliseconds: number) => {
      busy.pass(milliseconds);
      if (busy.now() > 5 * second) stop.abort();
    };
    const readings = await all(followLog(folder.at("a.log"), { signal: stop.signal, wait, files: busy.files }));
    expect(readings.at(-1)).toMatchObject({ lines: 40, phase: "pages" });
  });

  test("for a reason that does not pass is told at once", async () => {
    const busy = busyLog("EIO", 0, second);
    const readings = followLog(folder.at("a.log"), { signal: new AbortController().signal, files: busy.files });
    expect((await problemOf(all(readings))).message).toBe("the log cannot be read: EIO");
  });
});
