import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";

const top = join(import.meta.dirname, "../..");
const program = join(top, "out", "mim-mail.js");
const configured = join(top, "assets/practice/configured.json");
const configuredTarget = join(top, "assets/practice/configured.target.json");

let folder: string;

function mimMail(...argv: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], {
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
  folder = mkdtempSync(join(tmpdir(), "mim-process-"));
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});
describe("the command line as a process", () => {
  test("checks the practice server: JSON on stdout, nothing on stderr, exit 1", () => {
    const { status, stdout, stderr } = mimMail("check", "--server", "practice", "--today", "2026-11-23", "--json");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ server: "practice", today: "2026-11-23", verdict: "action" });
  });

  test("ends with 0 for the configured recording with its target on 2026-11-23", () => {
    const argv = ["check", "--server", configured, "--target", configuredTarget, "--today", "2026-11-23"];
    expect(mimMail(...argv)).toMatchObject({ status: 0, stderr: "" });
  });

  test("has no colours where it is no terminal", () => {
    expect(mimMail("check", "--server", configured).stdout).not.toContain("\u001b");
  });

  test("refuses a recording cut in half: one line, exit 2, nothing written", () => {
    writeFileSync(join(folder, "half.json"), '{ "format": "mim-mail-recording", "version": 1, "computer": "MI');
    const { status, stdout, stderr } = mimMail("collect", "--server", "half.json", "--out", "out.json");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^mim-mail: \S.* \(half\.json.*\)\n\S.*\n$/);
    expect(readdirSync(folder)).toEqual(["half.json"]);
  });

  test("refuses an option nobody knows: one line, exit 2", () => {
    const { status, stderr } = mimMail("check", "--no-such-option");
    expect(status).toBe(2);
    expect(stderr).toMatch(/^mim-mail: unknown option '--no-such-option' \(mim-mail check\)\n\S.*\n$/);
  });

  test("refuses to start another server than the practice server over: exit 5", () => {
    expect(mimMail("practice", "reset", "--server", configured)).toMatchObject({ status: 5, stdout: "" });
  });

  test("prints the version of the package", async () => {
    const { default: manifest } = await import("../../package.json");
    expect(mimMail("--version")).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: "" });
  });

  test("writes a report that it takes as a recording", () => {
    const written = mimMail(
      "report",
      "--out",
      "r",
      "--server",
      configured,
      "--target",
      configuredTarget,
      "--today",
      "2026-11-23",
    );
    expect(written).toMatchObject({ status: 0, stderr: "" });
    const [, json = ""] = readdirSync(join(folder, "r")).sort();
    expect(mimMail("check", "--server", join("r", json), "--today", "2026-11-23")).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  test("gives a slow reader every byte of a large answer", async () => {
    const servers = Array.from({ length: 12 }, () => ["--server", configured]).flat();
    const child = spawn(process.execPath, [program, "check", "--json", ...servers], { cwd: folder });
    // The pipe is full once the reader's own buffer is: then the program waits for this reader.
    while (child.stdout.readableLength < child.stdout.readableHighWaterMark) await once(child.stdout, "readable");
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code).toBe(1);
    expect(text.length).toBeGreaterThan(200_000);
    expect(JSON.parse(text)).toHaveLength(12);
  });

  test("ends quietly when its reader has seen enough", async () => {
    const servers = Array.from({ length: 12 }, () => ["--server", configured]).flat();
    const child = spawn(process.execPath, [program, "check", "--json", ...servers], { cwd: folder });
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (part: string) => {
      errors += part;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    await new Promise((resolve) => child.on("close", resolve));
    expect(errors).toBe("");
  });
});
