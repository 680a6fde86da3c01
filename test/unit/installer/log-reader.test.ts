import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lineLimit } from "../../../electron/installer/log-lines.ts";
import { overlongNote } from "../../../electron/installer/log-reader.ts";
import { installerRunOf, isOfMim, runSucceeded } from "../../../electron/installer/log-reading.ts";
import { practiceRuns } from "../../../electron/installer/practice-log.ts";
import { logBytes, password, practiceLines, productCode, readBytes, readLines } from "./logs.ts";

const fixtures = join(import.meta.dirname, "../../fixtures/installer");
const engine = (text: string, side = "s") => `MSI (${side}) (88:1C) [10:00:00:123]: ${text}`;

/** msiexec's exit code of each run. */
const exitCodes = { success: 0, wrongSecret: 1602, missingMedia: 1603, customActionFails: 1603, cancelled: 1602 };

describe("a rehearsed run's log", () => {
  test.each(practiceRuns)("%s: tells the exit code, the product and that it has ended", async (run) => {
    const reading = readLines(await practiceLines(run));
    expect(reading).toMatchObject({
      encoding: "UTF-16LE",
      isInstallerLog: true,
      isBinary: false,
      runs: 1,
      phase: "ended",
      exitCode: exitCodes[run],
      removes: false,
      restart: "none",
      secretCount: 0,
    });
    expect(reading.product.code).toBe(productCode);
    expect(runSucceeded(reading)).toBe(run === "success");
  });

  test("that succeeded has every page that always appears as a dialog, and the choices", async () => {
    const reading = readLines(await practiceLines("success"));
    expect(reading.dialogs.map(({ name }) => name)).toEqual([
      "Practice01WelcomeDlg",
      "Practice02MaintenanceDlg",
      "Practice04CustomSetupDlg",
      "Practice05DatabaseDlg",
      "Practice07MailServerDlg",
      "Practice08MailboxDlg",
      "Practice09CertificateDlg",
      "Practice10ServiceAccountDlg",
      "Practice12SynchronizationDlg",
      "Practice13ServiceAddressDlg",
      "Practice14SharePointDlg",
      "Practice16RegistrationPortalDlg",
      "Practice17FirewallDlg",
      "Practice18InstallDlg",
      "ExitDialog",
    ]);
    expect(isOfMim(reading)).toBe(true);
    expect(Object.fromEntries(reading.properties)).toMatchObject({
      MAIL_SERVER: "outlook.office365.com",
      MAIL_SERVER_IS_EXCHANGE_ONLINE: "1",
      SERVICE_ACCOUNT_NAME: "svcMIMService",
      SERVICE_ACCOUNT_PASSWORD: "**********",
    });
    expect(reading.firstFailure).toBeNull();
  });

  test("with a wrong secret tells Entra's code", async () => {
    expect(readLines(await practiceLines("wrongSecret")).signInErrors).toEqual(["7000215"]);
  });

  test("without its media tells where it failed and which errors were told", async () => {
    const reading = readLines(await practiceLines("missingMedia"));
    expect(reading.firstFailure).toMatchObject({ action: "InstallFiles", customAction: null });
    expect(reading.messages.map(({ code, level, count }) => ({ code, level, count }))).toEqual([
      { code: 1706, level: "note", count: 1 },
      { code: 1706, level: "error", count: 2 },
    ]);
  });

  test("that fails in a custom action names it beside the action that ran it", async () => {
    const lines = await practiceLines("customActionFails");
    const reading = readLines(lines);
    expect(reading.firstFailure).toMatchObject({ action: "InstallFinalize", customAction: "ConfigureMailConnection" });
    expect(lines[(reading.firstFailure?.line ?? 0) - 1]).toContain("InstallFinalize. Return value 3.");
    expect(installerRunOf(reading, { log: "C:\\a.log", startedAt: null, endedAt: "2026-11-23T10:05:00Z" })).toEqual({
      startedAt: null,
      endedAt: "2026-11-23T10:05:00Z",
      exitCode: 1603,
      productCode,
      log: "C:\\a.log",
      firstFailure: "InstallFinalize",
      secretsInLog: 0,
    });
  });

  test("with a password in clear tells where it stands, and nowhere what it is", async () => {
    const lines = await practiceLines("success", password);
    const reading = readLines(lines);
    const places = lines.flatMap((line, index) => (line.includes(password) ? [index + 1] : []));
    expect(reading.secrets.map(({ line }) => line)).toEqual(places);
    expect(reading.secretCount).toBe(3);
    expect(new Set(reading.secrets.map(({ name }) => name))).toEqual(new Set(["SERVICE_ACCOUNT_PASSWORD"]));
    expect(JSON.stringify({ ...reading, properties: [...reading.properties] })).not.toContain(password);
  });

  test("tells each phase while it grows", async () => {
    const lines = await practiceLines("success");
    const phaseAfter = (count: number) => readLines(lines.slice(0, count)).phase;
    const at = (text: string) => lines.findIndex((line) => line.includes(text)) + 1;
    expect(phaseAfter(3)).toBe("begun");
    expect(phaseAfter(at("Practice07MailServerDlg. Dialog created"))).toBe("pages");
    expect(phaseAfter(at("Doing action: ExecuteAction"))).toBe("installing");
    expect(phaseAfter(lines.length - 2)).toBe("ended");
  });
});

