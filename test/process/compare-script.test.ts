import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { top } from "./program.ts";

const program = join(top, "out", "mim-mail.js");
const sample = (name: string): string => join(top, "assets/practice", name);
const target = sample("configured.target.json");

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

describe("compare as a process", () => {
  test("tells what a change fixed on the practice server, before a recording and after a report", () => {
    expect(mimMail("collect", "--server", "practice", "--out", "before.json").status).toBe(0);
    expect(mimMail("apply", "--server", "practice", "--yes").status).toBe(0);
    expect(mimMail("report", "--server", "practice", "--out", ".", "--format", "json").status).toBe(0);
    const report = readdirSync(folder).find((name) => name.startsWith("mim-mail-report-")) ?? "";
    const { status, stdout, stderr } = mimMail("compare", "before.json", report, "--findings", "--json");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({ equal: false, target: "kept in the report", verdict: { before: "action" } });
    expect(answer.findings).toContainEqual(
      expect.objectContaining({ finding: "tls.dotnet.v2.64", became: "fixed", now: expect.anything() }),
    );
  });

  test("prints findings behind the differences, without colours where it is no terminal", () => {
    const { status, stdout } = mimMail(
      ...["compare", sample("stuck-on-dotnet-2.json"), sample("configured.json")],
      ...["--target", target, "--today", "2026-11-23"],
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /\n13 differences\.\n\nFindings, judged for 2026-11-23, target: .*\nConfirmations at the top of .*\n\nFixed\n/,
    );
    expect(stdout).not.toContain("\u001b");
  });
});

describe("script as a process", () => {
  test("writes a DSC document and a playbook from the bundled program", () => {
    expect(mimMail("script", "--out", "tls.dsc.yaml")).toMatchObject({ status: 0, stderr: "" });
    expect(mimMail("script", "--out", "tls.playbook.yml")).toMatchObject({ status: 0, stderr: "" });
    expect(parse(readFileSync(join(folder, "tls.dsc.yaml"), "utf8")).resources).toHaveLength(20);
    const [play] = parse(readFileSync(join(folder, "tls.playbook.yml"), "utf8"));
    expect(play.tasks).toHaveLength(20);
    expect(mimMail("script", "--out", "tls.dsc.yaml")).toMatchObject({ status: 2, stdout: "" });
  });
});
