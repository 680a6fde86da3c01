import { writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { changeable } from "../../../electron/assistant/changeable.ts";
import { judge } from "../../../electron/checklist/judge.ts";
import { defaultTarget } from "../../../electron/contract/target.ts";
import { readRecordingText } from "../../../electron/recording/read-recording.ts";
import { createLiveServer, createWindowsServer } from "../../../electron/server/live/live-server.ts";
import type { Regedit, RegeditItem } from "../../../electron/server/live/regedit-package.ts";
import { type Ended, type RunTool, scratchBelow, ToolFailure } from "../../../electron/server/windows-tool.ts";

const now = () => new Date("2026-11-23T10:00:00Z");

/** A registry that holds the parents of every key, and Windows' own below HKLM\SOFTWARE. */
function regedit(): Regedit {
  const nothing = async (): Promise<void> => {};
  const item = (keys: readonly string[]): RegeditItem => ({ exists: true, keys, values: {} });
  return {
    list: async (keys) =>
      new Map(
        keys.map((key): [string, RegeditItem] => {
          if (key === "HKLM\\SOFTWARE") return [key, item(["Microsoft"])];
          return [key, key.split("\\").length <= 3 ? item([]) : { exists: false, keys: [], values: {} }];
        }),
      ),
    createKeys: nothing,
    putValues: nothing,
    deleteValues: nothing,
    deleteKeys: nothing,
  };
}

const ended = (code: number, stdout = ""): Ended => ({ code, stdout: Buffer.from(stdout), stderr: Buffer.alloc(0) });

/** Windows' programs: whoami tells the level of integrity, all others are missing. */
function programs(level: number | null): RunTool & { readonly started: string[] } {
  const started: string[] = [];
  const run: RunTool = async (program) => {
    started.push(program);
    if (!program.endsWith("whoami.exe")) throw new ToolFailure("missing", `${program.split("\\").at(-1)} is missing`);
    return level === null ? ended(1) : ended(0, `"Mandatory Label\\X","Label","S-1-16-${level}",""\r\n`);
  };
  return Object.assign(run, { started });
}

const server = (options: Partial<Parameters<typeof createWindowsServer>[0]> = {}) =>
  createWindowsServer({
    scripts: "C:\\scripts",
    home: "/nowhere",
    run: programs(12_288),
    withScratch: scratchBelow(async () => tmpdir()),
    regedit: async () => regedit(),
    now,
    ...options,
  });

describe("the live server", () => {
  test("is looked at on Windows only", async () => {
    const live = createLiveServer({ platform: "linux", scripts: "/scripts" });
    expect(live.askElevated).toBeUndefined();
    await expect(live.look()).rejects.toMatchObject({
      name: "InputProblem",
      message: "the live server can be looked at on Windows only",
    });
  });

  test("can be changed on Windows, and only there", () => {
    expect(changeable(server())).not.toBeNull();
    expect(changeable(createLiveServer({ platform: "win32", scripts: "C:\\scripts" }))).not.toBeNull();
    expect(changeable(createLiveServer({ platform: "linux", scripts: "/scripts" }))).toBeNull();
  });

  test.each([
    [12_288, true],
    [16_384, true],
    [8192, false],
    [null, null],
  ])("knows after a look whether it runs elevated: integrity %s is %s", async (level, elevated) => {
    const live = server({ run: programs(level) });
    expect(live.elevated).toBeNull();
    await live.look();
    expect(live.elevated).toBe(elevated);
    expect(await live.askElevated()).toBe(elevated);
  });

  test("calls every fact PowerShell would give unreadable, with the reason, and invents none", async () => {
    const live = server();
    const recording = await live.look();
    const reason = "powershell.exe is missing";
    expect(recording.computer).toBe(hostname());
    expect(recording.windows).toEqual({ caption: null, build: null, startedAt: null, reason });
    expect(recording.services).toEqual({
      FIMService: { state: "unreadable", reason },
      MIMKeyProtectService: { state: "unreadable", reason },
      PamMonitoringService: { state: "unreadable", reason },
      PrivilegeManagementComponentService: { state: "unreadable", reason },
    });
    expect(recording.updates).toEqual({ state: "unreadable", reason });
    expect(recording.events).toEqual({ state: "unreadable", reason });
    const { steps } = judge({
      recording,
      target: defaultTarget,
      today: "2026-11-23",
      server: { name: "live", elevated: live.elevated },
    });
    const status = new Map(steps.flatMap((step) => step.findings.map((finding) => [finding.id, finding.status])));
    expect(status.get("server.elevation")).toBe("done");
    expect(status.get("server.windows")).toBe("unknown");
    expect(status.get("server.service")).toBe("unknown");
    expect(status.get("verify.events")).toBe("unknown");
  });

  test("notes how the registry was read, in a recording its own reader takes", async () => {
    const recording = await server().look();
    expect(recording.tools).toEqual(["The registry is read with regedit."]);
    expect(readRecordingText(JSON.stringify(recording), "look")).toEqual(recording);
  });

  /** What a PowerShell that answers leaves behind, as collect.ps1 would. */
  const collecting =
    (text: string, code = 0): RunTool =>
    async (program, argv) => {
      if (program.endsWith("whoami.exe")) return ended(0, '"Mandatory Label\\X","Label","S-1-16-8192",""\r\n');
      if (!argv.some((one) => one.endsWith("collect.ps1"))) throw new ToolFailure("missing", `${program} is missing`);
      if (text !== "") await writeFile(argv.at(-1) ?? "", text, { flag: "wx" });
      return ended(code);
    };
  const hive = "HKU\\S-1-5-21-1-2-3-1001\\Software\\X";
  const collected = {
    format: "mim-mail-recording",
    version: 1,
    recordedAt: "2026-11-23T10:00:00Z",
    computer: "MIM01",
    windows: { caption: "Windows Server 2025", build: "10.0.26100", startedAt: null, reason: null },
    registry: { [hive]: { state: "unreadable", reason: "access denied" } },
    services: {},
    files: {},
    texts: {},
    accounts: {},
    events: null,
    journal: [],
    installerRuns: [],
    cloud: null,
    tools: ["Collected with collect.ps1 in Windows PowerShell 5.1."],
  };
  const withoutScriptHost = () => Promise.reject(new ToolFailure("missing", "Windows Script Host is missing"));

  test("is looked at by one PowerShell where regedit cannot be used, and its way is noted", async () => {
    const started: string[] = [];
    const answers = collecting(JSON.stringify(collected));
    const run: RunTool = (program, argv, options) => {
      started.push(program.split("\\").at(-1) ?? "");
      return answers(program, argv, options);
    };
    const recording = await server({ run, regedit: withoutScriptHost }).look();
    expect(started).toEqual(["whoami.exe", "powershell.exe"]);
    expect(recording).toMatchObject({ computer: "MIM01", windows: collected.windows });
    expect(recording.tools).toEqual([
      "The registry is read with PowerShell or with reg.exe, because regedit cannot be used: Windows Script Host is missing.",
      "Collected with collect.ps1 in Windows PowerShell 5.1.",
    ]);
    // What needs elevation is said as a look of its own says it.
    expect(recording.registry[hive]).toEqual({
      state: "unreadable",
      reason: "access denied: reading another account's hive needs elevation",
    });
  });

  test.each([
    ["ends with a fault", "", 1, /PowerShell ended with 1/],
    ["ends without an answer", "", 0, /PowerShell ended with 0/],
    ["answers what is no recording", '{"format":"x"}', 0, /answer cannot be used/],
    ["answers with half of one", JSON.stringify(collected).slice(0, 200), 0, /answer cannot be used/],
  ])("is looked at by reg.exe where a PowerShell %s", async (_what, text, code, reason) => {
    const recording = await server({ run: collecting(text, code), regedit: withoutScriptHost }).look();
    expect(recording.tools?.[1]).toMatch(/^It is read with reg\.exe, because PowerShell cannot be used either: /);
    expect(recording.tools?.[1]).toMatch(reason);
    expect(Object.values(recording.registry).length).toBeGreaterThan(20);
  });

  test("does not wait a second time for a PowerShell that does not end", async () => {
    const scripts: string[] = [];
    const run: RunTool = async (program, argv) => {
      if (program.endsWith("whoami.exe")) return ended(1);
      const script = argv.find((one) => one.endsWith(".ps1"));
      if (script === undefined) throw new ToolFailure("missing", "reg.exe is missing");
      scripts.push(script);
      throw new ToolFailure("timeLimit", "powershell.exe did not end in 90 s");
    };
    const recording = await server({ run, regedit: withoutScriptHost }).look();
    expect(scripts).toHaveLength(1);
    expect(recording.events).toEqual({ state: "unreadable", reason: "powershell.exe did not end in 90 s" });
  });

  test("ends with its look when that is cancelled while PowerShell reads", async () => {
    const stop = new AbortController();
    const run: RunTool = async (program) => {
      if (program.endsWith("whoami.exe")) return ended(1);
      stop.abort(new Error("cancelled"));
      throw new ToolFailure("cancelled", "powershell.exe was cancelled");
    };
    const looking = server({ run, regedit: withoutScriptHost }).look({ signal: stop.signal });
    await expect(looking).rejects.toThrow("cancelled");
  });

  test("changes over to reg.exe by itself when Windows Script Host is missing, says so once, and notes it", async () => {
    const notices: string[] = [];
    const run = programs(12_288);
    const live = server({
      run,
      notice: (text) => notices.push(text),
      regedit: () => Promise.reject(new ToolFailure("missing", "Windows Script Host (cscript.exe) is missing")),
    });
    const recording = await live.look();
    await live.look();
    const text =
      "The registry is read with PowerShell or with reg.exe, because regedit cannot be used: Windows Script Host (cscript.exe) is missing.";
    expect(notices).toEqual([text]);
    expect(recording.tools).toEqual([
      text,
      "It is read with reg.exe, because PowerShell cannot be used either: powershell.exe is missing.",
    ]);
    expect(run.started.some((program) => program.endsWith("\\reg.exe"))).toBe(true);
    // reg.exe is missing as well here: every key is unreadable for that reason.
    for (const key of Object.values(recording.registry)) {
      expect(key).toEqual({ state: "unreadable", reason: "reg.exe is missing" });
    }
  });

  test("starts no program by a bare name", async () => {
    const run = programs(8192);
    await server({ run, regedit: () => Promise.reject(new ToolFailure("blocked", "blocked")) }).look();
    for (const program of run.started) expect(program).toMatch(/^[A-Z]:\\Windows\\System32\\/i);
  });
});
