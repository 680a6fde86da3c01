import { describe, expect, test } from "vitest";
import {
  commandLineArgument,
  elevationCommand,
  isElevated,
  powershellText,
  startElevated,
} from "../../../electron/server/live/elevation.ts";
import { type Ended, type RunTool, ToolFailure } from "../../../electron/server/windows-tool.ts";
import { syntaxFaults } from "../changes/powershell-grammar.ts";

const ended = (code: number, stdout = ""): Ended => ({ code, stdout: Buffer.from(stdout), stderr: Buffer.alloc(0) });
const answering =
  (answer: Ended | Error): RunTool =>
  () =>
    answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);

const groups = (level: number): string =>
  [
    '"Jeder","Bekannte Gruppe","S-1-1-0","Verbindliche Gruppe"',
    '"VORDEFINIERT\\Administratoren","Alias","S-1-5-32-544","Gruppe, die nur zum Ablehnen verwendet wird"',
    `"Verbindliche Beschriftung\\X","Bezeichnung","S-1-16-${level}",""`,
  ].join("\r\n");

describe("whether this process runs elevated", () => {
  test.each([
    [groups(4096), false],
    [groups(8192), false],
    [groups(12_288), true],
    [groups(16_384), true],
    ["", null],
    ["VM\\root\r\n", null],
  ])("is told by the level of its token, in any language", async (said, elevated) => {
    expect(await isElevated(answering(ended(0, said)))).toBe(elevated);
  });

  test.each([
    ["True\r\n", 0, true],
    ["False\r\n", 0, false],
    ["", 0, null],
    ["True\r\n", 1, null],
  ])("is asked of PowerShell where whoami.exe is missing: %j", async (said, code, elevated) => {
    const run: RunTool = async (program, argv) => {
      if (program.endsWith("whoami.exe")) throw new ToolFailure("missing", "whoami.exe is missing");
      expect(await syntaxFaults(argv.at(-1) ?? "")).toEqual([]);
      return ended(code, said);
    };
    expect(await isElevated(run)).toBe(elevated);
  });

  test("is not known when whoami.exe fails or is missing", async () => {
    expect(await isElevated(answering(ended(1, groups(12_288))))).toBeNull();
    expect(await isElevated(answering(new ToolFailure("missing", "whoami.exe is missing")))).toBeNull();
  });
});

/** Takes a command line apart as Microsoft's C runtime does. */
function argumentsIn(line: string): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < line.length) {
    while (line[at] === " " || line[at] === "\t") at += 1;
    if (at >= line.length) break;
    let argument = "";
    let quoted = false;
    for (; at < line.length && (quoted || !/[ \t]/.test(line[at] ?? "")); ) {
      const slashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
      at += slashes;
      if (line[at] === '"') {
        argument += "\\".repeat(Math.floor(slashes / 2));
        if (slashes % 2 === 1) argument += '"';
        else quoted = !quoted;
        at += 1;
      } else {
        argument += "\\".repeat(slashes);
        if (at < line.length && (quoted || !/[ \t]/.test(line[at] ?? ""))) {
          argument += line[at];
          at += 1;
        }
      }
    }
    found.push(argument);
  }
  return found;
}

