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
      "The registry is read with reg.exe, because regedit cannot be used: Windows Script Host (cscript.exe) is missing.";
    expect(notices).toEqual([text]);
    expect(recording.tools).toEqual([text]);
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
