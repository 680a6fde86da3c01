import { writeFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RegistryReader, SubKeys } from "../../../electron/changes/registry.ts";
import type { InstallerStep } from "../../../electron/contract/change-mode.ts";
import { installPropertiesKey, uninstallRoots } from "../../../electron/facts/product.ts";
import type { NotedRun } from "../../../electron/installer/run-installer.ts";
import type { RegistryKey } from "../../../electron/recording/recording.ts";
import { createInstallerRunsFile } from "../../../electron/server/installer-runs.ts";
import { createLiveInstaller, type LiveInstallerPorts } from "../../../electron/server/live/live-installer.ts";
import { endedByLog, isRunning } from "../../../electron/server/live/open-run.ts";
import { type Ended, ToolFailure } from "../../../electron/server/windows-tool.ts";
import { text } from "../checklist/server-case.ts";
import { logBytes, password, practiceLines, productCode } from "../installer/logs.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "live-installer-"));
});
afterEach(() => rm(folder, { recursive: true }));

const ended = (code: number, stdout = ""): Ended => ({ code, stdout: Buffer.from(stdout), stderr: Buffer.alloc(0) });

interface Found {
  readonly view?: 0 | 1;
  readonly uninstallString?: string;
  readonly media?: Readonly<Record<string, string>>;
  readonly keys?: Readonly<Record<string, RegistryKey>>;
  readonly listed?: SubKeys;
}

function registryOf({ view = 0, uninstallString, media = {}, keys = {}, listed }: Found): RegistryReader {
  const values = { DisplayName: text("Microsoft Identity Manager Service and Portal") };
  const properties = Object.fromEntries(Object.entries(media).map(([name, path]) => [name, text(path)]));
  const known: Record<string, RegistryKey> = {
    [`${uninstallRoots[view]}\\${productCode}`]: {
      state: "present",
      values: { ...values, ...(uninstallString === undefined ? {} : { UninstallString: text(uninstallString) }) },
    },
    [installPropertiesKey(productCode)]: { state: "present", values: properties },
    ...keys,
  };
  return {
    readKeys: async (asked) => new Map(asked.map((key) => [key, known[key] ?? { state: "absent" }])),
    listSubKeys: async (asked) =>
      new Map(
        asked.map((root): [string, SubKeys] => [
          root,
          listed ?? {
            state: "present",
            names: Object.keys(known)
              .filter((key) => dirname(key.replaceAll("\\", "/")) === root.replaceAll("\\", "/"))
              .map((key) => key.slice(root.length + 1)),
          },
        ]),
      ),
  };
}

const runsFile = () => createInstallerRunsFile(join(folder, "journal", "installer-runs.json"));

function installer(found: Found = {}, more: Partial<LiveInstallerPorts> = {}) {
  const started: (readonly string[])[] = [];
  const closed: string[] = [];
  const made = createLiveInstaller({
    run: async (program, argv, options) => {
      started.push([program, ...argv]);
      expect(options).toEqual({ timeLimit: 0, asTyped: true, started: expect.any(Function) });
      options?.started?.(4711);
      await writeFile(argv[2]?.replaceAll('"', "") ?? "", logBytes(await practiceLines("success", password)));
      return ended(0);
    },
    runScript: async () => ended(0, "none\r\n"),
    registry: registryOf(found),
    runs: runsFile(),
    logs: join(folder, "logs"),
    close: async (path) => void closed.push(path),
    now: () => new Date("2026-11-23T10:00:00Z"),
    lookEvery: 5,
    ...more,
  });
  return { ...made, started, closed };
}

