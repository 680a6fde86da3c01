import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { Io } from "../../../electron/command-line/io.ts";
import { readRecordingText } from "../../../electron/recording/read-recording.ts";
import { type RunTool, ToolFailure } from "../../../electron/server/windows-tool.ts";
import { captured } from "./captured.ts";
import { ownFolder, samplePath } from "./folder.ts";

const folder = ownFolder();
const names = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `MIM${String(index + 1).padStart(2, "0")}`);
const options = (computers: readonly string[]): string[] => computers.flatMap((name) => ["--server", `\\\\${name}`]);
const day = ["--today", "2026-11-23"];

/** What stands for PowerShell: each computer answers with its own recording, but for those that fail in a named way. */
async function farm(fails: Readonly<Record<string, string | Error>> = {}) {
  const sample = JSON.parse(await readFile(samplePath("configured"), "utf8")) as object;
  let running = 0;
  let most = 0;
  const asked: string[] = [];
  const runTool: RunTool = async (_program, argv, given = {}) => {
    const value = (name: string): string => argv[argv.indexOf(name) + 1] ?? "";
    const computer = value("-ComputerName");
    asked.push(computer);
    running += 1;
    most = Math.max(most, running);
    // Long enough in turns of the loop for others to be started.
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    if (given.signal?.aborted) throw new ToolFailure("cancelled", "it was cancelled");
    const fails_ = fails[computer];
    if (fails_ instanceof Error) throw fails_;
    if (fails_ === undefined) await writeFile(value("-OutputPath"), JSON.stringify({ ...sample, computer }));
    else {
      const fault = { format: "mim-mail-remote-fault", version: 1, errorId: fails_, message: "said" };
      await writeFile(value("-FaultPath"), JSON.stringify(fault));
    }
    return { code: 0, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
  };
  const io: Partial<Io> = { platform: "win32", runTool };
  return { io, asked, most: () => most };
}

describe("several other computers", () => {
  test("twenty are looked at in one call, five at a time, each in its own column", async () => {
    const { io, asked, most } = await farm();
    const argv = ["check", "--json", ...options(names(20)), ...day];
    const { code, stdout, stderr } = await captured(argv, folder.at("home"), io);
    expect({ code, stderr, asked: asked.toSorted() }).toEqual({ code: 1, stderr: "", asked: names(20) });
    // How many run at once at the most hangs on how fast each is.
    expect(most()).toBeGreaterThan(1);
    expect(most()).toBeLessThanOrEqual(5);
    const servers = (JSON.parse(stdout) as { server: string }[]).map(({ server }) => server);
    expect(servers).toEqual(names(20).map((name) => `\\\\${name}`));
  });

  test("one that fails is told with what to do and loses none of the others", async () => {
    const { io } = await farm({ MIM02: "AccessDenied,PSSessionStateBroken" });
    const { code, stdout, stderr } = await captured(["check", ...options(names(3)), ...day], folder.at("home"), io);
    expect(code).toBe(2);
    expect(stdout).toContain("\\\\MIM01");
    expect(stdout).toContain("\\\\MIM03");
    expect(stdout).not.toContain("\\\\MIM02");
    expect(stderr).toMatch(/^mim-mail: your account may not look at this computer \(\\\\MIM02\)\nSign in here with/);
    const json = await captured(["check", "--json", ...options(names(3)), ...day], folder.at("home"), io);
    expect(JSON.parse(json.stdout)).toMatchObject([
      { server: "\\\\MIM01", verdict: "action" },
      { server: "\\\\MIM02", today: "2026-11-23", error: { code: "remote-denied", where: "\\\\MIM02" } },
      { server: "\\\\MIM03" },
    ]);
  });

  test("when all fail, each says why", async () => {
    const { io } = await farm({ MIM01: "CannotConnect,X", MIM02: new ToolFailure("timeLimit", "no answer") });
    const { code, stdout, stderr } = await captured(["check", ...options(names(2)), ...day], folder.at("home"), io);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.match(/^mim-mail: /gm)).toHaveLength(2);
    const report = await captured(["report", "--out", folder.at("r"), ...options(names(2))], folder.at("home"), io);
    expect(report).toMatchObject({ code: 2, stdout: "" });
  });

  test("one alone that fails ends the command", async () => {
    const { io } = await farm({ MIM01: "ComputerNotFound,X" });
    const { code, stderr } = await captured(["check", ...options(names(1))], folder.at("home"), io);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^mim-mail: no computer of this name was found \(\\\\MIM01\)\n/);
  });

  test("none is asked when one of the names is none", async () => {
    const { io, asked } = await farm();
    const { code, stderr } = await captured(["check", ...options(["MIM01", "MIM;02"])], folder.at("home"), io);
    expect({ code, asked }).toEqual({ code: 2, asked: [] });
    expect(stderr).toMatch(/^mim-mail: this is no computer's name /);
  });

  test("Ctrl+C keeps those that have answered", async () => {
    const { io, asked } = await farm();
    const controller = new AbortController();
    const { code, stdout, stderr } = await captured(["check", ...options(names(20)), ...day], folder.at("home"), {
      ...io,
      showsProgress: true,
      stoppable: (work) => work(controller.signal),
      stderr: (text) => {
        if (text.startsWith("5 of 20")) controller.abort(new Error("stopped by Ctrl+C"));
      },
    });
    expect(code).toBe(2);
    expect(asked.length).toBeLessThan(15);
    expect(stdout).toContain("\\\\MIM01");
    expect(stdout).not.toContain("\\\\MIM20");
    expect(stderr).toBe("");
  });

  test("are collected into a folder, a file each", async () => {
    const { io } = await farm({ MIM03: "CannotConnect,X" });
    const { code, stderr } = await captured(
      ["collect", "--out", folder.at("seen"), ...options(names(4))],
      folder.at("home"),
      io,
    );
    expect(code).toBe(2);
    expect(stderr).toContain("(\\\\MIM03)");
    expect((await readdir(folder.at("seen"))).sort()).toEqual(["MIM01.json", "MIM02.json", "MIM04.json"]);
    const text = await readFile(folder.at("seen", "MIM04.json"), "utf8");
    expect(readRecordingText(text, "MIM04.json").computer).toBe("MIM04");
  });

  test("are in one report, which says of which it knows nothing", async () => {
    const { io } = await farm({ MIM03: "CannotConnect,X" });
    const argv = ["report", "--out", folder.at("r"), "--format", "html", ...options(names(3)), ...day];
    expect((await captured(argv, folder.at("home"), io)).code).toBe(2);
    const [name = ""] = await readdir(folder.at("r"));
    const html = await readFile(folder.at("r", name), "utf8");
    expect(html).toContain("MIM03 could not be looked at: the computer does not answer to PowerShell remoting");
  });

  test("can be compared, and are judged by the target kept here", async () => {
    const { io } = await farm();
    await mkdir(folder.at("home"), { recursive: true });
    await writeFile(folder.at("home", "target.json"), JSON.stringify({ mailServer: "smtp" }));
    const check = await captured(["check", "--json", ...options(["MIM01"]), ...day], folder.at("home"), io);
    expect(check.stdout).toContain('"id": "exchange.ewsEnd",\n          "status": "notApplicable"');
    const change = await captured(["apply", ...options(["MIM01"]), "--yes"], folder.at("home"), io);
    expect(change.code).toBe(5);
    expect(change.stderr).toContain("another computer is only looked at from here");
  });
});