describe("a log of Wine's msiexec", () => {
  const { reading } = readBytes(readFileSync(join(fixtures, "wine-msiexec.log")));

  test("is read although it is ASCII, has no engine lines and ends with its outermost action", () => {
    expect(reading).toMatchObject({
      encoding: "ASCII",
      lines: 171,
      exitCode: 0,
      phase: "ended",
      product: { name: "Microsoft Identity Manager Service and Portal", version: "4.6.607", code: productCode },
      dialogs: [],
      firstFailure: null,
    });
    expect(reading.actions.filter(({ returnValue }) => returnValue === 1)).toHaveLength(reading.actionCount);
  });

  test("gives away the password of its command line", () => {
    expect(reading.secrets).toEqual([{ line: 161, sign: "name", name: "SERVICE_ACCOUNT_PASSWORD" }]);
  });
});

describe("the end of a run", () => {
  test.each([
    [1, 0],
    [2, 1602],
    [3, 1603],
    [4, 1604],
  ])("is told by the outermost action's return value %i where the engine says nothing: %i", (value, exitCode) => {
    expect(readLines([`Action ended 10:00:00: INSTALL. Return value ${value}.`]).exitCode).toBe(exitCode);
  });

  test("is what the engine returned last", () => {
    const lines = [engine("MainEngineThread is returning 1603"), engine("MainEngineThread is returning 1602", "c")];
    expect(readLines(lines).exitCode).toBe(1602);
  });

  test("is not known while the log does not tell it", () => {
    const reading = readLines([engine("Doing action: INSTALL"), "Action start 10:00:00: INSTALL."]);
    expect(reading).toMatchObject({ exitCode: null, phase: "begun", current: "INSTALL" });
  });

  test.each([
    [3010, "needed"],
    [1641, "begun"],
  ])("with %i a restart is %s", (code, restart) => {
    expect(readLines([engine(`MainEngineThread is returning ${code}`)]).restart).toBe(restart);
  });

  test("a restart that was asked for on the way is needed", () => {
    const lines = [engine("Product: MIM. Restart required. Later."), engine("MainEngineThread is returning 0")];
    expect(readLines(lines).restart).toBe("needed");
  });

  test("of the last run counts, the secrets of all", async () => {
    const reading = readLines([...(await practiceLines("cancelled", password)), ...(await practiceLines("success"))]);
    expect(reading).toMatchObject({ runs: 2, exitCode: 0, secretCount: 1 });
    expect(reading.dialogs.map(({ name }) => name)).not.toContain("CancelDlg");
  });

  test("a run that removes the product is one", () => {
    expect(readLines([engine("Command Line: REMOVE=ALL"), "Property(S): REMOVE = ALL"]).removes).toBe(true);
  });
});

describe("a log in another form", () => {
  const lines = ["Property(S): ProductName = Ünï", "Property(S): SERVICE_ACCOUNT_PASSWORD = Größe1", "a\tb"];
  const text = lines.map((line) => `${line}\r\n`).join("");

  test.each([
    ["UTF-16LE", Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text, "utf16le")])],
    ["UTF-16LE", Buffer.from(text, "utf16le")],
    ["UTF-8", Buffer.from(text, "utf8")],
    ["UTF-8", Buffer.from(`\ufeff${text}`, "utf8")],
    ["8-bit", Buffer.from(text, "latin1")],
  ] as const)("%s is told, its letters and the line of its secret too", (encoding, bytes) => {
    const { reading, clean } = readBytes(bytes, { typed: ["Größe1"] });
    expect(reading).toMatchObject({ encoding, lines: 3, secretCount: 1, product: { name: "Ünï" } });
    expect(reading.secrets[0]?.line).toBe(2);
    const before = encoding === "8-bit" ? "latin1" : encoding === "UTF-8" ? "utf8" : "utf16le";
    expect(clean.toString(before)).toBe(bytes.toString(before).replace("Größe1", "**********"));
  });

  test("with line feeds alone keeps them in the clean copy", () => {
    const { clean, reading } = readBytes(Buffer.from("Property(S): A = 1\nProperty(S): B_PWD = x y\nend"));
    expect(clean.toString()).toBe("Property(S): A = 1\nProperty(S): B_PWD = **********\n**********");
    expect(reading.lines).toBe(3);
  });

  test("a secret that goes on over several lines is masked to its end", () => {
    const { clean } = readBytes(
      Buffer.from(
        "Property(S): A_SECRET = one\ntwo\n\nthree\nProperty(S): B = 1\nfour\nMSI (s) (88:1C) [10:00:00:123]: a\n",
      ),
    );
    expect(clean.toString()).toBe(
      "Property(S): A_SECRET = **********\n**********\n\n**********\nProperty(S): B = 1\nfour\nMSI (s) (88:1C) [10:00:00:123]: a\n",
    );
  });

  test("that ends in half of a UTF-16 character is read to there, and it is said", async () => {
    const bytes = logBytes(await practiceLines("success"));
    const cut = readBytes(bytes.subarray(0, bytes.length - 101));
    expect(cut.reading).toMatchObject({ endsAmidCharacter: true, exitCode: 0 });
    expect(readBytes(bytes).reading.endsAmidCharacter).toBe(false);
  });

  test("half of a surrogate pair does no harm", () => {
    const { reading, clean } = readBytes(
      logBytes(["Property(S): ProductName = a\ud83d", "Property(S): A_PWD = \ude00x"]),
    );
    expect(reading.lines).toBe(2);
    expect(clean.toString("utf16le")).toContain("A_PWD = **********");
  });

  test("UTF-16 with the high byte first is told apart", () => {
    const bytes = Buffer.from("\ufeffProperty(S): A = 1\r\n", "utf16le").swap16();
    expect(readBytes(bytes).reading).toMatchObject({ isBigEndian: true, isInstallerLog: false });
  });

  test("a program is seen to be none", () => {
    expect(readBytes(Buffer.concat([Buffer.from("MZ\x90\0\x03\0\0\0"), Buffer.alloc(500)])).reading.isBinary).toBe(
      true,
    );
  });

  test("another program's log is seen to be none", () => {
    expect(readBytes(Buffer.from("2026-11-23 10:00:00 INFO started\n".repeat(100))).reading.isInstallerLog).toBe(false);
  });

  test("nothing at all is read as nothing", () => {
    expect(readBytes(Buffer.alloc(0)).reading).toMatchObject({ bytes: 0, lines: 0, isInstallerLog: false });
  });
});

