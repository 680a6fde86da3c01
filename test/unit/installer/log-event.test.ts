import { describe, expect, test } from "vitest";
import { eventIn } from "../../../electron/installer/log-event.ts";

const engine = (text: string) => `MSI (s) (88:1C) [10:00:00:123]: ${text}`;

describe("a line of an installer log", () => {
  test.each([
    [
      "the beginning of a verbose log",
      "=== Verbose logging started: 11/23/2026  10:00:00  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\\Windows\\System32\\msiexec.exe ===",
      { kind: "loggingStarted", verbose: true, at: "11/23/2026 10:00:00", installer: "5.00.10011.00" },
    ],
    [
      "the beginning in another form of the day",
      "=== Logging started: 23.11.2026  10:00:00 ===",
      { kind: "loggingStarted", verbose: false, at: "23.11.2026 10:00:00", installer: null },
    ],
    [
      "the end",
      "=== Verbose logging stopped: 11/23/2026  10:05:00 ===",
      { kind: "loggingStopped", verbose: true, at: "11/23/2026 10:05:00" },
    ],
    [
      "an action's start",
      "Action start 10:00:00: INSTALL.",
      { kind: "actionStarted", name: "INSTALL", time: "10:00:00" },
    ],
    [
      "an action's start in German",
      "Aktion gestartet um 10:00:00: INSTALL.",
      { kind: "actionStarted", name: "INSTALL", time: "10:00:00" },
    ],
    [
      "an action's description",
      "Action 10:00:01: InstallFiles. Copying new files",
      { kind: "actionDescribed", name: "InstallFiles", time: "10:00:01", text: "Copying new files" },
    ],
    [
      "a description that ends in a number is no end",
      "Action 10:00:01: Rollback. Component 3.",
      { kind: "actionDescribed", name: "Rollback", time: "10:00:01", text: "Component 3." },
    ],
    [
      "an action's end",
      "Action ended 3:00:05: InstallFinalize. Return value 3.",
      { kind: "actionEnded", name: "InstallFinalize", time: "3:00:05", returnValue: 3 },
    ],
    [
      "an action's end in German",
      "Aktion beendet um 10:00:05: InstallFinalize. Rückgabewert 3.",
      { kind: "actionEnded", name: "InstallFinalize", time: "10:00:05", returnValue: 3 },
    ],
    [
      "a dialog",
      "Action 10:00:01: WelcomeDlg. Dialog created",
      { kind: "dialog", name: "WelcomeDlg", time: "10:00:01" },
    ],
    [
      "what is about to run",
      engine("Doing action: INSTALL"),
      { kind: "doing", name: "INSTALL", deferred: false, time: "10:00:00" },
    ],
    [
      "a deferred action",
      engine("Executing op: ActionStart(Name=WriteRegistryValues,Description=Writing,)"),
      { kind: "doing", name: "WriteRegistryValues", deferred: true, time: "10:00:00" },
    ],
    [
      "a property at the end",
      "Property(S): MAIL_SERVER = smtp.contoso.com",
      { kind: "property", name: "MAIL_SERVER", value: "smtp.contoso.com", side: "server" },
    ],
    [
      "a property of the client",
      "Property(C): UILevel = 5",
      { kind: "property", name: "UILevel", value: "5", side: "client" },
    ],
    [
      "a property added",
      engine("PROPERTY CHANGE: Adding MAIL_SERVER property. Its value is 'it's here'."),
      { kind: "property", name: "MAIL_SERVER", value: "it's here", side: "server", before: null },
    ],
    [
      "a property modified",
      engine("PROPERTY CHANGE: Modifying UILevel property. Its current value is '2'. Its new value: '5'."),
      { kind: "property", name: "UILevel", value: "5", side: "server", before: "2" },
    ],
    [
      "a property deleted",
      engine("PROPERTY CHANGE: Deleting UILevel property. Its current value is '2'."),
      { kind: "property", name: "UILevel", value: null, side: "server", before: "2" },
    ],
    [
      "a custom action that failed",
      "CustomAction ConfigureMail returned actual error code 1603 (note this may not be 100% accurate)",
      { kind: "customActionFailed", name: "ConfigureMail", code: 1603, ignored: false },
    ],
    [
      "a custom action that failed, told by the engine",
      engine(
        "CustomAction ConfigureMail returned actual error code -2147467259 but will be translated to success due to continue marking",
      ),
      { kind: "customActionFailed", name: "ConfigureMail", code: -2147467259, ignored: true },
    ],
    [
      "a note",
      engine("Note: 1: 1706 2: -2147483647 3: a.msi"),
      { kind: "message", level: "note", code: 1706, text: "Note: 1: 1706 2: -2147483647 3: a.msi", product: null },
    ],
    [
      "a note of a log that is not verbose",
      "1: 1316 2: a.msi",
      { kind: "message", level: "note", code: 1316, text: "1: 1316 2: a.msi", product: null },
    ],
    [
      "an error",
      "Error 1706. No valid source could be found.",
      { kind: "message", level: "error", code: 1706, text: "No valid source could be found.", product: null },
    ],
    [
      "an internal error",
      engine("Internal Error 2755. 3, C:\\a.msi"),
      { kind: "message", level: "error", code: 2755, text: "3, C:\\a.msi", product: null },
    ],
    [
      "an error of the product",
      engine("Product: MIM -- Error 1722. A program did not finish as expected."),
      { kind: "message", level: "error", code: 1722, text: "A program did not finish as expected.", product: "MIM" },
    ],
    [
      "a warning for developers",
      "DEBUG: Error 2826:  Control BottomLine extends beyond the dialog",
      {
        kind: "message",
        level: "note",
        code: 2826,
        text: "Control BottomLine extends beyond the dialog",
        product: null,
      },
    ],
    [
      "information",
      "Info 2898. For a textstyle",
      { kind: "message", level: "note", code: 2898, text: "For a textstyle", product: null },
    ],
    [
      "an unexpected error",
      "The installer has encountered an unexpected error installing this package. This may indicate a problem with this package. The error code is 2755.",
      {
        kind: "message",
        level: "error",
        code: 2755,
        text: "The installer has encountered an unexpected error installing this package. This may indicate a problem with this package. The error code is 2755.",
        product: null,
      },
    ],
    [
      "the engine's end",
      engine("MainEngineThread is returning 1603"),
      { kind: "engineReturned", code: 1603, side: "server" },
    ],
    [
      "a restart that is wanted",
      engine("Product: MIM. Restart required. The restart was deferred."),
      { kind: "restart" },
    ],
    ["a restart that is scheduled", "Info 1903. Scheduling reboot operation.", { kind: "restart" }],
    [
      "a restart of Windows",
      engine("Windows Installer requires a system restart. Product Name: MIM."),
      { kind: "restart" },
    ],
    [
      "the product at the end",
      engine(
        "Windows Installer reconfigured the product. Product Name: MIM 2016. Product Version: 4.6.607.0. Product Language: 1033.",
      ),
      { kind: "summary", name: "MIM 2016", version: "4.6.607.0", did: "change", update: null, status: null },
    ],
    [
      "the product at the beginning",
      "           ******* Product: {5a7cb0a3-7aa2-4f36-8d77-3b0e4a6c1f52}",
      { kind: "product", name: null, version: null, code: "{5A7CB0A3-7AA2-4F36-8D77-3B0E4A6C1F52}" },
    ],
    ["anything else of the engine", engine("Resetting cached policy values"), { kind: "engine" }],
  ])("%s is recognised", (_what, line, event) => {
    expect(eventIn(line)).toEqual(event);
  });

  test.each([
    ["nothing", ""],
    ["what an action copies", "InstallFiles: File: a.dll,  Directory: C:\\a\\,  Size: 3"],
    ["a sentence with a time", "It began at 10:00:00 and ended. That is all 3."],
    ["a file name that begins like an error", "Error.txt was written"],
    ["another program's log", "2026-11-23 10:00:00 INFO started"],
    ["something that only looks like the engine", "MSI (x) (88:1C): MainEngineThread is returning 0"],
  ])("%s is not taken for one", (_what, line) => {
    expect(eventIn(line)).toBeNull();
  });
});