describe("the installer of this server", () => {
  test.each([
    ["in the 64-bit view", { view: 0 }],
    ["in the 32-bit view", { view: 1 }],
    ["with an UninstallString that uninstalls", { uninstallString: `MsiExec.exe /X${productCode}` }],
    ["with an UninstallString that is another program", { uninstallString: "C:\\Users\\Public\\evil.exe /I{0}" }],
  ] as const)("is started by the product code that is found %s, and by nothing else", async (_what, found) => {
    const { changeMode, started, closed } = installer(found);
    const run = await changeMode({});
    const log = join(folder, "logs", "2026-11-23T10-00-00-000Z", "change-mode.log");
    expect(started).toEqual([["C:\\Windows\\System32\\msiexec.exe", `/I${productCode}`, "/lvxi*!", `"${log}"`]]);
    // Its folder is closed before the installer writes to it.
    expect(closed).toEqual([dirname(log)]);
    expect(run).toMatchObject({ exitCode: 0, productCode, log });
    expect(run.secretsInLog).toBeGreaterThan(0);
    expect(await runsFile().read()).toEqual([run]);
  });

  test("keeps its runs beside the journals, the last of them at the end, and none twice", async () => {
    let second = 0;
    const { changeMode } = installer({}, { now: () => new Date(Date.UTC(2026, 10, 23, 10, 0, second++)) });
    const runs = [await changeMode({}), await changeMode({})];
    expect(await runsFile().read()).toEqual(runs);
    await writeFile(join(folder, "journal", "installer-runs.json"), "{ damaged");
    expect(await runsFile().read()).toEqual([]);
  });

  test.each([
    ["another installation runs", {}, { runScript: async () => ended(0, "running\r\n") }, /another installation/],
    ["the product is not there", { listed: { state: "present", names: [] } }, {}, /not installed/],
    [
      "the product cannot be looked for",
      { listed: { state: "unreadable", reason: "access denied" } },
      {},
      /cannot be looked for: access denied/,
    ],
    [
      "neither the cached package nor the source is there",
      { media: { LocalPackage: "/no-such-folder-of-mim/1.msi", InstallSource: "/no-such-folder-of-mim/" } },
      {},
      /media are missing/,
    ],
  ] as const)("is not started while %s: refused, nothing kept", async (_what, found, more, message) => {
    const { changeMode, started } = installer(found as Found, more);
    await expect(changeMode({})).rejects.toMatchObject({ code: "refused", message: expect.stringMatching(message) });
    expect({ started, runs: await runsFile().read() }).toEqual({ started: [], runs: [] });
  });

  test.each([
    ["PowerShell is blocked", () => Promise.reject(new ToolFailure("blocked", "it cannot be started"))],
    ["it is not told", async () => ended(1)],
    ["the answer is nonsense", async () => ended(0, "perhaps")],
    ["none runs", async () => ended(0, "none\r\n")],
  ])("is started when %s: msiexec itself refuses beside another installation", async (_what, runScript) => {
    const { changeMode, started } = installer({}, { runScript });
    await changeMode({});
    expect(started).toHaveLength(1);
  });

  test("is started when one of its packages is there", async () => {
    const source = join(folder, "source");
    await mkdir(source);
    const { changeMode } = installer({
      media: { LocalPackage: "/no-such-folder-of-mim/1.msi", InstallSource: source },
    });
    expect((await changeMode({})).exitCode).toBe(0);
  });

  test("is not started when the folder of its log cannot be closed", async () => {
    const close = () => Promise.reject(new Error("it cannot be kept to administrators"));
    const { changeMode, started } = installer({}, { close });
    await expect(changeMode({})).rejects.toThrow(/cannot be kept to administrators/);
    expect({ started, runs: await runsFile().read() }).toEqual({ started: [], runs: [] });
  });

  test("leaves no run behind when msiexec cannot be started", async () => {
    const { changeMode } = installer(
      {},
      { run: () => Promise.reject(new ToolFailure("missing", "msiexec.exe is missing")) },
    );
    await expect(changeMode({})).rejects.toThrow(/missing/);
    expect(await runsFile().read()).toEqual([]);
  });

  test.each([
    ["that exists", "there.log", "exists"],
    ["in a folder that does not exist", "nowhere/x.log", "no-folder"],
    ["with a quotation mark in its name", 'x" /qn.log', "no-log-name"],
  ])("does not take a log %s", async (_what, name, code) => {
    await writeFile(join(folder, "there.log"), "mine");
    const { changeMode, started } = installer();
    await expect(changeMode({ log: join(folder, name) })).rejects.toMatchObject({ code });
    expect(started).toEqual([]);
    expect(await readFile(join(folder, "there.log"), "utf8")).toBe("mine");
  });
});

describe("the log of its last run", () => {
  test("is cleaned in its place, and the run says so", async () => {
    const { changeMode, cleanLog } = installer();
    const run = await changeMode({});
    expect(await cleanLog()).toBe(run.log);
    expect(await readFile(run.log ?? "", "utf16le")).not.toContain(password);
    expect(await runsFile().read()).toEqual([{ ...run, secretsInLog: 0 }]);
    await expect(cleanLog()).rejects.toMatchObject({ code: "refused", message: /no log with a secret/ });
  });

  test("is left alone where this program did not put it: elevated, nothing else is written over", async () => {
    const { changeMode, cleanLog } = installer();
    const log = join(folder, "elsewhere.log");
    await changeMode({ log });
    const before = await readFile(log);
    await expect(cleanLog()).rejects.toMatchObject({
      code: "refused",
      message: expect.stringMatching(/another folder/),
    });
    expect(await readFile(log)).toEqual(before);
  });

  test.each([
    ["two points", "../x.log"],
    ["two points on the way", "linked/../../outside/x.log"],
    ["a folder that is a link", "linked/x.log"],
  ])("is not cleaned where its name leads out by %s", async (_how, name) => {
    const { changeMode, cleanLog } = installer();
    const run = await changeMode({});
    const logs = join(folder, "logs");
    const outside = join(folder, "outside");
    await mkdir(outside);
    for (const place of [outside, folder]) await writeFile(join(place, "x.log"), await readFile(run.log ?? ""));
    await symlink(outside, join(logs, "linked"), "junction");
    await runsFile().put({ ...run, log: `${logs}/${name}` });
    await expect(cleanLog()).rejects.toMatchObject({
      code: "refused",
      message: expect.stringMatching(/another folder/),
    });
    for (const place of [outside, folder]) {
      expect(await readFile(join(place, "x.log"), "utf16le")).toContain(password);
    }
  });

  test("is not cleaned through a link", async () => {
    const { changeMode, cleanLog } = installer();
    const run = await changeMode({});
    const other = join(folder, "other.log");
    await writeFile(other, await readFile(run.log ?? ""));
    await rm(run.log ?? "");
    await symlink(other, run.log ?? "");
    await expect(cleanLog()).rejects.toMatchObject({ code: "refused" });
    expect(await readFile(other, "utf16le")).toContain(password);
  });
});

