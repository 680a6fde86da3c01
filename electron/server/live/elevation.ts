import { InputProblem } from "../../recording/input-problem.ts";
import { type RunTool, systemTool, ToolFailure, windowsFolder } from "../windows-tool.ts";

/**
 * Whether this process runs elevated: its integrity level, which Windows lists among the groups of its token by a SID
 * that is the same in every language. Where whoami.exe is missing or blocked PowerShell is asked; null when that cannot
 * tell either.
 * Source: https://learn.microsoft.com/en-us/windows/win32/secauthz/well-known-sids
 */
export async function isElevated(run: RunTool, whoami: string = systemTool("whoami.exe")): Promise<boolean | null> {
  try {
    const { code, stdout } = await run(whoami, ["/groups", "/fo", "csv", "/nh"], { timeLimit: 20_000 });
    const level = /"S-1-16-(\d+)"/.exec(stdout.toString("latin1"))?.[1];
    if (code !== 0 || level === undefined) return null;
    // 8192 is medium, 12288 high, 16384 the system itself.
    return Number(level) >= 12_288;
  } catch (error) {
    if (!(error instanceof ToolFailure)) throw error;
    return error.kind === "missing" || error.kind === "blocked" ? byPowershell(run) : null;
  }
}

/**
 * Whether Windows PowerShell, started by this process and so with its token, has the rights of an administrator. It says
 * `True` or `False` in every language.
 * Source: https://learn.microsoft.com/en-us/dotnet/api/system.security.principal.windowsprincipal.isinrole
 */
async function byPowershell(run: RunTool): Promise<boolean | null> {
  const line =
    "$user = [Security.Principal.WindowsIdentity]::GetCurrent(); (New-Object Security.Principal.WindowsPrincipal $user).IsInRole([Security.Principal.WindowsBuiltInRole] 'Administrator')";
  try {
    const argv = ["-NoProfile", "-NonInteractive", "-Command", line];
    const { code, stdout } = await run(systemTool("powershell.exe"), argv, { timeLimit: 60_000 });
    const said = stdout.toString("latin1").trim();
    return code === 0 && (said === "True" || said === "False") ? said === "True" : null;
  } catch (error) {
    if (error instanceof ToolFailure) return null;
    throw error;
  }
}

/** A program to start elevated: its own executable by its full path, and its arguments. */
export interface ElevatedStart {
  readonly program: string;
  readonly argv: readonly string[];
  /** True for a program that has a window. */
  readonly shown?: boolean;
}

/** How the line below ends when the person said no, when the program was not started, and when its end is not told. */
const declinedCode = 1223;
const failedCode = 1224;
const unknownCode = 1225;

/**
 * Starts a program elevated, which shows Windows' elevation prompt, and waits for its end. Gives its exit code, null
 * when Windows does not tell: for the end of a program that runs elevated it may refuse to. Rejects only when the program
 * was certainly not started: an InputProblem `refused` that says why.
 */
export async function startElevated(
  start: ElevatedStart,
  run: RunTool,
  powershell: string = systemTool("powershell.exe"),
): Promise<number | null> {
  const where = "the elevation prompt";
  const modules = `${windowsFolder()}\\System32\\WindowsPowerShell\\v1.0\\Modules`;
  let ended: Awaited<ReturnType<RunTool>>;
  try {
    ended = await run(powershell, ["-NoProfile", "-NonInteractive", "-Command", elevationCommand(start)], {
      // It waits for the person, and then for the whole change.
      timeLimit: 0,
      environment: { PSModulePath: modules },
    });
  } catch (error) {
    const neverStarted = error instanceof ToolFailure && (error.kind === "missing" || error.kind === "blocked");
    if (!neverStarted) return null;
    throw new InputProblem(
      "refused",
      `elevation cannot be asked for: ${error.message}`,
      where,
      "Start this program as an administrator and try again. Nothing was changed.",
    );
  }
  if (ended.code === declinedCode) {
    throw new InputProblem(
      "refused",
      "elevation was declined",
      where,
      "Windows asked for an administrator's yes. Answer yes to go on. Nothing was changed.",
    );
  }
  if (ended.code === unknownCode) return null;
  if (ended.code !== failedCode) return ended.code;
  const said =
    ended.stdout
      .toString("latin1")
      .trim()
      .split(/\r?\n/)[0]
      ?.replace(/[^ -~]/g, "?") ?? "";
  throw new InputProblem(
    "refused",
    `the elevated process cannot be started: ${said === "" ? "Windows gave no reason" : said}`,
    where,
    "Start this program as an administrator and try again. Nothing was changed.",
  );
}

/**
 * The line PowerShell runs. The program and its arguments are texts in it, quoted twice: for the command line of the
 * program, then for PowerShell. Windows PowerShell tells a declined prompt only by Windows' own text for error 1223,
 * in the server's language, so that text is asked for and looked for.
 */
export function elevationCommand({ program, argv, shown = false }: ElevatedStart): string {
  const file = powershellText(program);
  const line = powershellText(argv.map(commandLineArgument).join(" "));
  const folder = powershellText(`${windowsFolder()}\\System32`);
  return [
    "$ErrorActionPreference = 'Stop'",
    `try { $p = Start-Process -FilePath ${file} -ArgumentList ${line} -WorkingDirectory ${folder} -Verb RunAs -WindowStyle ${shown ? "Normal" : "Hidden"} -PassThru }`,
    "catch { $said = [string] $_.Exception.Message",
    "$no = ''",
    `try { $no = ([System.ComponentModel.Win32Exception] ${declinedCode}).Message } catch { $no = '' }`,
    `if (($no -ne '') -and $said.Contains($no)) { exit ${declinedCode} }`,
    "Write-Output $said",
    `exit ${failedCode} }`,
    // It runs from here on: whatever goes wrong now says nothing about what it does.
    `try { $null = $p.Handle; $p.WaitForExit(); $code = $p.ExitCode } catch { exit ${unknownCode} }`,
    `if ($null -eq $code) { exit ${unknownCode} }`,
    "exit $code",
  ].join("\n");
}

/**
 * A text as PowerShell takes it for nothing but a text. PowerShell ends one at any of five apostrophes; each is doubled.
 * Source: https://learn.microsoft.com/en-us/powershell/scripting/lang-spec/chapter-02#2352-string-literals
 */
export function powershellText(text: string): string {
  if (/[\0\r\n]/.test(text)) throw new Error("a text of more than one line is no argument");
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;
}

/**
 * An argument as a program's own command line reader takes it apart again: backslashes count only before a quote.
 * Source: https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments
 */
export function commandLineArgument(argument: string): string {
  if (argument !== "" && !/[\s"]/.test(argument)) return argument;
  const inner = argument.replace(/\\+"?|"/g, (run: string, at: number) => {
    const isQuoted = run.endsWith('"');
    if (!isQuoted && at + run.length < argument.length) return run;
    const slashes = isQuoted ? run.slice(0, -1) : run;
    return `${slashes}${slashes}${isQuoted ? '\\"' : ""}`;
  });
  return `"${inner}"`;
}
