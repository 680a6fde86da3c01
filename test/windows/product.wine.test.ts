import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judge } from "../../electron/checklist/judge.ts";
import type { Finding } from "../../electron/contract/checklist.ts";
import { defaultTarget } from "../../electron/contract/target.ts";
import { changeCommand, changeLog, mimProduct } from "../../electron/facts/product.ts";
import { knownValue } from "../../electron/recording/fact.ts";
import type { Recording } from "../../electron/recording/recording.ts";
import { seenIn } from "../../electron/recording/seen.ts";
import { createWindowsServer } from "../../electron/server/live/live-server.ts";
import { loadRegedit } from "../../electron/server/live/regedit-package.ts";
import { buildPackage, install, msiexec, packageFolder, uninstall } from "./mim-package.ts";
import { type ScriptHost, scriptHost } from "./script-host.ts";
import { driveC, hasWindows, regTool, runInWindows, top } from "./windows.ts";

const packages = [
  {
    what: "64-bit, UninstallString /I",
    productCode: "{6B1F9A52-3C1D-4E0B-9A52-0C1D2E3F4A01}",
    bitness: 64,
    noModify: false,
  },
  {
    what: "64-bit, UninstallString /X",
    productCode: "{6B1F9A52-3C1D-4E0B-9A52-0C1D2E3F4A02}",
    bitness: 64,
    noModify: true,
  },
  {
    what: "32-bit, UninstallString /I",
    productCode: "{6B1F9A52-3C1D-4E0B-9A52-0C1D2E3F4A03}",
    bitness: 32,
    noModify: false,
  },
] as const;

describe.skipIf(!hasWindows)("the product, installed by Windows Installer", () => {
  let folder: string;
  let host: ScriptHost;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mim-package-"));
    host = scriptHost();
  });
  afterAll(() => {
    host.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const look = (fault?: "vbscript"): Promise<Recording> => {
    const broken = fault === undefined ? null : scriptHost(fault);
    return createWindowsServer({
      scripts: join(top, "assets", "powershell"),
      home: folder,
      run: runInWindows,
      withScratch: regTool.withScratch,
      regedit: () => loadRegedit({ cscript: (broken ?? host).cscript }),
    })
      .look()
      .finally(() => broken?.remove());
  };
  const findings = (recording: Recording): ReadonlyMap<string, Finding> => {
    const server = { name: "live", elevated: null } as const;
    const { steps } = judge({ recording, target: defaultTarget, today: "2026-11-23", server });
    return new Map(steps.flatMap((step) => step.findings.map((finding) => [finding.id, finding])));
  };

  describe.each(packages)("$what", ({ productCode, bitness, noModify }) => {
    beforeAll(() => install(buildPackage(join(folder, productCode), { productCode, bitness, noModify })));
    afterAll(() => uninstall(productCode));

    test.each([undefined, "vbscript"] as const)(
      "is found with its code, view and version (Windows Script Host: %s)",
      async (fault) => {
        const recording = await look(fault);
        const product = knownValue(mimProduct(seenIn(recording)));
        expect(product).toMatchObject({
          family: "mim",
          productCode,
          version: "4.6.607.0",
          view: bitness === 64 ? "64-bit" : "32-bit",
          uninstallString: `MsiExec.exe /${noModify ? "X" : "I"}${productCode}`,
        });
        expect(recording.tools?.[0]).toContain(fault === undefined ? "with regedit" : "with reg.exe");
        const found = findings(recording);
        expect(found.get("server.product")?.status).toBe("done");
        expect(found.get("change.command")?.status).toBe(noModify ? "attention" : "done");
      },
    );

    test("is configured again by the Change-mode line, which writes its log to the path named and removes nothing", () => {
      const line = changeCommand(productCode, changeLog);
      expect(line).toBe(`msiexec.exe /I${productCode} /lvxi*! "${changeLog}"`);
      const [, ...argv] = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
      // Wine's folders have small letters; the folder itself is there on every Windows.
      const log = driveC("windows", "temp", changeLog.split("\\").at(-1) ?? "");
      rmSync(log, { force: true });
      expect(msiexec(...argv, "/qn")).toBe(0);
      const text = readFileSync(log, "latin1");
      expect(text).toContain("Logging started");
      expect(text).toContain(productCode);
      const programs = bitness === 64 ? "Program Files" : "Program Files (x86)";
      expect(existsSync(driveC(programs, packageFolder, "service.txt"))).toBe(true);
    });
  });

  test("is absent for certain when both views were listed and hold none", async () => {
    const found = findings(await look());
    expect(found.get("server.product")?.status).toBe("action");
  });
});