describe("an installer that an earlier start of this program began", () => {
  const startedAt = "2026-11-23T09:00:00.000Z";
  const log = () => join(folder, "earlier.log");
  const whole = async (): Promise<Uint8Array> => logBytes(await practiceLines("success", null));
  const open = (more: object = {}) =>
    runsFile().put({ startedAt, endedAt: null, exitCode: null, productCode, log: log(), process: 4711, ...more });

  test("is noted with its process while it goes on, and without it at its end", async () => {
    const noted: unknown[] = [];
    const runs = runsFile();
    const put = async (run: NotedRun): Promise<void> => {
      noted.push(run.process);
      await runs.put(run);
    };
    await installer({}, { runs: { ...runs, put } }).changeMode({});
    expect(noted).toEqual([undefined, 4711, undefined]);
    expect(await runs.read()).toEqual([expect.not.objectContaining({ process: 4711 })]);
  });

  test("is followed to its end instead of being started a second time", async () => {
    await open();
    const bytes = await whole();
    await writeFile(log(), bytes.subarray(0, bytes.length / 2));
    let looks = 0;
    const steps: InstallerStep[] = [];
    const isRunning = (run: NotedRun): boolean => {
      expect(run.process).toBe(4711);
      looks += 1;
      if (looks === 4) writeFileSync(log(), bytes);
      return true;
    };
    const { changeMode, started } = installer({}, { isRunning });
    expect(await changeMode({ tell: (step) => steps.push(step) })).toMatchObject({ startedAt, exitCode: 0 });
    expect(started).toEqual([]);
    expect(steps.at(-1)).toMatchObject({ phase: "ended", exitCode: 0, startedAt });
    expect(await runsFile().read()).toEqual([expect.objectContaining({ startedAt, exitCode: 0 })]);
  });

  test("is found by the next start, and none is when it has ended", async () => {
    await open();
    await writeFile(log(), await whole());
    expect(await installer({}, { isRunning: () => true }).resumeChangeMode?.({})).toMatchObject({ exitCode: 0 });
    expect(await installer({}, { isRunning: () => true }).resumeChangeMode?.({})).toBeNull();
    await open();
    expect(await installer({}, { isRunning: () => false }).resumeChangeMode?.({})).toBeNull();
  });

  test("that ended while nobody followed it is told by its log, and noted before the next one", async () => {
    await open();
    await writeFile(log(), await whole());
    const [noted] = await runsFile().read();
    expect(await endedByLog(noted as NotedRun)).toMatchObject({ startedAt, exitCode: 0, endedAt: expect.any(String) });
    await installer({}, { isRunning: () => false }).changeMode({});
    expect(await runsFile().read()).toMatchObject([{ startedAt, exitCode: 0 }, { exitCode: 0 }]);
  });

  test("whose log does not tell its end ended in a way that is not known", async () => {
    await open();
    await writeFile(log(), (await whole()).subarray(0, 2000));
    const { changeMode, started } = installer({}, { isRunning: () => false });
    await changeMode({});
    expect(started).toHaveLength(1);
    expect(await runsFile().read()).toMatchObject([
      { startedAt, exitCode: null, endedAt: "2026-11-23T10:00:00.000Z" },
      { exitCode: 0 },
    ]);
  });

  test("counts as running only while its process is there and Windows was not started since", () => {
    const now = new Date();
    const run = { startedAt: now.toISOString(), process: process.pid };
    expect(isRunning(run, now)).toBe(true);
    expect(isRunning({ ...run, process: undefined }, now)).toBe(false);
    expect(isRunning({ ...run, process: 2 ** 22 + 1 }, now)).toBe(false);
    expect(isRunning({ ...run, startedAt: "2001-01-01T00:00:00Z" }, now)).toBe(false);
  });
});
