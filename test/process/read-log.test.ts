import { spawnSync } from "node:child_process";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hiddenMark } from "../../electron/installer/log-secrets.ts";
import { logBytes, password, practiceLines, productCode } from "../unit/installer/logs.ts";

const top = join(import.meta.dirname, "../..");
const program = join(top, "out", "mim-mail.js");
const fixture = join(top, "test/fixtures/installer/wine-msiexec.log");

let folder: string;

function mimMail(argv: readonly string[], nodeOptions: readonly string[] = []) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeOptions, program, ...argv], {
    cwd: folder,
    env: { ...process.env, MIM_MAIL_HOME: join(folder, "home"), FORCE_COLOR: undefined },
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

beforeAll(() => {
  const build = spawnSync(process.execPath, [join(top, "build/build.mjs"), "node"], { cwd: top, encoding: "utf8" });
  expect(build.status, build.stderr).toBe(0);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mim-read-log-"));
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

async function write(name: string, ...run: Parameters<typeof practiceLines>): Promise<void> {
  writeFileSync(join(folder, name), logBytes(await practiceLines(...run)));
}

describe("mim-mail read-log", () => {
  test("ends with 0 for a run that succeeded and a log without secrets", async () => {
    await write("a.log", "success");
    const { status, stdout, stderr } = mimMail(["read-log", "a.log"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/Result {6}Succeeded \(exit code 0\)\n/);
    expect(stdout).toContain("Practice07MailServerDlg: page 7 (line ");
    expect(stdout).toContain("Mail server (MAIL_SERVER): outlook.office365.com");
    expect(stdout).toContain("None found.");
  });

  test("ends with 1 and tells the first failure, the cause and the cure of one that failed", async () => {
    await write("a.log", "missingMedia");
    const { status, stdout } = mimMail(["read-log", "a.log"]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/Result {6}Exit code 1603: it failed, and everything was rolled back\n/);
    expect(stdout).toMatch(/Failed {6}InstallFiles, first to return 3, at 10:\d\d:\d\d, line \d+\n/);
    const told = stdout.replace(/\s+/g, " ");
    expect(told).toMatch(
      /Error 1706, line \d+: An installation package for the product .{1,60} cannot be found\. That is:/,
    );
    expect(told).toContain("the media are missing: no valid source was found. Put the MIM media");
  });

  test("ends with 1 for a run that was cancelled after a wrong secret, with what Entra's code means", async () => {
    await write("a.log", "wrongSecret");
    const { status, stdout } = mimMail(["read-log", "a.log"]);
    expect(status).toBe(1);
    expect(stdout).toContain("AADSTS7000215: the client secret is wrong.");
    expect(stdout).toContain("Exit code 1602: it was cancelled.");
  });

  test("prints JSON with the run as a recording keeps it, and no secret", async () => {
    await write("a.log", "customActionFails", password);
    const { status, stdout, stderr } = mimMail(["read-log", "a.log", "--json"]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).not.toContain(password);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({
      log: "a.log",
      succeeded: false,
      run: {
        startedAt: null,
        endedAt: null,
        exitCode: 1603,
        productCode,
        log: "a.log",
        firstFailure: "InstallFinalize",
        secretsInLog: 3,
      },
      encoding: "UTF-16LE",
      isOfMim: true,
      phase: "ended",
      mailServer: "office365, cloud not known",
      firstFailure: { action: "InstallFinalize", customAction: "ConfigureMailConnection" },
      secrets: { count: 3 },
      cleanCopy: null,
    });
    expect(answer.explanations.map(({ code }: { code: number }) => code)).toEqual([1722, 1603]);
    expect(answer.dialogs[4]).toMatchObject({ name: "Practice07MailServerDlg", page: 7, pageKnownBy: "name" });
  });

  test("writes a clean copy of a log of Wine's msiexec, with as many lines, and a second one not over it", () => {
    const first = mimMail(["read-log", fixture, "--scrub", "clean.log"]);
    expect(first.status).toBe(1);
    expect(first.stdout).toContain("Line 161: SERVICE_ACCOUNT_PASSWORD");
    expect(first.stdout).toContain("Wrote clean.log: the log without its secrets, 171 lines.");
    const [log, clean] = [readFileSync(fixture, "utf8"), readFileSync(join(folder, "clean.log"), "utf8")];
    expect(clean).toBe(log.replace("Practice-only-1", "**********"));
    expect(mimMail(["read-log", "clean.log"])).toMatchObject({ status: 0, stderr: "" });
    expect(mimMail(["read-log", fixture, "--scrub", "clean.log"])).toMatchObject({ status: 2, stdout: "" });
    expect(mimMail(["read-log", fixture, "--scrub", "clean.log", "--force"]).status).toBe(1);
    expect(readdirSync(folder)).toEqual(["clean.log"]);
  });

  test("says that a log is another product's, and reads it", () => {
    writeFileSync(
      join(folder, "a.log"),
      "Property(S): ProductName = Contoso Backup\nAction ended 10:00:00: INSTALL. Return value 1.\n",
    );
    const { status, stdout } = mimMail(["read-log", "a.log"]);
    expect(status).toBe(0);
    expect(stdout).toContain("Contoso Backup. This is not the log of the MIM Service and Portal.");
  });

  test("ends with 1 for a log that does not tell how the run ended", async () => {
    const lines = await practiceLines("success");
    writeFileSync(join(folder, "a.log"), logBytes(lines.slice(0, 40)).subarray(0, -1));
    const { status, stdout } = mimMail(["read-log", "a.log"]);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /The log does not say how the run ended; it stops on its pages; last seen:\s+Practice08MailboxDlg/,
    );
    expect(stdout).toContain("ends in the middle of a");
    expect(stdout).toContain("Practice07MailServerDlg: page 7 (line 32)");
  });

  test.each([
    ["no file", "none.log", null],
    ["nothing in it", "a.log", Buffer.alloc(0)],
    ["a program", "a.log", Buffer.from("MZ\x90\0\x03\0\0\0\x04\0\0\0")],
    ["another program's log", "a.log", Buffer.from("2026-11-23 INFO started\n")],
  ])("refuses %s: one line, exit 2, nothing written", (_what, name, bytes) => {
    if (bytes !== null) writeFileSync(join(folder, name), bytes);
    const { status, stdout, stderr } = mimMail(["read-log", name, "--scrub", "clean.log"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^mim-mail: \\S.* \\(${name}\\)\\n\\S.*\\n$`));
    expect(readdirSync(folder)).toEqual(bytes === null ? [] : [name]);
  });

  test("cannot be made to print commands for a terminal by a log", () => {
    writeFileSync(
      join(folder, "a.log"),
      "Property(S): ProductName = a\u001b[2Jb\nAction ended 10:00:00: INSTALL. Return value 1.\n",
    );
    expect(mimMail(["read-log", "a.log"]).stdout).not.toContain("\u001b");
  });

  test("tells with --follow what is new, then the whole, and does not write a copy", async () => {
    await write("a.log", "missingMedia");
    const { status, stdout, stderr } = mimMail(["read-log", "a.log", "--follow"]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toMatch(/^10:00:\d\d {2}Practice01WelcomeDlg: page 1\n/);
    expect(stdout).toMatch(/\nError 1706, line \d+: An installation package/);
    expect(stdout).toContain("Exit code 1603: it failed, and everything was rolled back");
    expect(mimMail(["read-log", "a.log", "--follow", "--scrub", "b.log"]).status).toBe(2);
    expect(JSON.parse(mimMail(["read-log", "a.log", "--follow", "--json"]).stdout).run.exitCode).toBe(1603);
  });

  test("prints in JSON the lines around each cause, and tells of a success with errors", async () => {
    const lines = [
      "=== Verbose logging started: 1/2/2026  10:00:00  Build type: SHIP UNICODE 5.00.10011.00  Calling process: a ===",
      "Action start 10:00:00: INSTALL.",
      "CustomAction SetAppCreds returned actual error code 1603 but will be translated to success due to continue marking",
      "Error 1920. Service 'Forefront Identity Manager Service' (FIMService) failed to start.",
      "Action ended 10:00:33: INSTALL. Return value 1.",
      "Property(S): ProductName = Microsoft Identity Manager Service and Portal",
      "MSI (s) (88:1C) [10:00:34:123]: MainEngineThread is returning 0",
    ];
    writeFileSync(join(folder, "a.log"), logBytes(lines));
    const text = mimMail(["read-log", "a.log"]);
    expect(text.status).toBe(0);
    expect(text.stdout.replace(/\s+/g, " ")).toContain(
      "Succeeded (exit code 0), but: Error 1920, line 4: Service 'Forefront Identity Manager Service' (FIMService) failed to start; The custom action SetAppCreds failed with 1603, and the installer went on",
    );
    expect(text.stdout).toContain("> 4  Error 1920. Service");
    const answer = JSON.parse(mimMail(["read-log", "a.log", "--json"]).stdout);
    expect(answer).toMatchObject({
      succeeded: true,
      customActions: [{ name: "SetAppCreds", ignored: true }],
      explanations: [{ code: 1920, text: expect.stringContaining("failed to start") }, { origin: "customAction" }],
    });
    expect(answer.explanations[0].around.map(({ line }: { line: number }) => line)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("reads and cleans 200 MB in constant memory", async () => {
    const size = 200 * 2 ** 20;
    const before = await practiceLines("success", password);
    const noise = logBytes(
      Array.from({ length: 400 }, (_, index) =>
        index % 2 === 0
          ? `MSI (s) (88:1C) [10:00:00:123]: Executing op: FileCopy(SourceName=a${index}.dll,DestName=a${index}.dll,,)`
          : `InstallFiles: File: a${index}.dll,  Directory: C:\\Program Files\\A\\,  Size: ${index * 4096}`,
      ),
    ).subarray(2);
    const at = before.findIndex((line) => line.startsWith("InstallFiles: "));
    const file = openSync(join(folder, "big.log"), "w");
    let written = writeSync(file, logBytes(before.slice(0, at)));
    while (written < size) written += writeSync(file, noise);
    writeSync(file, logBytes(before.slice(at)).subarray(2));
    closeSync(file);

    const tell = "process.on('exit',()=>process.stderr.write(String(process.resourceUsage().maxRSS)))";
    const node = ["--max-old-space-size=64", "--import", `data:text/javascript,${tell}`];
    const started = performance.now();
    const { status, stdout, stderr } = mimMail(["read-log", "big.log", "--json", "--scrub", "clean.log"], node);
    const seconds = (performance.now() - started) / 1000;
    expect(status, stderr).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ succeeded: true, run: { exitCode: 0, secretsInLog: 3 } });
    expect(Number(stderr)).toBeLessThan(200 * 1024);
    expect(seconds).toBeLessThan(20);
    const grown = 3 * 2 * (hiddenMark.length - password.length);
    expect(statSync(join(folder, "clean.log")).size).toBe(statSync(join(folder, "big.log")).size + grown);
    console.info(`200 MB read and cleaned in ${seconds.toFixed(2)} s, ${Math.round(Number(stderr) / 1024)} MB at most`);
  });
});
