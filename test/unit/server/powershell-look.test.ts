import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { askPowershell, factsIn } from "../../../electron/server/live/powershell-look.ts";
import { createPowershell, type RunScript } from "../../../electron/server/powershell.ts";
import { type Ended, runTool, scratchBelow, ToolFailure } from "../../../electron/server/windows-tool.ts";

const ended = (code: number, stderr = ""): Ended => ({ code, stdout: Buffer.alloc(0), stderr: Buffer.from(stderr) });
const withScratch = scratchBelow(async () => tmpdir());
const request = { files: ["C:\\Prögram ☃\\x.exe"], accounts: ["CONTOSO\\gmsa$"], services: [] };

/** An answer in the form look.ps1 writes. */
const answer = {
  format: "mim-mail-powershell",
  version: 1,
  languageMode: "FullLanguage",
  computer: "MIM01",
  windows: {
    caption: "Microsoft Windows Server 2022 Standard",
    build: "10.0.20348",
    startedAt: "2026-11-20T04:00:00Z",
    reason: null,
  },
  service: { state: "present", status: "running", startedAt: "2026-11-20T04:05:00Z", account: "CONTOSO\\gmsa$" },
  files: [{ path: "C:\\Prögram ☃\\x.exe", state: "present", version: "4.6.673.0" }],
  accounts: [{ name: "CONTOSO\\gmsa$", state: "present", sid: "S-1-5-21-1-2-3-1104" }],
  events: {
    state: "present",
    from: "2026-11-16T10:00:00Z",
    items: [
      {
        log: "Application",
        provider: "Microsoft.ResourceManagement.ServiceHealthSource",
        id: 12,
        level: "Error",
        at: "2026-11-22T09:10:00Z",
        text: "The Forefront Identity Manager Service cannot connect to the Exchange Web Service.",
      },
    ],
  },
};

/** A script that writes this answer; `asked` holds what it was given. */
function script(write: (output: string) => Promise<Ended>): RunScript & { readonly asked: unknown[] } {
  const asked: unknown[] = [];
  const run: RunScript = async (name, argv) => {
    expect([name, argv[0], argv[2]]).toEqual(["look.ps1", "-InputPath", "-OutputPath"]);
    asked.push((await readFile(argv[1] ?? "", "latin1")).toString());
    return write(argv[3] ?? "");
  };
  return Object.assign(run, { asked });
}

const writing = (text: string, code = 0) =>
  script(async (output) => {
    await writeFile(output, `\uFEFF${text}`);
    return ended(code);
  });