/** The text a PowerShell literal stands for; null when the line does not begin with one whole literal. */
function literalAt(script: string, before: string): string | null {
  const start = script.indexOf(before) + before.length;
  const apostrophe = /['\u2018\u2019\u201a\u201b]/;
  if (!apostrophe.test(script[start] ?? "")) return null;
  let text = "";
  for (let at = start + 1; at < script.length; at += 1) {
    if (!apostrophe.test(script[at] ?? "")) {
      text += script[at];
      continue;
    }
    if (!apostrophe.test(script[at + 1] ?? "")) return text;
    text += script[at];
    at += 1;
  }
  return null;
}

const awkward = [
  "C:\\Program Files\\MIM Mail Assistant\\MIM Mail Assistant.exe",
  "C:\\Users\\O'Neil\\plan.json",
  "C:\\Users\\‘Ann’ ‚Ben‛\\plan.json",
  'a "quoted" text',
  "ends with a backslash \\",
  'backslash and quote \\"',
  "two \\\\ and a blank",
  "$(Remove-Item C:\\) `n $env:PATH; & | <",
  "Müller ☃ 管理 𝄞",
  "",
  "\\\\.\\pipe\\mim-mail-1",
];

describe("starting the worker elevated", () => {
  test.each(awkward)("hands over %j as it is, through PowerShell's quoting and Windows'", async (argument) => {
    const argv = ["--worker", argument, "abc"];
    const script = elevationCommand({ program: argument === "" ? "C:\\x.exe" : argument, argv });
    expect(literalAt(script, "-FilePath ")).toBe(argument === "" ? "C:\\x.exe" : argument);
    expect(argumentsIn(literalAt(script, "-ArgumentList ") ?? "")).toEqual(argv);
    expect(await syntaxFaults(script)).toEqual([]);
  });

  test("takes all of them together", () => {
    const script = elevationCommand({ program: "C:\\x.exe", argv: awkward });
    expect(argumentsIn(literalAt(script, "-ArgumentList ") ?? "")).toEqual(awkward);
  });

  test("leaves plain arguments alone and refuses a second line", () => {
    expect(commandLineArgument("--worker")).toBe("--worker");
    expect(() => powershellText("a\nb")).toThrow();
  });

  test("asks PowerShell by its absolute path, without a profile", async () => {
    const calls: (readonly string[])[] = [];
    const run: RunTool = async (program, argv) => {
      calls.push([program, ...argv]);
      return ended(0);
    };
    expect(await startElevated({ program: "C:\\x.exe", argv: ["--worker"] }, run)).toBe(0);
    const [[program = "", ...argv] = []] = calls;
    expect(program).toMatch(/^[A-Z]:\\Windows\\System32\\WindowsPowerShell\\v1\.0\\powershell\.exe$/i);
    expect(argv.slice(0, 3)).toEqual(["-NoProfile", "-NonInteractive", "-Command"]);
    expect(argv[3]).toContain("-Verb RunAs -WindowStyle Hidden");
    expect(elevationCommand({ program: "C:\\x.exe", argv: [], shown: true })).toContain("-WindowStyle Normal");
  });

  test.each([0, 3, 4, 5, 1, 3221225477])("gives the worker's own exit code %d", async (code) => {
    expect(await startElevated({ program: "C:\\x.exe", argv: [] }, answering(ended(code)))).toBe(code);
  });

  test("gives null when Windows does not tell how the worker ended", async () => {
    expect(await startElevated({ program: "C:\\x.exe", argv: [] }, answering(ended(1225)))).toBeNull();
  });

  test("calls a declined prompt a refusal, in a sentence", async () => {
    await expect(startElevated({ program: "C:\\x.exe", argv: [] }, answering(ended(1223)))).rejects.toMatchObject({
      name: "InputProblem",
      code: "refused",
      message: "elevation was declined",
    });
  });

  test.each([
    [ended(1224, "This command cannot be run due to the error: file not found\r\n"), "file not found"],
    [ended(1224), "Windows gave no reason"],
    [new ToolFailure("blocked", "powershell.exe cannot be started: EPERM"), "EPERM"],
  ])("says why it was not started", async (answer, reason) => {
    await expect(startElevated({ program: "C:\\x.exe", argv: [] }, answering(answer))).rejects.toMatchObject({
      code: "refused",
      message: expect.stringContaining(reason),
      cure: expect.stringContaining("Nothing was changed."),
    });
  });

  test("does not say that nothing was changed where it may have been started", async () => {
    const lost = new ToolFailure("timeLimit", "powershell.exe gave no answer");
    expect(await startElevated({ program: "C:\\x.exe", argv: [] }, answering(lost))).toBeNull();
  });

  test("starts it in a step of its own: what fails after that says nothing about the change", () => {
    const lines = elevationCommand({ program: "C:\\x.exe", argv: [] }).split("\n");
    const start = lines.find((line) => line.includes("Start-Process")) ?? "";
    expect(start).not.toMatch(/-Wait\b/);
    expect(start).toMatch(/-WorkingDirectory '[A-Z]:\\Windows\\System32'/i);
    expect(lines.at(-3)).toMatch(/^try .*WaitForExit.* catch \{ exit 1225 \}$/);
  });
});
