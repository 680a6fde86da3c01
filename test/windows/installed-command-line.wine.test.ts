import { spawnSync } from "node:child_process";
import { closeSync, cpSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildCommandLineProgram } from "../../build/command-line-program.mjs";
import { readRecording } from "../../electron/recording/read-recording.ts";
import { hasWindows, named, top, wineEnvironment } from "./windows.ts";
import { type Said, windowsNode } from "./windows-node.ts";

const product = JSON.parse(readFileSync(join(top, "package.json"), "utf8")) as { version: string };

describe.skipIf(!hasWindows)("mim-mail.exe as it is installed, made of Windows' Node 22", () => {
  let folder: string;
  let program: string;

  function run(argv: readonly string[], environment: Readonly<Record<string, string>> = {}): Said {
    const files = ["stdout.txt", "stderr.txt"].map((name) => join(folder, name));
    const open = files.map((file) => openSync(file, "w"));
    try {
      const { FORCE_COLOR: _colour, ...inherited } = wineEnvironment();
      const { status } = spawnSync("wine", [named(program), ...argv], {
        cwd: folder,
        env: { ...inherited, MIM_MAIL_HOME: named(join(folder, "home ☃")), ...environment },
        stdio: ["ignore", open[0] ?? "ignore", open[1] ?? "ignore"],
        timeout: 120_000,
      });
      const [stdout = "", stderr = ""] = files.map((file) => readFileSync(file, "utf8"));
      return { code: status, stdout, stderr };
    } finally {
      for (const file of open) closeSync(file);
    }
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "mim-mail-installed-"));
    const installed = join(folder, "MIM Mail Assistant");
    program = join(installed, "command-line", "mim-mail.exe");
    const { WINEPREFIX = "" } = wineEnvironment();
    await buildCommandLineProgram(program, {
      version: "22.23.3",
      node: ["env", `WINEPREFIX=${WINEPREFIX}`, "WINEDEBUG=-all", "wine", named(windowsNode())],
    });
    const unpacked = join(installed, "resources", "app.asar.unpacked");
    cpSync(join(top, "assets", "powershell"), join(unpacked, "assets", "powershell"), { recursive: true });
    cpSync(join(top, "node_modules", "regedit", "vbs"), join(unpacked, "node_modules", "regedit", "vbs"), {
      recursive: true,
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("tells its version, and takes no argument for Node's", () => {
    expect(run(["--version"])).toEqual({ code: 0, stdout: `${product.version}\n`, stderr: "" });
    const eval_ = run(["-e", "console.log(process.version)"]);
    expect([eval_.code, eval_.stdout]).toEqual([2, ""]);
    expect(eval_.stderr).toMatch(/^mim-mail: /);
  });

  test("changes the practice server and checks it", () => {
    expect(run(["apply", "--server", "practice", "--yes"]).code).toBe(0);
    const checked = run(["check", "--server", "practice", "--json"]);
    const steps = JSON.parse(checked.stdout) as { steps: { id: string; findings: { id: string; status: string }[] }[] };
    const findings = steps.steps.flatMap((step) => step.findings);
    expect(findings.find(({ id }) => id === "tls.dotnet.v2.64")?.status).toBe("done");
  });

  test("finds the scripts of the product in its folder", () => {
    const path = join(folder, "collect.ps1");
    expect(run(["collect", "--script", named(path)])).toMatchObject({ code: 0 });
    expect(readFileSync(path)).toEqual(readFileSync(join(top, "assets", "powershell", "collect.ps1")));
  });

  test("writes the report in every form, with the fonts and parts that are built in", () => {
    const reports = join(folder, "reports");
    const formats = "html,pdf,json,csv";
    const said = run(["report", "--server", "practice", "--out", named(reports), "--format", formats]);
    expect([said.code, said.stderr]).toEqual([0, ""]);
    const kinds = readdirSync(reports).map((name) => name.split(".").at(-1));
    expect(new Set(kinds)).toEqual(new Set(formats.split(",")));
    const pdf = readdirSync(reports).find((name) => name.endsWith(".pdf")) ?? "";
    expect(readFileSync(join(reports, pdf)).subarray(0, 5).toString()).toBe("%PDF-");
  });

  test("looks at the live server with regedit built in, and goes over to reg.exe where VBScript does not run", () => {
    const path = join(folder, "live.json");
    const said = run(["collect", "--server", "live", "--out", named(path)], { MIM_MAIL_DEBUG: "1" });
    expect([said.code, said.stderr]).toEqual([0, expect.stringMatching(/regedit cannot be used: Windows Script Host/)]);
    expect(said.stderr).not.toMatch(/Cannot find module|not defined/);
    const recording = readRecording(readFileSync(path), path);
    expect(recording.registry["HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager"]?.state).toBe("present");
  });
});
