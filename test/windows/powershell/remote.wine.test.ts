import { mkdtempSync, rmSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { InputProblem } from "../../../electron/recording/input-problem.ts";
import { createRemoteServer } from "../../../electron/server/remote/remote-server.ts";
import type { RunTool } from "../../../electron/server/windows-tool.ts";
import { captured } from "../../unit/command-line/captured.ts";
import { hasWindows, named, reg, runInWindows, top } from "../windows.ts";

const standIns = join(import.meta.dirname, "remoting.ps1");
const scripts = join(top, "assets", "powershell");
const protocol = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client";

/** PowerShell itself, with what stands for remoting; files are named as Windows names them. */
let running = 0;
let most = 0;
const runTool: RunTool = async (program, argv, options = {}) => {
  running += 1;
  most = Math.max(most, running);
  try {
    const environment = { ...options.environment, POWERSHELL_STAND_INS: named(standIns) };
    const told = argv.map((argument) => (argument.startsWith("/") ? named(argument) : argument));
    return await runInWindows(program, told, { ...options, environment });
  } finally {
    running -= 1;
  }
};

describe.skipIf(!hasWindows)("remote-look.ps1 and collect.ps1, run by PowerShell", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mim-mail-remote-"));
    reg("add", protocol, "/v", "Enabled", "/t", "REG_DWORD", "/d", "1", "/f", "/reg:64");
  });
  afterAll(() => {
    reg("delete", protocol, "/f", "/reg:64");
    rmSync(folder, { recursive: true });
  });
  const server = (computer: string, timeLimit?: number) =>
    createRemoteServer({
      computer,
      scripts,
      platform: "win32",
      run: runTool,
      ...(timeLimit === undefined ? {} : { timeLimit }),
    });

  test("bring back what stands in the other computer's registry", async () => {
    const recording = await server("mim02.contoso.com").look();
    const key = Object.entries(recording.registry).find(([path]) => path.toLowerCase() === protocol.toLowerCase())?.[1];
    expect(key).toMatchObject({ state: "present", values: { Enabled: { type: "REG_DWORD", data: 1 } } });
    expect(recording.windows?.build).toMatch(/^10\.0\.20348/);
    expect(recording.tools?.[0]).toMatch(/^Collected with collect\.ps1 in Windows PowerShell /);
    expect(recording.cloud).toBeNull();
  });

  test.each([
    ["MIM-UNKNOWN", "remote-not-found"],
    ["MIM-OFF", "remote-unreachable"],
    ["MIM-DENIED", "remote-denied"],
    ["MIM-WORKGROUP", "remote-no-trust"],
    ["MIM-SLOW", "remote-time-limit"],
    ["MIM-OLD", "remote-too-old"],
    ["MIM-LOCKED", "remote-language-mode"],
    ["MIM-FORGED", "remote-answer"],
    ["MIM-TWICE", "remote-answer"],
    ["MIM-OBJECT", "remote-answer"],
  ])("tell of %s: %s", async (computer, code) => {
    const problem = await server(computer)
      .look()
      .catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(InputProblem);
    expect(problem).toMatchObject({ code, where: `\\\\${computer}` });
  });

  test("are ended when the other computer never answers", async () => {
    const problem = await server("MIM-HANGS", 8000)
      .look()
      .catch((error: unknown) => error);
    expect(problem).toMatchObject({ code: "remote-time-limit" });
  });

  test("look at twenty computers in one call, five at a time, and lose none to one that fails", async () => {
    const names = Array.from({ length: 20 }, (_, index) => (index === 7 ? "MIM-DENIED" : `MIM${index + 1}`));
    most = 0;
    const begun = performance.now();
    const { code, stderr } = await captured(
      ["collect", "--out", join(folder, "seen"), ...names.flatMap((name) => ["--server", `\\\\${name}`])],
      join(folder, "home"),
      { platform: "win32", runTool },
    );
    const seconds = (performance.now() - begun) / 1000;
    expect(code).toBe(2);
    expect(most).toBe(5);
    expect(stderr).toMatch(/^mim-mail: your account may not look at this computer \(\\\\MIM-DENIED\)\n/);
    const files = await readdir(join(folder, "seen"));
    expect(files).toHaveLength(19);
    const sizes = await Promise.all(files.map(async (name) => (await readFile(join(folder, "seen", name))).length));
    process.stderr.write(
      `20 computers: ${seconds.toFixed(1)} s, ${sizes.reduce((sum, size) => sum + size, 0)} bytes\n`,
    );
  });
});