describe("the one call of PowerShell", () => {
  test("hands over what is asked as data, in ASCII, and gives the facts under the names they were asked by", async () => {
    const runScript = writing(JSON.stringify(answer));
    const { facts, reason } = await askPowershell({ runScript, withScratch }, request);
    expect(reason).toBeNull();
    expect(facts?.windows.caption).toBe("Microsoft Windows Server 2022 Standard");
    expect(facts?.service).toMatchObject({ status: "running", account: "CONTOSO\\gmsa$" });
    expect(facts?.files.get("C:\\Prögram ☃\\x.exe")).toEqual({ state: "present", version: "4.6.673.0" });
    expect(facts?.accounts.get("CONTOSO\\gmsa$")).toEqual({ state: "present", sid: "S-1-5-21-1-2-3-1104" });
    expect(facts?.events).toMatchObject({ items: [{ id: 12 }] });
    const [text] = runScript.asked as [string];
    expect(/^[ -~]*$/.test(text)).toBe(true);
    expect(JSON.parse(text)).toEqual(request);
  });

  test("takes a list as Windows PowerShell may write it, an object with value and Count", () => {
    const odd = { ...answer, files: { value: answer.files, Count: 1 } };
    expect(factsIn(JSON.stringify(odd)).files.size).toBe(1);
  });

  test("keeps what it says it could not read, with the reason", () => {
    const reason = "PowerShell runs in Constrained Language Mode, which cannot translate account names";
    const constrained = {
      ...answer,
      accounts: [{ name: "CONTOSO\\gmsa$", state: "unreadable", reason }],
      service: { state: "absent" },
      events: { state: "unreadable", reason: "event log Application: Access is denied" },
    };
    const facts = factsIn(JSON.stringify(constrained));
    expect(facts.accounts.get("CONTOSO\\gmsa$")).toEqual({ state: "unreadable", reason });
    expect(facts.service).toEqual({ state: "absent" });
    expect(facts.events).toMatchObject({ state: "unreadable" });
  });

  test.each([
    ["is no JSON", "Hello", "PowerShell's answer is not JSON"],
    ["is cut off", JSON.stringify(answer).slice(0, 200), "PowerShell's answer is not JSON"],
    ["is of another version", JSON.stringify({ ...answer, version: 2 }), /not in the expected form at version/],
    ["says more than it may", JSON.stringify({ ...answer, more: 1 }), /not in the expected form/],
    [
      "has a SID that is none",
      JSON.stringify({ ...answer, accounts: [{ name: "x", state: "present", sid: "S-1-;" }], services: [] }),
      /not in the expected form at accounts/,
    ],
    [
      "has a moment that is none",
      JSON.stringify({ ...answer, windows: { ...answer.windows, startedAt: "yesterday" } }),
      /not in the expected form at windows\.startedAt/,
    ],
    ["is too large", " ".repeat(9 * 1024 * 1024), /larger than/],
  ])("refuses an answer that %s", async (_what, text, reason) => {
    const { facts, reason: said } = await askPowershell({ runScript: writing(text), withScratch }, request);
    expect(facts).toBeNull();
    expect(said).toEqual(reason instanceof RegExp ? expect.stringMatching(reason) : reason);
  });

  test.each([
    ["writes nothing", script(async () => ended(0)), "PowerShell ended without an answer"],
    [
      "fails, whatever it wrote",
      script(async (output) => {
        await writeFile(output, JSON.stringify(answer));
        return ended(1, "#< CLIXML\r\nFile look.ps1 cannot be loaded.\r\n");
      }),
      "PowerShell ended with 1 and said: File look.ps1 cannot be loaded.",
    ],
    [
      "is blocked",
      script(() => Promise.reject(new ToolFailure("blocked", "powershell.exe cannot be started: EPERM"))),
      "powershell.exe cannot be started: EPERM",
    ],
  ])("gives the reason when PowerShell %s", async (_what, runScript, reason) => {
    expect(await askPowershell({ runScript, withScratch }, request)).toEqual({ facts: null, reason });
  });

  test("ends with the look that was cancelled", async () => {
    const controller = new AbortController();
    const runScript = script(async () => {
      controller.abort(new Error("cancelled by a person"));
      throw new ToolFailure("cancelled", "powershell.exe was cancelled");
    });
    await expect(askPowershell({ runScript, withScratch }, request, controller.signal)).rejects.toThrow(
      "cancelled by a person",
    );
  });

  test("runs the script by file, without profile and questions, with Windows' modules alone", async () => {
    const calls: unknown[] = [];
    const run = createPowershell({
      scripts: "/assets",
      run: async (program, argv, options) => {
        calls.push([program, argv, options?.environment]);
        return ended(0);
      },
    });
    await run("look.ps1", ["-InputPath", "a b"]);
    expect(calls).toEqual([
      [
        expect.stringMatching(/^[A-Z]:\\Windows\\System32\\WindowsPowerShell\\v1\.0\\powershell\.exe$/i),
        [
          "-NoProfile",
          "-NonInteractive",
          "-ExecutionPolicy",
          "Bypass",
          "-File",
          "/assets/look.ps1",
          "-InputPath",
          "a b",
        ],
        { PSModulePath: expect.stringMatching(/\\WindowsPowerShell\\v1\.0\\Modules$/) },
      ],
    ]);
  });
});

describe("running a program of Windows", () => {
  const node = (script: string, options = {}) => runTool(process.execPath, ["-e", script], options);

  test("gives its exit code and both outputs", async () => {
    const { code, stdout, stderr } = await node("console.log('a'); console.error('b'); process.exitCode = 3");
    expect([code, String(stdout), String(stderr)]).toEqual([3, "a\n", "b\n"]);
  });

  test("ends it at the time limit, at the output limit, and when it is cancelled", async () => {
    const forever = "setInterval(() => {}, 1000)";
    await expect(node(forever, { timeLimit: 200 })).rejects.toMatchObject({ kind: "timeLimit" });
    await expect(node("console.log('x'.repeat(100000))", { outputLimit: 1000 })).rejects.toMatchObject({
      kind: "tooMuch",
    });
    const controller = new AbortController();
    const running = node(forever, { signal: controller.signal });
    controller.abort();
    await expect(running).rejects.toMatchObject({ kind: "cancelled" });
    await expect(node("0", { signal: controller.signal })).rejects.toMatchObject({ kind: "cancelled" });
  });

  test("says when it is missing or may not be run", async () => {
    await expect(runTool("/no/such/program.exe", [])).rejects.toMatchObject({ kind: "missing" });
    await expect(runTool(tmpdir(), [])).rejects.toMatchObject({ kind: "blocked" });
    // Thrown at once and not told later, as Node does with what application control answers.
    await expect(runTool(process.execPath, ["a\0b"])).rejects.toMatchObject({ kind: "blocked" });
  });

  test("tells each whole line as it comes", async () => {
    const lines: string[] = [];
    await node("process.stdout.write('one\\r\\ntw'); setTimeout(() => console.log('o'), 50)", {
      line: (line: string) => lines.push(line),
    });
    expect(lines).toEqual(["one", "two"]);
  });
});