describe("a line that is very long", () => {
  const long = (width: 1 | 2, length: number) => Buffer.from("x".repeat(length), width === 1 ? "latin1" : "utf16le");

  test("is read up to the limit", () => {
    const value = "v".repeat(1_000_000);
    const { reading } = readBytes(Buffer.from(`Property(S): MAIL_SERVER = ${value}\nProperty(S): UILevel = 5\n`));
    expect(reading.overlongLines).toBe(0);
    expect(reading.properties.get("MAIL_SERVER")).toBe("v".repeat(1000));
    expect(reading.properties.get("UILevel")).toBe("5");
  });

  test.each([1, 2] as const)("beyond the limit goes by, and what follows is read (%i bytes a character)", (width) => {
    const encoding = width === 1 ? "latin1" : "utf16le";
    const bytes = Buffer.concat([
      Buffer.from("Property(S): UILevel = 5\r\n", encoding),
      Buffer.from("Property(S): A_PASSWORD = ", encoding),
      long(width, lineLimit),
      Buffer.from("\r\nProperty(S): MAIL_SERVER = a\r\n", encoding),
    ]);
    const { reading, clean } = readBytes(bytes, {}, 65_537);
    expect(reading).toMatchObject({ lines: 3, overlongLines: 1, secretCount: 0 });
    expect(reading.properties.get("MAIL_SERVER")).toBe("a");
    expect(clean.toString(encoding).split("\r\n")).toEqual([
      "Property(S): UILevel = 5",
      overlongNote,
      "Property(S): MAIL_SERVER = a",
      "",
    ]);
  });

  test("is as long as the limit allows wherever the pieces are cut", () => {
    const exact = Buffer.concat([long(1, lineLimit - 1), Buffer.from("\nProperty(S): UILevel = 5\n")]);
    expect(readBytes(exact, {}, 100_000).reading.overlongLines).toBe(0);
    const over = Buffer.concat([long(1, lineLimit), Buffer.from("\nProperty(S): UILevel = 5\n")]);
    for (const size of [100_000, lineLimit, lineLimit + 1, over.length]) {
      expect(readBytes(over, {}, size).reading).toMatchObject({ overlongLines: 1, lines: 2 });
    }
  });

  test("at the end without a line feed gets none in the clean copy", () => {
    const { clean, reading } = readBytes(long(1, lineLimit + 10));
    expect({ clean: clean.toString(), lines: reading.lines }).toEqual({ clean: overlongNote, lines: 1 });
  });
});

describe("a log with more than anybody reads", () => {
  test("keeps the first of each kind, and of the actions those that failed", () => {
    const lines = Array.from({ length: 3000 }, (_, index) => [
      `Action start 10:00:00: Action${index}.`,
      `Action 10:00:00: Dialog${index}. Dialog created`,
      `Property(S): A_PASSWORD = secret${index}`,
      `Action ended 10:00:00: Action${index}. Return value ${index === 2500 ? 3 : 1}.`,
    ]).flat();
    const reading = readLines(lines);
    expect(reading).toMatchObject({ actionCount: 3000, secretCount: 3000 });
    expect(reading.actions).toHaveLength(1001);
    expect(reading.actions.at(-1)).toMatchObject({ name: "Action2500", returnValue: 3 });
    expect(reading.dialogs).toHaveLength(1000);
    expect(reading.secrets).toHaveLength(500);
  });
});
