import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readRecording } from "../../electron/recording/read-recording.ts";
import { isElevated } from "../../electron/server/live/elevation.ts";
import { createLiveJournals } from "../../electron/server/live/live-journals.ts";
import { createWindowsServer } from "../../electron/server/live/live-server.ts";
import { askPowershell, factsIn } from "../../electron/server/live/powershell-look.ts";
import { createPowershell } from "../../electron/server/powershell.ts";
import { runTool, scratchBelow, systemTool, windowsFolder } from "../../electron/server/windows-tool.ts";
import { top } from "./windows.ts";

// Runs on Windows itself, elevated, as a workflow does.
const scripts = join(top, "assets", "powershell");
const powershell = systemTool("powershell.exe");
const withScratch = scratchBelow(async () => tmpdir());
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mim-mail-real-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...argv: readonly string[]) {
  return spawnSync(powershell, ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", ...argv], {
    encoding: "utf8",
    timeout: 110_000,
  });
}

describe("the scripts in Windows PowerShell", () => {
  test.each(readdirSync(scripts))("%s has no fault its own parser finds", (name) => {
    const path = join(scripts, name).replaceAll("'", "''");
    const { stdout } = run(
      "-Command",
      `$faults = $null; [void] [System.Management.Automation.Language.Parser]::ParseFile('${path}', [ref] $null, [ref] $faults); $faults | ForEach-Object { $_.Message }`,
    );
    expect(stdout.trim()).toBe("");
  });

  test("look.ps1 reads Windows, versions, SIDs and events", async () => {
    const notepad = `${windowsFolder()}\\System32\\notepad.exe`;
    const runScript = createPowershell({ run: runTool, scripts });
    const { facts, reason } = await askPowershell(
      { runScript, withScratch },
      {
        files: [notepad, "C:\\no\\such\\file.exe"],
        accounts: ["LocalSystem", "NT AUTHORITY\\NetworkService", "NO\\such"],
        services: [],
      },
    );
    expect(reason).toBeNull();
    expect(facts?.windows).toMatchObject({ caption: expect.stringMatching(/Windows/), reason: null });
    expect(Date.parse(facts?.windows.startedAt ?? "")).toBeLessThan(Date.now());
    expect(facts?.service).toEqual({ state: "absent" });
    expect(facts?.files.get(notepad)).toMatchObject({ version: expect.stringMatching(/^10\.0\.\d+\.\d+$/) });
    expect(facts?.files.get("C:\\no\\such\\file.exe")).toEqual({ state: "absent" });
    expect(facts?.accounts.get("LocalSystem")).toEqual({ state: "present", sid: "S-1-5-18" });
    expect(facts?.accounts.get("NT AUTHORITY\\NetworkService")).toEqual({ state: "present", sid: "S-1-5-20" });
    expect(facts?.accounts.get("NO\\such")?.state).toBe("unreadable");
    expect(facts?.events.state).toBe("present");
  });

  test("look.ps1 works in Constrained Language Mode and says what it could not read", async () => {
    const input = join(folder, "asked.json");
    const output = join(folder, "answer.json");
    const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
    const { status, stderr } = run(
      "-Command",
      [
        `'{"files":[],"accounts":["NO\\\\such"]}' | Set-Content -LiteralPath ${quoted(input)} -Encoding ASCII`,
        "$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'",
        `& ${quoted(join(scripts, "look.ps1"))} -InputPath ${quoted(input)} -OutputPath ${quoted(output)}`,
      ].join("; "),
    );
    expect([status, stderr]).toEqual([0, ""]);
    const facts = factsIn(readFileSync(output, "utf8").replace(/^\uFEFF/, ""));
    expect(facts.windows.caption).toMatch(/Windows/);
    expect(facts.accounts.get("NO\\such")).toMatchObject({ reason: expect.stringContaining("Constrained Language") });
  });

  test("restart-service.ps1 says that there is no such service, and ends with 1", () => {
    const { status, stdout } = run("-File", join(scripts, "restart-service.ps1"), "-TimeLimit", "10");
    expect(status).toBe(1);
    expect(JSON.parse(stdout.trim().split(/\r?\n/).at(-1) ?? "")).toMatchObject({
      step: "failed",
      notRunning: expect.any(String),
    });
  });

  test("collect.ps1 writes a recording that the strict reader takes, and not over another", () => {
    const path = join(folder, "collected.json");
    const argv = ["-File", join(scripts, "collect.ps1"), "-OutFile", path];
    const { status, stderr } = run(...argv);
    expect([status, stderr]).toEqual([0, ""]);
    const recording = readRecording(readFileSync(path), path);
    expect(recording.tools?.[0]).toContain("collect.ps1");
    expect(recording.windows?.caption).toMatch(/Windows/);
    expect(run(...argv).status).not.toBe(0);
  });
});

describe("the live server on Windows", () => {
  test("knows that it runs elevated", async () => {
    expect(await isElevated(runTool)).toBe(true);
  });

  test("sees with its own look what the collector saw", async () => {
    const path = join(folder, "again.json");
    run("-File", join(scripts, "collect.ps1"), "-OutFile", path);
    const collected = readRecording(readFileSync(path), path);
    const looked = await createWindowsServer({ scripts, home: folder }).look();
    expect(looked.tools?.[0]).toMatch(/^The registry is read with /);
    expect(Object.keys(looked.registry).sort()).toEqual(Object.keys(collected.registry).sort());
    for (const [key, found] of Object.entries(collected.registry)) {
      // The list of files to rename goes on changing while Windows runs.
      if (!key.endsWith("Session Manager")) expect([key, looked.registry[key]?.state]).toEqual([key, found.state]);
    }
    expect(looked.windows).toEqual(collected.windows);
  });

  test("keeps its journals where only administrators write", async () => {
    const guarded = join(folder, "product");
    const journals = createLiveJournals({
      folder: join(guarded, "journal"),
      guarded,
      run: runTool,
      elevated: async () => true,
      now: () => new Date(),
    });
    await journals.create("2026-a", "head\n", "undo");
    const { stdout } = await runTool(systemTool("icacls.exe"), [join(guarded, "journal", "2026-a.journal")]);
    const rights = stdout.toString("latin1");
    expect(rights).toMatch(/\(I\)\(F\)/);
    expect(rights.match(/\(I\)/g)).toHaveLength(3);
    expect(rights).not.toMatch(/\((M|W|WD|AD)\)/);
    expect((await journals.readAll()).get("2026-a")).toBe("head\n");
  });
});
