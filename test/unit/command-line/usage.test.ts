import { describe, expect, test } from "vitest";
import { captured } from "./captured.ts";
import { ownFolder, samplePath } from "./folder.ts";

const folder = ownFolder();

describe("wrong usage", () => {
  test.each([
    ["no command", []],
    ["a command nobody knows", ["chekc"]],
    ["two things that do not go together", ["change-mode", "--print", "--clean-log"]],
    ["an option nobody knows", ["check", "--jsno"]],
    ["an option in the place of a command", ["--json"]],
    ["an option without its value", ["check", "--server"]],
    ["an argument too many", ["check", "MIM01.json"]],
    ["an option that is missing", ["collect"]],
    ["a file that is missing", ["compare", "a.json"]],
    ["a sub-command that is missing", ["practice"]],
    ["a sub-command nobody knows", ["practice", "explode"]],
    ["a profile nobody knows", ["plan", "--profile", "loose"]],
    ["nobody to ask", ["apply"]],
    ["a day that does not exist", ["check", "--today", "2026-02-30"]],
    ["a day in another form", ["check", "--today", "23.11.2026"]],
    ["an empty day", ["check", "--today", ""]],
    ["a server without a name", ["check", "--server", ""]],
    ["a format nobody knows", ["report", "--out", "reports", "--format", "html,docx"]],
    ["a format without a name", ["report", "--out", "reports", "--format", ""]],
    ["a server that is no recording", ["check", "--server", "no-such-file.json"]],
    ["the live server where there is none", ["check", "--server", "live"]],
    ["a target that is not there", ["check", "--target", "no-such-target.json"]],
  ])("%s is one line and a cure on stderr, exit 2, and nothing is written", async (_what, argv) => {
    const { code, stdout, stderr } = await captured(argv, folder.at("home"));
    expect(stderr).toMatch(/^mim-mail: \S.* \(.+\)\n\S.*\n$/);
    expect(stderr).not.toMatch(/\n\s+at |error:/);
    expect(stdout).toBe("");
    expect(code).toBe(2);
    expect(await folder.names()).toEqual([]);
  });

  test("names what is meant when it is nearly right", async () => {
    const { stderr } = await captured(["check", "--jsn"], folder.at("home"));
    expect(stderr).toBe(
      "mim-mail: unknown option '--jsn' (mim-mail check)\nDid you mean --json? Run mim-mail check --help to see how it is used.\n",
    );
  });

  test("is told where it is: the place of a wrong day is its option", async () => {
    const { stderr } = await captured(["check", "--today", "2026-13-01"], folder.at("home"));
    expect(stderr).toBe("mim-mail: not a day: 2026-13-01 (--today)\nWrite a day that exists as YYYY-MM-DD.\n");
  });

  test("cannot print commands for a terminal, nor break the one line", async () => {
    const { stderr } = await captured(["check", "--server", "a\u001b[2J\nb.json"], folder.at("home"));
    expect(stderr.split("\n")).toHaveLength(3);
    expect(stderr).not.toContain("\u001b");
    expect(stderr).toContain("a\\u{1b}[2J ⏎ b.json");
  });
});

describe("an error nobody foresaw", () => {
  const broken = {
    now: () => {
      throw new TypeError("no clock");
    },
  };

  test("is one line, exit 2", async () => {
    const { code, stderr } = await captured(["check", "--server", samplePath("configured")], folder.at("home"), broken);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^mim-mail: something went wrong that was not foreseen: no clock \(mim-mail check\)\n.+\n$/);
  });

  test("has its stack only with MIM_MAIL_DEBUG=1", async () => {
    const { stderr } = await captured(["check", "--server", samplePath("configured")], folder.at("home"), {
      ...broken,
      environment: { MIM_MAIL_HOME: folder.at("home"), MIM_MAIL_DEBUG: "1" },
    });
    expect(stderr).toMatch(/\n {4}at /);
  });
});

describe("help", () => {
  test("lists the commands that work and no others", async () => {
    const { code, stdout, stderr } = await captured(["--help"], folder.at("home"));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const listed = [...stdout.matchAll(/^ {2}([a-z]\S*) {2,}/gm)].map((match) => match[1]);
    expect(listed).toEqual([
      "check",
      "collect",
      "plan",
      "apply",
      "undo",
      "script",
      "change-mode",
      "cloud-check",
      "relay-check",
      "read-log",
      "report",
      "compare",
      "farm",
      "renew-secret",
      "smtp-plan",
      "expiry",
      "practice",
    ]);
  });

  test.each([
    ["check"],
    ["collect"],
    ["plan"],
    ["apply"],
    ["undo"],
    ["script"],
    ["change-mode"],
    ["report"],
    ["compare"],
    ["smtp-plan"],
    ["expiry"],
    ["practice"],
    ["practice", "reset"],
    ["practice", "fail"],
  ])("of %s %s has examples", async (...command) => {
    const { code, stdout, stderr } = await captured([...command, "--help"], folder.at("home"));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Usage: mim-mail /);
    expect(stdout).toMatch(/Examples?:\n {2}mim-mail /);
    expect(await captured(["help", command[0] ?? ""], folder.at("home"))).toMatchObject({ code: 0, stderr: "" });
  });

  test("keeps to the width of the terminal", async () => {
    const { stdout } = await captured(["check", "--help"], folder.at("home"), { columns: 60 });
    const options = stdout.slice(stdout.indexOf("Options:"), stdout.indexOf("Examples:"));
    for (const line of options.split("\n")) expect(line.length).toBeLessThanOrEqual(60);
  });

  test("is not the version, which is one line", async () => {
    expect(await captured(["--version"], folder.at("home"))).toEqual({ code: 0, stdout: "1.2.3\n", stderr: "" });
  });
});

describe("a secret among the arguments", () => {
  const secret = `abc8Q~${"Ab1-".repeat(8)}x`;
  test.each([
    ["--secret=…", [`--secret=${secret}`]],
    ["--client-secret …", ["--client-secret", "hunter2"]],
    ["/password:…", ["/password:hunter2"]],
    ["--token=…", ["--token=hunter2"]],
    ["the secret alone", [secret]],
    ["a value of another option", ["--today", secret]],
  ])("(%s) is refused before anything, and not repeated", async (_how, argv) => {
    for (const command of ["cloud-check", "check"]) {
      const { code, stdout, stderr } = await captured([command, ...argv], folder.at("home"));
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^mim-mail: a secret may not stand in the arguments \(mim-mail [\w-]+\)\n/);
      for (const text of [secret, "hunter2"]) expect(stderr).not.toContain(text);
    }
  });
});
