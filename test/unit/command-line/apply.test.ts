import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { Io } from "../../../electron/command-line/io.ts";
import { createPracticeServer } from "../../../electron/server/practice/practice-server.ts";
import { captured } from "./captured.ts";
import { ownFolder, samplePath } from "./folder.ts";

const folder = ownFolder();
const home = () => folder.at("home");
const run = (argv: readonly string[], changed: Partial<Io> = {}) => captured(argv, home(), changed);
const state = async () => JSON.parse(await readFile(folder.at("home", "practice", "server.json"), "utf8"));
const journals = () => readdir(folder.at("home", "journal", "practice")).catch(() => []);
const answering = (answer: string) => {
  const asked: string[] = [];
  const ask = async (question: string) => {
    asked.push(question);
    return answer;
  };
  return { asked, ask };
};

describe("apply", () => {
  test("shows the plan, makes it, and prints what was changed and the journal", async () => {
    const { code, stdout, stderr } = await run(["apply", "--yes"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("\n16 values differ.");
    expect(stdout).toMatch(/\nHKLM\\[^\n]*\\TLS 1\.2\\Client\\Enabled: not set -> REG_DWORD 1\n/);
    expect(stdout.match(/ -> REG_DWORD [01]$/gm)).toHaveLength(16);
    expect(stdout).toMatch(/\n16 values changed\. Journal: 2026-11-23T12-00-00Z-001\n$/);
    expect(await journals()).toEqual(["2026-11-23T12-00-00Z-001-undo.reg", "2026-11-23T12-00-00Z-001.journal"]);
  });

  test.each(["y", "Y", " yes ", "YES"])(
    "asks on a terminal, and makes the changes for the answer '%s'",
    async (yes) => {
      const { asked, ask } = answering(yes);
      expect(await run(["apply"], { ask })).toMatchObject({ code: 0, stderr: "" });
      expect(asked).toEqual(["\nChange these 16 values? [y/N] "]);
      expect(await journals()).toHaveLength(2);
    },
  );

  test.each(["", "n", "no", "yeah", "ja"])("changes nothing for the answer '%s': exit 5", async (answer) => {
    const { ask } = answering(answer);
    const { code, stdout } = await run(["apply", "--restart", "--copy-config"], { ask });
    expect(code).toBe(5);
    expect(stdout).toMatch(/\nNothing was changed\.\n$/);
    expect(await journals()).toEqual([]);
  });

  test("lets the service read replies when that is asked for, alone, journalled and undone", async () => {
    const poll = ["--poll-exchange", "off"];
    const { code, stdout } = await run(["apply", "--yes", ...poll]);
    expect(code).toBe(0);
    expect(stdout).toContain("PollExchangeEnabled");
    expect(stdout).not.toContain("TLS");
    expect((await run(["plan", ...poll])).stdout).toContain("Nothing to change.");
    expect((await run(["plan", ...poll, "--profile", "guide"])).stdout).toContain("TLS 1.0");
    expect(await run(["undo"])).toMatchObject({ code: 0 });
    expect((await run(["plan", ...poll])).stdout).toContain("1 value differs. It takes effect when the service starts");
  });

  test("does not ask when there is nothing to change", async () => {
    await run(["apply", "--yes"]);
    const { asked, ask } = answering("y");
    const { code, stdout } = await run(["apply"], { ask });
    expect({ code, asked }).toEqual({ code: 0, asked: [] });
    expect(stdout).toMatch(/\nNothing to change\.\n$/);
  });

  test("without a terminal and without --yes is wrong usage, and nothing is even set up", async () => {
    const { code, stdout, stderr } = await run(["apply"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe(
      "mim-mail: there is no terminal to ask on whether to make the changes (mim-mail apply)\nAdd --yes to make them without being asked; mim-mail plan shows them.\n",
    );
    expect(await folder.names()).toEqual([]);
  });

  test("says how far it is only where someone sees it", async () => {
    expect((await run(["apply", "--yes"])).stderr).toBe("");
    const { stderr, stdout } = await run(["undo"], { showsProgress: true });
    expect(stderr).toMatch(/^ {2}0 % {2}Writing the journal\n/);
    expect(stderr).toMatch(/\n100 % {2}Done\n$/);
    expect(stdout).not.toContain(" %");
  });

  test("leaves out values by their ids, or a finding's by its id", async () => {
    const argv = ["apply", "--yes", "--except", "tls.1.0.server", "tls.1.1.client.Enabled"];
    const { code, stdout } = await run(argv);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\n13 values changed\./);
    const { stdout: left } = await run(["plan", "--json"]);
    expect(JSON.parse(left).rows.map(({ id }: { id: string }) => id)).toEqual([
      "tls.1.0.server.Enabled",
      "tls.1.0.server.DisabledByDefault",
      "tls.1.1.client.Enabled",
    ]);
  });

  test("refuses to leave out what is not planned, with nothing changed", async () => {
    const { code, stdout, stderr } = await run(["apply", "--yes", "--except", "tls.1.3.client.Enabled"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(
      /^mim-mail: no such change is planned: tls\.1\.3\.client\.Enabled \(--except\)\nChoose from /,
    );
    expect(await journals()).toEqual([]);
  });

  test("copies the configuration first and restarts the service afterwards, when told to", async () => {
    await run(["practice", "reset"]);
    const before = await state();
    const { ask, asked } = answering("y");
    const { code, stdout } = await run(["apply", "--restart", "--copy-config"], { ask });
    expect(code).toBe(0);
    expect(asked).toEqual([
      "\nCopy the configuration file, then change these 16 values, then restart FIMService? [y/N] ",
    ]);
    expect(stdout).toMatch(/\nCopied the configuration to C:\\.+\.copy\.\nRestarted FIMService\.\n/);
    const after = await state();
    expect(after.services.FIMService.startedAt).not.toBe(before.services.FIMService.startedAt);
    expect(Object.keys(after.texts)).toHaveLength(Object.keys(before.texts).length + 1);
  });

  test("restarts the service alone when there is nothing else to do", async () => {
    await run(["apply", "--yes"]);
    const { code, stdout } = await run(["apply", "--yes", "--restart"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nNothing to change\.\nRestarted FIMService\.\n$/);
  });

  test("puts back and ends with 3 when it is stopped by Ctrl+C", async () => {
    await run(["practice", "reset"]);
    const before = await state();
    const controller = new AbortController();
    let told = "";
    const { code } = await run(["apply", "--yes"], {
      showsProgress: true,
      // In the midst: everything is set, and not yet read back.
      stderr: (text) => {
        told += text;
        if (text.includes("Reading back")) controller.abort(new Error("stopped by Ctrl+C"));
      },
      stoppable: (work) => work(controller.signal),
    });
    expect(code).toBe(3);
    expect(told).toMatch(/\nmim-mail: it did not succeed, and everything was rolled back: stopped by Ctrl\+C \(/);
    expect(await state()).toEqual(before);
  });

  test.each([
    ["a recording", samplePath("configured"), "a recording cannot be changed"],
    ["the live server where there is no Windows", "live", "the live server can be changed on Windows only"],
  ])("is refused for %s: exit 5", async (_what, server, reason) => {
    for (const argv of [["apply", "--yes"], ["apply"], ["undo"], ["undo", "--list"], ["undo", "--finish"]]) {
      const { code, stdout, stderr } = await run([...argv, "--server", server]);
      expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
      expect(stderr).toBe(
        `mim-mail: ${reason} (${server})\nWrite the changes to a file with mim-mail script and run it on the server; rehearse with --server practice.\n`,
      );
    }
    expect(await folder.names()).toEqual([]);
  });

  test("is refused while another process changes the same server: exit 5", async () => {
    const { journals: journalFolder } = createPracticeServer({ home: home() });
    const { code, stderr } = await journalFolder.exclusive(() => run(["apply", "--yes"]));
    expect(code).toBe(5);
    expect(stderr).toMatch(/^mim-mail: another change of this server is under way \(.*practice\)\n/);
  });

  test("names the server in its advice where leaving it out would mean another one", async () => {
    await run(["practice", "fail", "stuck"]);
    const { code, stderr } = await run(["apply", "--yes", "--server", "practice"], { platform: "win32" });
    expect(code).toBe(4);
    expect(stderr).toMatch(/run mim-mail undo \S+ --server practice to put the rest back/);
  });
});
