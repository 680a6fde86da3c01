import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, win32 } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runOn } from "../../electron/assistant/changeable.ts";
import { valueChanges, wantedData } from "../../electron/changes/catalogue.ts";
import type { PlanFile } from "../../electron/changes/plan.ts";
import { suiteOrderKeys } from "../../electron/facts/cipher-suites.ts";
import { registryValueKeys } from "../../electron/facts/registry-values.ts";
import { mimServiceKey, serviceKey } from "../../electron/facts/service.ts";
import { fipsKey } from "../../electron/facts/service-settings.ts";
import { createWindowsServer } from "../../electron/server/live/live-server.ts";
import { loadRegedit } from "../../electron/server/live/regedit-package.ts";
import { type RunTool, runTool, ToolFailure } from "../../electron/server/windows-tool.ts";
import { buildPackage, install, uninstall } from "./mim-package.ts";
import { type ScriptHost, scriptHost } from "./script-host.ts";
import { hasWindows, reg, regTool, runInWindows, top } from "./windows.ts";

const productCode = "{6B1F9A52-3C1D-4E0B-9A52-0C1D2E3F4A09}";
const protocols = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols";
const current = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion";
const always = [
  `${protocols}\\SSL 2.0\\Client`,
  `${current}\\Component Based Servicing`,
  `${current}\\WindowsUpdate\\Auto Update`,
  "HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall",
  "HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full",
  suiteOrderKeys.local,
  fipsKey,
];
const now = () => new Date();
const plan: PlanFile = {
  format: "mim-mail-plan",
  version: 1,
  entries: valueChanges.map((change) => ({ id: change.id, data: wantedData(change, "guide") ?? 0 })),
};
const undo: PlanFile = { format: "mim-mail-plan", version: 1, undo: { journal: null, force: false } };

function isThere(key: string): boolean {
  try {
    return reg("query", key, "/reg:64").code === 0;
  } catch {
    return false;
  }
}

describe.skipIf(!hasWindows)("the processes that are started", () => {
  let folder: string;
  let host: ScriptHost;
  const made: string[] = [];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mim-count-"));
    host = scriptHost();
    install(buildPackage(join(folder, "package"), { productCode, bitness: 64, noModify: false }));
    // What every Windows has, and a server with MIM.
    const keys = [
      ...always,
      mimServiceKey,
      serviceKey,
      ...registryValueKeys.filter((key) => key.includes("NETFramework")),
    ];
    for (const key of keys) {
      if (isThere(key)) continue;
      reg("add", key, "/f", "/reg:64");
      made.push(key);
    }
  });
  afterAll(() => {
    for (const key of made) reg("delete", key, "/f", "/reg:64");
    uninstall(productCode);
    host.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** This computer by one of its two ways, and the names of the programs that were started for it. */
  function counted(way: "regedit" | "reg.exe") {
    const programs: string[] = [];
    const noted =
      (run: RunTool): RunTool =>
      (program, argv, options) => {
        programs.push(`${basename(win32.basename(program))} ${argv.slice(0, 2).join(" ")}`);
        return run(program, argv, options);
      };
    const server = createWindowsServer({
      scripts: join(top, "assets", "powershell"),
      home: join(folder, way),
      run: noted(runInWindows),
      withScratch: regTool.withScratch,
      regedit: () =>
        way === "regedit"
          ? loadRegedit({ cscript: host.cscript, run: noted(runTool) })
          : Promise.reject(new ToolFailure("missing", "Windows Script Host is missing")),
      now,
    });
    return { server, programs };
  }

  test.each([
    ["regedit", 5],
    // PowerShell, which would read all by itself, cannot be used in this Wine.
    ["reg.exe", 24],
  ] as const)("by %s are no more than %i for a whole look", async (way, most) => {
    const { server, programs } = counted(way);
    const recording = await server.look();
    expect(Object.keys(recording.registry).some((key) => key.includes(productCode))).toBe(true);
    console.info(`a look by ${way}: ${programs.join("\n")}`);
    expect(programs.length).toBeLessThanOrEqual(most);
  });

  test.each([
    ["regedit", 8],
    ["reg.exe", 10],
  ] as const)("by %s are no more than %i for a plan of twenty values", async (way, most) => {
    const { server, programs } = counted(way);
    expect(await runOn(server, plan, { now })).toMatchObject({ outcome: "applied", changed: 20 });
    console.info(`twenty values by ${way}: ${programs.join("\n")}`);
    expect(programs.length).toBeLessThanOrEqual(most);
    programs.length = 0;
    expect(await runOn(server, undo, { now })).toMatchObject({ outcome: "applied", changed: 20 });
    console.info(`their undo by ${way}: ${programs.join("\n")}`);
  });
});
