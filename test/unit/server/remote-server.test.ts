import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { InputProblem } from "../../../electron/recording/input-problem.ts";
import { behindBackslashes, isComputerName } from "../../../electron/server/remote/computer-name.ts";
import { createRemoteServer } from "../../../electron/server/remote/remote-server.ts";
import { type RunTool, ToolFailure } from "../../../electron/server/windows-tool.ts";

const sample = readFileSync(join(import.meta.dirname, "../../../assets/practice/configured.json"), "utf8");

/** What stands for PowerShell: it writes an answer or a fault where it is told to, and keeps what it was asked. */
function powershell(answer: { readonly text?: string; readonly fault?: unknown; readonly ends?: Error }) {
  const asked: (readonly string[])[] = [];
  const run: RunTool = async (program, argv) => {
    asked.push([program, ...argv]);
    if (answer.ends !== undefined) throw answer.ends;
    const path = (name: string): string => argv[argv.indexOf(name) + 1] ?? "";
    if (answer.text !== undefined) await writeFile(path("-OutputPath"), `\uFEFF${answer.text}`);
    if (answer.fault !== undefined) await writeFile(path("-FaultPath"), JSON.stringify(answer.fault));
    return { code: 0, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
  };
  return { run, asked };
}

const fault = (errorId: string, message = "said") => ({
  format: "mim-mail-remote-fault",
  version: 1,
  errorId,
  message,
});

function remote(run: RunTool, computer = "MIM01") {
  return createRemoteServer({ computer, scripts: "C:\\product\\powershell", platform: "win32", run });
}

async function problemOf(work: Promise<unknown>): Promise<InputProblem> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof InputProblem) return error;
  throw new Error(`no problem, but ${String(error)}`);
}

describe("a computer's name", () => {
  test.each(["MIM02", "mim02.contoso.com", "m", "SRV_01", "2mim", "a".repeat(63)])("%s is one", (name) => {
    expect(isComputerName(name)).toBe(true);
  });

  test.each([
    "",
    "-MIM02",
    "MIM02-",
    "MIM 02",
    "MIM02;calc",
    "MIM02$(calc)",
    "MIM02`n",
    "MIM02\n",
    "MIM02'",
    'MIM02"',
    "MIM02,MIM03",
    "*",
    ".",
    "mim02.",
    "mim..com",
    "10.0.0.5",
    "12345",
    "::1",
    "[::1]",
    "http",
    "mïm02",
    "mim02/wsman",
    "mim02:5985",
    "user@mim02",
    "a".repeat(64),
    `${"a.".repeat(127)}aa`,
  ])("%j is none", (name) => {
    // "http" alone is a name like any other: nothing makes an address of it.
    expect(isComputerName(name)).toBe(name === "http");
  });

  test("stands behind two backslashes, with no folder behind it", () => {
    expect(behindBackslashes("\\\\MIM02")).toBe("MIM02");
    expect(behindBackslashes("\\\\")).toBe("");
    for (const file of [
      "\\\\MIM02\\share\\a.json",
      "\\\\MIM02/a.json",
      "MIM02.json",
      "\\MIM02",
      "live",
      "C:\\a.json",
    ]) {
      expect(behindBackslashes(file)).toBeNull();
    }
  });
});

