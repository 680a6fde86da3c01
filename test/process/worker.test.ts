import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { lookInWorker, runInWorker } from "../../electron/assistant/run-worker.ts";
import { valueChanges } from "../../electron/changes/catalogue.ts";
import type { PlanFile } from "../../electron/changes/plan.ts";
import { createMessageReader, requestLine, type WorkerMessage } from "../../electron/changes/worker-protocol.ts";
import { createPracticeServer } from "../../electron/server/practice/practice-server.ts";
import { pipeIn, run, top } from "./program.ts";

const program = join(top, "out", "worker.js");
const values = valueChanges.map(({ id }) => ({ id, data: 1 }));
const good: PlanFile = { format: "mim-mail-plan", version: 1, entries: values };
const digest = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

let folder: string;
let home: string;
let before: string;

const serverFile = (): Promise<string> => readFile(join(home, "practice", "server.json"), "utf8");
const names = (): Promise<string[]> => readdir(join(home, "journal", "practice")).catch(() => []);

beforeAll(async () => {
  const build = await run(process.execPath, [join(top, "build/build.mjs"), "node"]);
  expect(build.code, build.stderr).toBe(0);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mim-worker-"));
  home = join(folder, "home");
  await createPracticeServer({ home }).reset();
  before = await serverFile();
  return () => rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

interface Worked {
  readonly code: number | null;
  readonly stderr: string;
  readonly messages: readonly WorkerMessage[];
  /** The last message. */
  readonly outcome: WorkerMessage | undefined;
}

interface WorkOptions {
  readonly sha256?: string;
  readonly more?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly onMessage?: (child: ChildProcess) => void;
  /** Asks it to stop in the same breath as to begin. */
  readonly cancelled?: true;
}

/** Starts the built worker with a plan's text as its file, and listens to it. */
async function work(text: string | Uint8Array, options: WorkOptions = {}): Promise<Worked> {
  const file = join(folder, "plan.json");
  const pipe = pipeIn(folder);
  await writeFile(file, text);
  const messages: WorkerMessage[] = [];
  const server = createServer((socket) => {
    socket.write(requestLine({ begin: true }) + (options.cancelled ? requestLine({ cancel: true }) : ""));
    const read = createMessageReader();
    socket.setEncoding("utf8").on("data", (piece: string) => {
      messages.push(...read(piece));
      options.onMessage?.(child);
    });
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(pipe, resolve));
  const argv = [program, file, options.sha256 ?? digest(text), pipe, ...(options.more ?? ["--practice", home])];
  const child = spawn(process.execPath, argv, {
    cwd: folder,
    env: { ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (piece: string) => {
    stderr += piece;
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  await new Promise((resolve) => server.close(resolve));
  return { code, stderr, messages, outcome: messages.at(-1) };
}

async function untouched(): Promise<void> {
  expect(await serverFile()).toBe(before);
  expect(await names()).toEqual([]);
}

describe("the worker", () => {
  test("runs a good plan: tells how far it is, then how it ended, and leaves a journal and no lock", async () => {
    const { code, messages, outcome, stderr } = await work(JSON.stringify(good));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(outcome).toMatchObject({ outcome: { outcome: "applied", reason: null } });
    const fractions = messages.flatMap((message) => ("progress" in message ? [message.progress.fraction] : []));
    expect(fractions.length).toBeGreaterThan(3);
    expect(fractions).toEqual(fractions.toSorted((one, other) => one - other));
    const journals = await names();
    expect(journals).toEqual([expect.stringMatching(/-undo\.reg$/), expect.stringMatching(/\.journal$/)]);
    const { registry } = await createPracticeServer({ home }).look();
    for (const { key, name } of valueChanges)
      expect(registry[key]).toMatchObject({ values: { [name]: { type: "REG_DWORD", data: 1 } } });

    const undo: PlanFile = { format: "mim-mail-plan", version: 1, undo: { journal: null, force: false } };
    expect(await work(JSON.stringify(undo))).toMatchObject({ code: 0, outcome: { outcome: { outcome: "applied" } } });
    expect(JSON.parse(await serverFile())).toEqual(JSON.parse(before));
  });

  test("looks and changes nothing, and what it gives back holds no secret", async () => {
    const pipe = pipeIn(folder);
    const seen = await lookInWorker({
      practice: home,
      start: async (argv) => {
        expect(argv[0]).toBe("--look");
        const child = spawn(process.execPath, [program, ...argv], { cwd: folder, env: {}, stdio: "ignore" });
        return new Promise((resolve) => child.on("close", resolve));
      },
    });
    expect(Object.keys(seen.registry).length).toBeGreaterThan(20);
    expect(JSON.stringify(seen)).not.toMatch(/AQAAANCMnd8/);
    await untouched();
    const wrong = await run(process.execPath, [program, "--look", pipe, "--practice"]);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("usage")]);
  });

  const text = JSON.stringify(good);
  /** What is wrong with it, the plan's file, and the hash it is given with; null for its own. */
  const bad: readonly (readonly [string, string | Uint8Array, string | null])[] = [
    ["one byte altered", text.replace("1.0", "1.1"), digest(text)],
    ["one byte more", `${text} `, digest(text)],
    ["another hash", text, digest("another")],
    ["no hash", text, ""],
    [
      "one entry more",
      JSON.stringify({ ...good, entries: [...values, { id: "tls.1.3.client.Enabled", data: 1 }] }),
      null,
    ],
    [
      "one entry more, of the catalogue",
      JSON.stringify({ ...good, entries: [...values, { action: "restartService" }] }),
      digest(text),
    ],
    [
      "another address",
      JSON.stringify({
        ...good,
        entries: [{ ...values[0], key: "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run" }],
      }),
      null,
    ],
    ["an address for an id", JSON.stringify({ ...good, entries: [{ id: valueChanges[0]?.key, data: 1 }] }), null],
    ["data that is not allowed", JSON.stringify({ ...good, entries: [{ ...values[0], data: 2 }] }), null],
    ["another format version", JSON.stringify({ ...good, version: 2 }), null],
    [
      "a journal outside of its folder",
      JSON.stringify({ ...good, entries: undefined, undo: { journal: "../../x", force: true } }),
      null,
    ],
    ["10 MB", `${text.slice(0, -1)}${" ".repeat(10 * 1024 * 1024)}}`, null],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x00]), null],
    ["nothing in it", "", null],
  ];
  test.each(bad)("refuses a plan with %s: exit 5, nothing written", async (_what, content, sha256) => {
    const { code, messages, outcome } = await work(content, { sha256: sha256 ?? digest(content) });
    expect(outcome).toMatchObject({ outcome: { outcome: "refused", journal: null, changed: 0 } });
    expect(messages).toHaveLength(1);
    expect(code).toBe(5);
    await untouched();
  });

  test("refuses the live server in this version", async () => {
    expect(await work(text, { more: [] })).toMatchObject({ code: 5, outcome: { outcome: { outcome: "refused" } } });
    await untouched();
  });

  test.each([
    ["no arguments", []],
    ["an option nobody knows", ["/plan.json", "00", "/pipe", "--live", "/home"]],
    ["an option without its value", ["/plan.json", "00", "/pipe", "--practice"]],
    ["an argument too many", ["/plan.json", "00", "/pipe", "--practice", "/home", "more"]],
    ["a plan somewhere below", ["plan.json", "00", "/pipe"]],
    ["a home somewhere below", ["/plan.json", "00", "/pipe", "--practice", "home"]],
  ])("says how it is used when it is started with %s: exit 2", async (_what, argv) => {
    const ended = await run(process.execPath, [program, ...argv], { cwd: folder });
    expect(ended).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/^worker: usage: .*\n$/) });
  });

  test("does nothing when nobody listens, or there is no plan", async () => {
    await writeFile(join(folder, "plan.json"), text);
    const argv = [program, join(folder, "plan.json"), digest(text), join(folder, "nobody"), "--practice", home];
    expect(await run(process.execPath, argv)).toMatchObject({ code: 5, stdout: "" });
    await untouched();
  });

  const installs: PlanFile = { format: "mim-mail-plan", version: 1, entries: [{ action: "changeMode" }] };

  test("runs the installer: tells how far it is, then how it ended, and keeps the run", async () => {
    const { code, messages, outcome, stderr } = await work(JSON.stringify(installs));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(outcome).toMatchObject({ outcome: { outcome: "nothing", done: [expect.stringMatching(/exit code 0/)] } });
    const phases = messages.flatMap((message) => ("installer" in message ? [message.installer.phase] : []));
    // What lasts less than a fifth of a second may be left out.
    const lasting = [...new Set(phases)].filter((phase) => phase !== "begun");
    expect(lasting).toEqual(["preparing", "pages", "installing", "ended"]);
    const { installerRuns } = await createPracticeServer({ home }).look();
    expect(installerRuns).toMatchObject([{ exitCode: 0 }]);
  });

  test.each([
    ["is gone before it says that it may begin", ""],
    ["says something else", '{"begin":1}\nbegin\n{"method":{"x":1}}\n\u0000\n'],
  ])("changes nothing when whoever asked %s", async (_what, said) => {
    const file = join(folder, "plan.json");
    await writeFile(file, text);
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.end(said);
    });
    await new Promise<void>((resolve) => server.listen(pipeIn(folder), resolve));
    const ended = await run(process.execPath, [program, file, digest(text), pipeIn(folder), "--practice", home]);
    server.close();
    expect(ended).toMatchObject({ code: 5, stderr: "worker: refused, whoever asked is gone\n" });
    await untouched();
  });

  test("is cancelled over the pipe: what was set is put back, and it says so with 3", async () => {
    const { code, outcome } = await work(text, { cancelled: true });
    expect({ code, outcome }).toMatchObject({
      code: 3,
      outcome: { outcome: { outcome: "undone", reason: "cancelled" } },
    });
    expect(JSON.parse(await serverFile())).toEqual(JSON.parse(before));
  });

  test("does not start the installer any more when whoever asked is gone", async () => {
    const file = join(folder, "plan.json");
    const text = JSON.stringify(installs);
    await writeFile(file, text);
    const server = createServer((socket) => {
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(pipeIn(folder), resolve));
    const ended = await run(process.execPath, [program, file, digest(text), pipeIn(folder), "--practice", home]);
    server.close();
    expect(ended.code).not.toBe(0);
    expect((await createPracticeServer({ home }).look()).installerRuns).toEqual([]);
  });

  test("refuses while another process changes the same server", async () => {
    const journals = createPracticeServer({ home }).journals;
    const { code, outcome } = await journals.exclusive(() => work(text));
    expect({ code, outcome }).toMatchObject({
      code: 5,
      outcome: { outcome: { reason: expect.stringMatching(/under way/) } },
    });
    await untouched();
  });

  test("takes nothing from the environment", async () => {
    const other = join(folder, "other");
    const env = {
      MIM_MAIL_HOME: other,
      XDG_DATA_HOME: other,
      LOCALAPPDATA: other,
      ProgramData: other,
      HOME: other,
      TMPDIR: other,
      MIM_MAIL_DEBUG: "1",
    };
    expect(await work(text, { env })).toMatchObject({ code: 0 });
    expect(await serverFile()).not.toBe(before);
    expect(await readdir(folder)).not.toContain("other");
    expect(await readFile(program, "utf8")).not.toMatch(/process\.env|\benv\b/);
  });

  test("ends a change it has begun although whoever asked is gone", async () => {
    const file = join(folder, "plan.json");
    await writeFile(file, text);
    const server = createServer((socket) => {
      socket.write(requestLine({ begin: true }));
      socket.once("data", () => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(pipeIn(folder), resolve));
    const ended = await run(process.execPath, [program, file, digest(text), pipeIn(folder), "--practice", home]);
    server.close();
    expect(ended).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await names()).toHaveLength(2);
    const { registry } = await createPracticeServer({ home }).look();
    for (const { key } of valueChanges) expect(registry[key]?.state).toBe("present");
  });

  test("says with 3 that it was put back and with 4 that it was not", async () => {
    const practice = createPracticeServer({ home });
    await practice.fail("writeError");
    expect(await work(text)).toMatchObject({ code: 3, outcome: { outcome: { outcome: "undone" } } });
    expect(JSON.parse(await serverFile())).toEqual(JSON.parse(before));
    await practice.fail("stuck");
    expect(await work(text)).toMatchObject({ code: 4, outcome: { outcome: { outcome: "stuck" } } });
    await practice.fail(null);
    const undo: PlanFile = { format: "mim-mail-plan", version: 1, undo: { journal: null, force: false } };
    expect(await work(JSON.stringify(undo))).toMatchObject({ code: 0, outcome: { outcome: { outcome: "undone" } } });
    expect(JSON.parse(await serverFile())).toEqual(JSON.parse(before));
  });
});

