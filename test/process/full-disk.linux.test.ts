import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";

const top = join(import.meta.dirname, "../..");
const program = join(top, "out", "mim-mail.js");
const configured = join(top, "assets/practice/configured.json");

let folder: string;

/** Runs the command line in a shell, which can send its output where none goes and hold its files small. */
function mimMail(argv: readonly string[], shell: { readonly before?: string; readonly after?: string } = {}) {
  const words = [process.execPath, program, ...argv].map((word) => `'${word}'`).join(" ");
  const line = `${shell.before ?? ""} ${words} ${shell.after ?? ""}`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", line], {
    cwd: folder,
    env: { ...process.env, MIM_MAIL_HOME: join(folder, "home"), FORCE_COLOR: undefined },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const oneLine = /^mim-mail: \S[^\n]* \([^\n]*\)\n\S[^\n]*\n$/;

beforeAll(() => {
  const build = spawnSync(process.execPath, [join(top, "build/build.mjs"), "node"], { cwd: top, encoding: "utf8" });
  expect(build.status, build.stderr).toBe(0);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mim-full-"));
  mkdirSync(join(folder, "home"));
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

/** Linux has a device that is always full, and a limit for the size of files. */
describe("where nothing can be written", () => {
  test.each([
    [["check", "--server", "practice"]],
    [["check", "--server", "practice", "--json"]],
    [["check", "--server", configured, "--server", configured]],
    [["plan", "--server", "practice"]],
    [["plan", "--server", "practice", "--json"]],
    [["apply", "--server", "practice", "--yes"]],
    [["collect", "--server", "practice", "--out", "out.json"]],
    [["script", "--server", "practice", "--out", "out.ps1"]],
    [["report", "--server", "practice", "--out", "out"]],
    [["change-mode", "--server", "practice", "--print"]],
    [["compare", configured, configured]],
    [["undo", "--server", "practice", "--list"]],
    [["practice", "reset"]],
    [["--help"]],
    [["--version"]],
    [["check", "--help"]],
  ])("%j on a full disk: one line, exit 2", (argv) => {
    const { status, stderr } = mimMail(argv, { after: "> /dev/full" });
    expect(stderr).toMatch(oneLine);
    expect(stderr).toContain("the output cannot be written: the disk is full (ENOSPC) (standard output)");
    expect(status).toBe(2);
  });

  test("a change is made whole when nobody can be told of it", () => {
    mimMail(["apply", "--server", "practice", "--yes"], { after: "> /dev/full" });
    expect(mimMail(["undo", "--server", "practice", "--list"]).stdout).toContain("in force");
  });

  test("an exit code that says more is kept when the output is lost as well", () => {
    const { status, stderr } = mimMail(["practice", "reset", "--server", configured], { after: "> /dev/full" });
    expect({ status, stderr }).toMatchObject({ status: 5, stderr: expect.stringMatching(oneLine) });
  });

  test("a full standard error hides nothing else: the exit code stays", () => {
    expect(mimMail(["check", "--no-such-option"], { after: "2> /dev/full" })).toMatchObject({ status: 2, stdout: "" });
    expect(mimMail(["check", "--no-such-option"], { after: "> /dev/full 2> /dev/full" }).status).toBe(2);
  });

  test("a reader that has seen enough is no fault", () => {
    const { status, stderr } = mimMail(["check", "--server", configured, "--verbose"], {
      before: "set -o pipefail;",
      after: "| head -n 1",
    });
    expect({ status, stderr }).toMatchObject({ stderr: "" });
    expect([0, 1]).toContain(status);
  });

  test("output that a file takes only in part is told", () => {
    const { status, stderr } = mimMail(["check", "--server", configured, "--json"], {
      before: "ulimit -f 4;",
      after: "> part.json",
    });
    expect(stderr).toMatch(oneLine);
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining("EFBIG") });
  });

  test.each([
    [["collect", "--server", configured, "--out", "out.json"]],
    [["collect", "--script", "out.ps1"]],
    [["report", "--server", configured, "--out", ".", "--format", "csv,html,json"]],
    [["read-log", join(top, "test/fixtures/installer/wine-msiexec.log"), "--scrub", "out.log"]],
  ])("%j that does not fit: one line, exit 2, no file and no part of one", (argv) => {
    const { status, stderr } = mimMail(argv, { before: "ulimit -f 4;" });
    expect(stderr).toMatch(oneLine);
    expect(status).toBe(2);
    expect(readdirSync(folder)).toEqual(["home"]);
  });

  test.each([
    [["check", "--server", "practice"]],
    [["practice", "reset"]],
    [["practice", "fail", "installer"]],
    [["change-mode", "--server", "practice"]],
    [["apply", "--server", "practice", "--yes"]],
  ])("%j with no room for the practice server: one line, nothing half written", (argv) => {
    const { status, stderr } = mimMail(argv, { before: "ulimit -f 1;" });
    expect(stderr).toMatch(oneLine);
    expect(stderr).not.toContain("not foreseen");
    expect(status).toBe(2);
    const left = readdirSync(join(folder, "home"), { recursive: true, encoding: "utf8" });
    expect(left.filter((name) => name.includes("."))).toEqual([]);
  });

  test.each(["/dev/full", "/dev/null", "folder"])("puts no file in the place of %s", (path) => {
    mkdirSync(join(folder, "folder"));
    const { status, stderr } = mimMail(["collect", "--server", configured, "--out", path, "--force"]);
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringMatching(oneLine) });
    expect(stderr).toContain("no file");
  });

  test("a file that is written over stays as it was when the new one does not fit", () => {
    writeFileSync(join(folder, "out.json"), "before");
    const { status } = mimMail(["collect", "--server", configured, "--out", "out.json", "--force"], {
      before: "ulimit -f 4;",
    });
    expect(status).toBe(2);
    expect(readFileSync(join(folder, "out.json"), "utf8")).toBe("before");
    expect(readdirSync(folder).sort()).toEqual(["home", "out.json"]);
  });
});