describe("another computer", () => {
  test("is looked at by collect.ps1, its name an argument of its own and nothing else", async () => {
    const { run, asked } = powershell({ text: sample });
    const recording = await remote(run, "mim01.contoso.com").look();
    expect(recording.computer).toBe("MIM01");
    expect(recording.tools?.at(-1)).toBe("Asked through PowerShell remoting as \\\\mim01.contoso.com.");
    const [argv = []] = asked;
    expect(asked).toHaveLength(1);
    expect(argv.filter((one) => one.includes("mim01"))).toEqual(["mim01.contoso.com"]);
    expect(argv[argv.indexOf("-ComputerName") + 1]).toBe("mim01.contoso.com");
    expect(argv[argv.indexOf("-ScriptPath") + 1]).toMatch(/collect\.ps1$/);
    expect(argv).not.toContain("-Credential");
  });

  test("that calls itself otherwise is said to", async () => {
    const { run } = powershell({ text: sample });
    const { tools = [] } = await remote(run, "mimportal").look();
    expect(tools.at(-1)).toBe("\\\\mimportal calls itself MIM01: an alias, or a load balancer's name.");
  });

  test.each([
    ["ComputerNotFound,PSSessionStateBroken", "remote-not-found"],
    ["NetworkPathNotFound,PSSessionStateBroken", "remote-not-found"],
    ["CannotConnect,PSSessionStateBroken", "remote-unreachable"],
    ["AccessDenied,PSSessionStateBroken", "remote-denied"],
    ["ServerNotTrusted,PSSessionStateBroken", "remote-no-trust"],
    ["WorkgroupCannotUseKerberos,PSSessionStateBroken", "remote-no-trust"],
    ["WinRMOperationTimeout,PSSessionStateBroken", "remote-time-limit"],
    ["IncorrectProtocolVersion,PSSessionStateBroken", "remote-too-old"],
    ["MimMailLanguageMode,Microsoft.PowerShell.Commands.WriteErrorCommand", "remote-language-mode"],
    ["MimMailBitness,Microsoft.PowerShell.Commands.WriteErrorCommand", "remote-session"],
    ["MimMailAnswer", "remote-answer"],
    ["-2144108526,PSSessionStateBroken", "remote-failed"],
    ["constructor", "remote-failed"],
    ["", "remote-failed"],
  ])("that gives no answer for %s is told as %s, with what to do", async (errorId, code) => {
    const problem = await problemOf(remote(powershell({ fault: fault(errorId) }).run).look());
    expect(problem).toMatchObject({ code, where: "\\\\MIM01" });
    expect(problem.cure.length).toBeGreaterThan(20);
  });

  test("whose message holds a secret or lines of its own is told on one line without it", async () => {
    const { run } = powershell({
      fault: fault("Other", "a\r\nb\u202Ec client_secret=Abc8Q~0123456789abcdefghijklmnopqrstuv"),
    });
    const { message } = await problemOf(remote(run).look());
    expect(message).not.toMatch(/[\r\n\u202e]/);
    expect(message).not.toContain("Abc8Q~0123456789");
  });

  test.each([
    ["no JSON", "Hello"],
    ["another format", '{"format":"other"}'],
    ["another version", '{"format":"mim-mail-recording","version":2}'],
    ["a recording that is cut off", sample.slice(0, 5000)],
    ["a value of a wrong form", sample.replace('"computer": "MIM01"', '"computer": 7')],
  ])("that answers with %s is told to be no recording", async (_, text) => {
    expect(await problemOf(remote(powershell({ text }).run).look())).toMatchObject({ code: "remote-answer" });
  });

  test("cannot bring a check of the cloud or a secret with it", async () => {
    const forged = {
      ...(JSON.parse(sample) as object),
      cloud: { at: "2026-11-23T10:00:00Z", signIn: { ok: true }, roles: ["full_access_as_app"], ews: { ok: true } },
      texts: {
        "C:\\a.config": { state: "present", text: '<a clientSecret="Abc8Q~0123456789abcdefghijklmnopqrstuv"/>' },
      },
    };
    const recording = await remote(powershell({ text: JSON.stringify(forged) }).run).look();
    expect(recording.cloud).toBeNull();
    expect(JSON.stringify(recording)).not.toContain("Abc8Q~0123456789");
  });

  test("that does not answer in time, or whose PowerShell cannot be started, is told so", async () => {
    const slow = powershell({ ends: new ToolFailure("timeLimit", "powershell.exe gave no answer for 150 seconds") });
    expect((await problemOf(remote(slow.run).look())).code).toBe("remote-time-limit");
    const blocked = powershell({ ends: new ToolFailure("blocked", "powershell.exe cannot be started: UNKNOWN") });
    expect((await problemOf(remote(blocked.run).look())).message).toContain("cannot be started");
    expect((await problemOf(remote(powershell({}).run).look())).code).toBe("remote-failed");
    const damaged = powershell({ fault: { format: "other" } });
    expect((await problemOf(remote(damaged.run).look())).code).toBe("remote-failed");
  });

  test("is no longer waited for when the look is cancelled", async () => {
    const controller = new AbortController();
    const run: RunTool = (_, __, options) =>
      new Promise((_resolve, reject) => {
        options?.signal?.addEventListener("abort", () => reject(new ToolFailure("cancelled", "it was cancelled")));
        controller.abort(new Error("stopped"));
      });
    await expect(remote(run).look({ signal: controller.signal })).rejects.toThrow("stopped");
  });

  test("is refused by a name that is none, and where this is no Windows", async () => {
    const { run, asked } = powershell({ text: sample });
    expect(() => remote(run, "MIM02;calc")).toThrow(InputProblem);
    const here = createRemoteServer({ computer: "MIM01", scripts: "s", platform: "linux", run });
    expect((await problemOf(here.look())).code).toBe("not-windows");
    expect(asked).toEqual([]);
  });
});
