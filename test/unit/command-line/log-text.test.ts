import { describe, expect, test } from "vitest";
import { logText } from "../../../electron/command-line/log-text.ts";
import { logBytes, readBytes } from "../installer/logs.ts";

const header =
  "=== Verbose logging started: 1/2/2026  10:00:00  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\\Windows\\system32\\msiexec.exe ===";
const engine = (text: string, side = "s") => `MSI (${side}) (88:1C) [10:00:01:001]: ${text}`;
const textOf = (bytes: Uint8Array): string =>
  logText(readBytes(bytes).reading, "a.log", null, { colours: false, columns: 400 });
const text = (...lines: readonly string[]): string => textOf(logBytes(lines));

describe("what a log says, in words", () => {
  test("names an upgrade, and says that it failed while the older version was removed", () => {
    const said = text(
      header,
      "Action start 10:00:00: INSTALL.",
      "Action start 10:00:01: RemoveExistingProducts.",
      "Action start 10:00:02: INSTALL.",
      "Action start 10:00:02: RemoveFiles.",
      "Action ended 10:00:02: RemoveFiles. Return value 3.",
      "Action ended 10:00:03: INSTALL. Return value 3.",
      "Action ended 10:00:03: RemoveExistingProducts. Return value 3.",
      "Action ended 10:00:04: INSTALL. Return value 3.",
    );
    expect(said).toContain("Run         an upgrade: removes the older version and installs the new one");
    expect(said).toContain(
      "RemoveFiles, first to return 3, at 10:00:02, line 6; it failed while the older version was removed",
    );
    expect(said).not.toContain("This run removes the product");
  });

  test("does not speak of MIM's media for another product, nor names its version twice", () => {
    const said = text(
      header,
      "Error 1706. No valid source could be found.",
      "Property(S): ProductName = Notepad++ 6.7.4",
      "Property(S): ProductVersion = 6.7.4",
      engine("MainEngineThread is returning 1612"),
    );
    expect(said).toContain("Notepad++ 6.7.4. This is not the log of the MIM Service and Portal.");
    expect(said).toContain("Put the product's media back");
    expect(said).not.toMatch(/MIM media|InstallSource/);
  });

  test("says of a cut log of another product that it is one, by its package", () => {
    const said = text(
      header,
      engine("******* RunEngine:", "c"),
      "           ******* Product: C:\\Temp\\putty-0.67-installer.msi",
      "Action 10:00:01: WelcomeDlg. Dialog created",
    );
    expect(said).toContain("its package is C:\\Temp\\putty-0.67-installer.msi. This is not the log of the MIM Service");
    expect(said).toContain("10:00:01  WelcomeDlg (line 4)");
  });

  test.each([
    ["has just begun", Buffer.of(0xff, 0xfe), "it stops where it begins: nothing is written to it yet"],
    [
      "only reckoned",
      logBytes([header, "Action start 10:00:01: ExecuteAction.", "Action start 10:00:02: CostFinalize."]),
      "it stops before it changed anything; last seen: CostFinalize",
    ],
    [
      "was cut by a power failure",
      Buffer.concat([logBytes([header]), Buffer.alloc(100)]),
      "ends in zeros: Windows or its disk stopped while it was written",
    ],
    [
      "is a bootstrapper's",
      Buffer.from("[1A2C:0B14][2026-01-02T10:00:00]i001: Burn v3.11.2.4516, Windows v10.0\r\n"),
      "This is the log of a bootstrapper. The log of the package is a file beside it.",
    ],
  ])("says that a log %s", (_what, bytes, words) => {
    expect(textOf(bytes)).toContain(words);
  });

  test("shows what was said and the lines around a failure, the mark before the log's first character aside", () => {
    const said = text(
      header,
      "Action start 10:00:02: InstallExecute.",
      engine("Executing op: ActionStart(Name=Deploy,,)"),
      "CAQuietExec:  Error 0xfffffffa: Command line returned an error.",
      "CustomAction Deploy returned actual error code 1603 (note this may not be 100% accurate)",
      "Action ended 10:00:31: InstallExecute. Return value 3.",
      engine("MainEngineThread is returning 1603"),
    );
    expect(said).toContain("Said before it\n  4  CAQuietExec:  Error 0xfffffffa: Command line returned an error.");
    expect(said).toContain("\n  1  === Verbose logging started");
    expect(said).toContain("> 6  Action ended 10:00:31: InstallExecute. Return value 3.");
  });

  test("tells beside it what was changed, what was asked of the features, and how long it took", () => {
    const said = text(
      header,
      engine("Doing action: INSTALL", "c"),
      "Action 10:00:01: MailDlg. Dialog created",
      engine("PROPERTY CHANGE: Modifying APP_ID property. Its current value is 'old'. Its new value: 'new'.", "c"),
      engine("Feature: Portal; Installed: Local;   Request: Null;   Action: Null"),
      "Action start 10:00:02: InstallFiles.",
      "Action ended 10:02:07: InstallFiles. Return value 1.",
      "Property(S): LogonUser = svcInstall",
      engine("MainEngineThread is returning 0", "c"),
    );
    expect(said).toContain("Run         by svcInstall, Windows Installer 5.00.10011.00");
    expect(said).toContain("APP_ID: old → new");
    expect(said).toContain("Nothing was asked of any feature: none was added, repaired or removed.");
    expect(said).toContain("InstallFiles: 2 min 5 s, from 10:00:02");
  });
});
