import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createRegRegistry } from "../../electron/server/live/reg-registry.ts";
import { driveC, hasWindows, named, reg, regTool, top, wineEnvironment } from "./windows.ts";

const makensis = "/usr/bin/makensis";
const environment = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment";
const choices = "HKLM\\SOFTWARE\\MIM Mail Assistant\\Setup";
const ownFolder = "C:\\Program Files\\MIM Mail Assistant\\command-line";
const usual = "%SystemRoot%\\system32;%SystemRoot%;C:\\Zwölf ☃";

describe.skipIf(!hasWindows || !existsSync(makensis))("the product's part of the set-up", () => {
  let folder: string;
  let setUp: string;
  const registry = createRegRegistry(regTool);
  const journal = driveC("ProgramData", "MIM Mail Assistant", "journal");
  const logs = driveC("ProgramData", "MIM Mail Assistant", "logs");
  const uninstaller = driveC("Program Files", "MIM Mail Assistant", "Uninstall.exe");
  const desktopLink = driveC("users", "Public", "Desktop", "MIM Mail Assistant.lnk");

  function runTo(program: string, ...argv: readonly string[]): number | null {
    const { status } = spawnSync("wine", [named(program), ...argv], {
      env: wineEnvironment(),
      stdio: "ignore",
      timeout: 120_000,
    });
    return status;
  }
  const run = (program: string, ...argv: readonly string[]): void => expect(runTo(program, ...argv)).toBe(0);
  const install = (...argv: readonly string[]): void => run(setUp, "/S", ...argv);
  /** `_?=` keeps the uninstaller where it is, so that it is over when it returns. It may not be quoted. */
  const uninstall = (...argv: readonly string[]): void =>
    run(uninstaller, "/S", ...argv, ..."_?=C:\\Program Files\\MIM Mail Assistant".split(" "));
  const setPath = (data: string): void => {
    reg("add", environment, "/v", "Path", "/t", "REG_EXPAND_SZ", "/d", data, "/f");
  };
  async function path(): Promise<unknown> {
    const key = (await registry.readKeys([environment])).get(environment);
    return key?.state === "present" ? (key.values["Path"] ?? key.values["PATH"]) : key;
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mim-mail-set-up-"));
    setUp = join(folder, "mim-mail-set-up.exe");
    const script = join(top, "test", "fixtures", "set-up", "set-up.nsi");
    const included = join(top, "build", "installer.nsh");
    const made = spawnSync(makensis, ["-V2", "-WX", `-DOUTPUT=${setUp}`, `-DINCLUDED=${included}`, script], {
      encoding: "utf8",
    });
    expect([made.status, made.stdout + made.stderr]).toEqual([0, ""]);
  });
  beforeEach(() => {
    setPath(usual);
    mkdirSync(journal, { recursive: true });
    writeFileSync(join(journal, "2026-11-23.journal"), "what undo needs");
  });
  afterAll(() => {
    setPath("C:\\windows\\system32;C:\\windows");
    rmSync(journal, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });

  test("without a window and without a word leaves PATH and desktop alone", async () => {
    install();
    expect(await path()).toEqual({ type: "REG_EXPAND_SZ", data: usual });
    expect(existsSync(desktopLink)).toBe(false);
    uninstall();
    expect(await path()).toEqual({ type: "REG_EXPAND_SZ", data: usual });
  });

  test("puts mim-mail on PATH once, and takes it off to the last character", async () => {
    install("--add-to-path");
    expect(await path()).toEqual({ type: "REG_EXPAND_SZ", data: `${usual};${ownFolder}` });
    // A later set-up: its uninstaller runs first and must leave what was chosen.
    uninstall("--updated");
    install();
    expect(await path()).toEqual({ type: "REG_EXPAND_SZ", data: `${usual};${ownFolder}` });
    uninstall();
    expect(await path()).toEqual({ type: "REG_EXPAND_SZ", data: usual });
    expect((await registry.readKeys([choices])).get(choices)).toMatchObject({ state: "absent" });
  });

  test.each([
    ["at the beginning", `${ownFolder.toUpperCase()};C:\\Last`, "C:\\Last"],
    ["in the middle", `C:\\First;${ownFolder};C:\\Last;`, "C:\\First;C:\\Last;"],
    ["alone", ownFolder, ""],
    ["beside a folder of a longer name", `${ownFolder}-2;${ownFolder}`, `${ownFolder}-2`],
  ])("finds it %s", async (_where, before, after) => {
    install();
    setPath(before);
    uninstall();
    expect(await path()).toMatchObject({ data: after });
  });

  test("does not cut a PATH longer than an installer's texts", async () => {
    const long = Array.from({ length: 600 }, (_, index) => `C:\\A folder of programs\\${index}`).join(";");
    expect(long.length).toBeGreaterThan(16_000);
    const file = join(folder, "path.reg");
    const bytes = Buffer.from(`${long}\0`, "utf16le")
      .toString("hex")
      .replace(/..(?=.)/g, "$&,");
    const root = environment.replace("HKLM", "HKEY_LOCAL_MACHINE");
    const text = `\ufeffWindows Registry Editor Version 5.00\r\n\r\n[${root}]\r\n"Path"=hex(2):${bytes}\r\n`;
    writeFileSync(file, text, "utf16le");
    reg("import", named(file));
    install("--add-to-path");
    expect(await path()).toEqual({ type: "REG_EXPAND_SZ", data: `${long};${ownFolder}` });
    uninstall();
    expect(await path()).toEqual({ type: "REG_EXPAND_SZ", data: long });
  });

  test("puts a shortcut on everyone's desktop on demand, and takes it away again", () => {
    install("--desktop-shortcut");
    expect(existsSync(desktopLink)).toBe(true);
    uninstall();
    expect(existsSync(desktopLink)).toBe(false);
  });

  test("keeps the journals and the installer's logs when it is removed, unless told otherwise, each for itself", () => {
    const log = join(logs, "2026-11-23", "change-mode.log");
    mkdirSync(join(log, ".."), { recursive: true });
    writeFileSync(log, "how it went");
    install();
    uninstall();
    expect(readFileSync(join(journal, "2026-11-23.journal"), "utf8")).toBe("what undo needs");
    expect(readFileSync(log, "utf8")).toBe("how it went");
    install();
    uninstall("--updated", "--delete-journals", "--delete-logs");
    expect([existsSync(journal), existsSync(logs)]).toEqual([true, true]);
    uninstall("--delete-logs");
    expect([existsSync(journal), existsSync(logs)]).toEqual([true, false]);
    install();
    uninstall("--delete-journals");
    expect(existsSync(join(journal, ".."))).toBe(false);
  });

  test("closes the folder of the journals when it makes it, and leaves one that is there as it is", () => {
    rmSync(join(journal, ".."), { recursive: true, force: true });
    install();
    expect(existsSync(join(journal, ".."))).toBe(true);
    uninstall();
  });

  test("refuses a Windows before Server 2016, and installs nothing there", async () => {
    const key = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
    reg("delete", key, "/v", "CurrentMajorVersionNumber", "/f", "/reg:64");
    try {
      expect(runTo(setUp, "/S", "--add-to-path")).toBe(2);
      expect(await path()).toEqual({ type: "REG_EXPAND_SZ", data: usual });
      expect((await registry.readKeys([choices])).get(choices)).toMatchObject({ state: "absent" });
      reg("add", key, "/v", "CurrentMajorVersionNumber", "/t", "REG_DWORD", "/d", "6", "/f", "/reg:64");
      expect(runTo(setUp, "/S")).toBe(2);
    } finally {
      reg("add", key, "/v", "CurrentMajorVersionNumber", "/t", "REG_DWORD", "/d", "10", "/f", "/reg:64");
    }
  });

  test("leaves no helper of others behind in the program's folder", () => {
    const helper = driveC("Program Files", "MIM Mail Assistant", "resources", "elevate.exe");
    mkdirSync(join(helper, ".."), { recursive: true });
    writeFileSync(helper, "");
    install();
    expect(existsSync(helper)).toBe(false);
    uninstall();
  });
});