describe("the other side of the pipe", () => {
  const start = (also?: (child: ChildProcess) => void) => (argv: readonly string[]) =>
    new Promise<number | null>((resolve, reject) => {
      const child = spawn(process.execPath, [program, ...argv], { stdio: "ignore" });
      child.on("error", reject);
      child.on("close", resolve);
      also?.(child);
    });

  test("gets how far the worker is and how it ended", async () => {
    const told: string[] = [];
    const result = await runInWorker(good, { start: start(), practice: home, progress: (said) => told.push(said) });
    expect(result).toMatchObject({ outcome: "applied" });
    expect(told.at(0)).toBe("Writing the journal");
    expect(told.at(-1)).toBe("Done");
  });

  test("hears of a worker that is killed; the journal it leaves can be put back", async () => {
    let killed: ChildProcess | null = null;
    const running = runInWorker(good, {
      start: start((child) => {
        killed = child;
      }),
      practice: home,
      progress: (_text, fraction) => {
        if (fraction > 0.1) killed?.kill("SIGKILL");
      },
    });
    await expect(running).rejects.toMatchObject({ code: "worker-ended" });
    const undo: PlanFile = { format: "mim-mail-plan", version: 1, undo: { journal: null, force: false } };
    expect(await runInWorker(undo, { start: start(), practice: home })).toMatchObject({ outcome: "undone" });
    expect(JSON.parse(await serverFile())).toEqual(JSON.parse(before));
  });
});
