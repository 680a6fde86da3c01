import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { InstallerStep } from "../../electron/contract/change-mode.ts";
import { createInstallerRunsFile } from "../../electron/server/installer-runs.ts";
import { createLiveInstaller } from "../../electron/server/live/live-installer.ts";
import { createRegRegistry } from "../../electron/server/live/reg-registry.ts";
import { type RunTool, ToolFailure } from "../../electron/server/windows-tool.ts";
import { buildPackage, install, packageFolder, uninstall } from "./mim-package.ts";
import { driveC, hasWindows, named, regTool, runInWindows } from "./windows.ts";
import { mimMail, type Said, windowsNode } from "./windows-node.ts";

const productCode = "{6B1F9A52-3C1D-4E0B-9A52-0C1D2E3F4A20}";

describe.skipIf(!hasWindows)("the installer of this server, run by a real Windows Installer", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mim-installer-"));
    install(buildPackage(join(folder, "package"), { productCode, bitness: 64, noModify: true }));
  });
  afterAll(() => {
    uninstall(productCode);
    rmSync(folder, { recursive: true, force: true });
  });
  const isInstalled = () => existsSync(driveC("Program Files", packageFolder, "service.txt"));

  test("is started by its product code in either view, followed by its log, and its run is kept", async () => {
    const started: (readonly string[])[] = [];
    // Wine quotes by itself what it is handed from here, and takes its environment from here.
    const run: RunTool = (program, argv, options) => {
      started.push([program, ...argv]);
      if (options?.asTyped !== true) return runInWindows(program, argv, options);
      return runInWindows(
        program,
        argv.map((one) => one.replaceAll('"', "")),
        { timeLimit: 60_000 },
      );
    };
    const runs = createInstallerRunsFile(join(folder, "installer-runs.json"));
    const closed: string[] = [];
    const installer = createLiveInstaller({
      run,
      runScript: () => Promise.reject(new ToolFailure("missing", "there is no PowerShell")),
      registry: createRegRegistry(regTool),
      runs,
      logs: join(folder, "logs"),
      close: async (path) => void closed.push(path),
      now: () => new Date(),
      named,
      opened: (path) =>
        path.startsWith("Z:") ? path.slice(2).replaceAll("\\", "/") : driveC(...path.split("\\").slice(1)),
      lookEvery: 20,
    });
    const steps: InstallerStep[] = [];
    const ended = await installer.changeMode({ tell: (step) => steps.push(step) });
    const log = ended.log ?? "";
    expect(started).toEqual([["C:\\Windows\\System32\\msiexec.exe", `/I${productCode}`, "/lvxi*!", `"${named(log)}"`]]);
    expect(ended).toMatchObject({ exitCode: 0, productCode, firstFailure: null, secretsInLog: 0 });
    expect(await runs.read()).toEqual([ended]);
    expect(readFileSync(log, "latin1")).toContain(productCode);
    expect(closed).toEqual([join(log, "..")]);
    expect(steps.at(-1)).toMatchObject({ phase: "ended", exitCode: 0, notice: null, fraction: 1 });
    expect(steps.at(-1)?.actionsEnded).toBeGreaterThan(3);
    expect(isInstalled()).toBe(true);
  });

  describe("by the built command line on Windows' own Node", () => {
    const logs = driveC("ProgramData", "MIM Mail Assistant", "logs");
    const run = (...argv: readonly string[]): Said => mimMail(folder, argv);
    const seen = (): string => readFileSync(join(folder, "seen.json"), "utf8");
    beforeAll(() => void windowsNode());
    afterAll(() => rmSync(driveC("ProgramData", "MIM Mail Assistant"), { recursive: true, force: true }));

    test("writes its log into a folder of its own, keeps the run, and tells that it succeeded", () => {
      const { code, stdout, stderr } = run("change-mode", "--no-copy-config");
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("(exit code 0)") });
      expect(stderr).not.toContain("log");
      const [moment = ""] = readdirSync(logs);
      expect(readFileSync(join(logs, moment, "change-mode.log"), "latin1")).toContain(productCode);
      expect(isInstalled()).toBe(true);
      const { installerRuns } = JSON.parse(run("collect", "--out", "seen.json").code === 0 ? seen() : "{}");
      expect(installerRuns).toMatchObject([{ exitCode: 0, productCode, log: expect.stringContaining(moment) }]);
    });

    test("writes it where the person names it, blanks and all, and not over a file", () => {
      const log = `${named(folder)}\\a log of ours.log`;
      expect(run("change-mode", "--no-copy-config", "--log", log).code).toBe(0);
      expect(readFileSync(join(folder, "a log of ours.log"), "latin1")).toContain(productCode);
      expect(run("change-mode", "--no-copy-config", "--log", log)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("exists already"),
      });
    });

    test("carries msiexec's exit code when it fails", () => {
      uninstall(productCode);
      const failing = join(folder, "failing");
      install(buildPackage(failing, { productCode, bitness: 64, noModify: false, failsOnChange: true }));
      const { code, stderr } = run("change-mode", "--no-copy-config");
      expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining("ended with 1603") });
      expect(run("check", "--json").stdout).toMatch(/Exit code 1603/);
      expect(isInstalled()).toBe(true);
    });
  });
});
