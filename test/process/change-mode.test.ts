import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Ended, run, top } from "./program.ts";

const program = join(top, "out", "mim-mail.js");
let folder: string;

beforeAll(async () => {
  const build = await run(process.execPath, [join(top, "build/build.mjs"), "node"]);
  expect(build.code, build.stderr).toBe(0);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mim-change-mode-"));
  return () => rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

const mimMail = (...argv: readonly string[]): Promise<Ended> =>
  run(process.execPath, [program, ...argv], { cwd: folder, env: { MIM_MAIL_HOME: join(folder, "home") } });
const runs = async () =>
  JSON.parse(await readFile(join(folder, "home", "practice", "server.json"), "utf8")).installerRuns as {
    exitCode: number | null;
    log: string;
  }[];
const statusOf = async (id: string): Promise<string | undefined> => {
  const { steps } = JSON.parse(
    (await mimMail("check", "--server", "practice", "--target", "wanted.json", "--json")).stdout,
  );
  const findings = (steps as { findings: { id: string; status: string }[] }[]).flatMap((step) => step.findings);
  return findings.find((finding) => finding.id === id)?.status;
};

const target = {
  applicationId: "1a2b3c4d-1111-4222-8333-444455556666",
  tenantId: "9f8e7d6c-1111-4222-8333-444455556666",
  serviceAccount: "CONTOSO\\svcMIMService",
  serviceEmail: "mim@contoso.com",
};

describe("mim-mail change-mode", () => {
  beforeEach(() => writeFile(join(folder, "wanted.json"), JSON.stringify(target)));
  const start = (...argv: readonly string[]) =>
    mimMail("change-mode", "--server", "practice", "--target", "wanted.json", ...argv);

  test("walks the practice installer: a line a page with what to type, the progress, the end", async () => {
    const { code, stdout, stderr } = await start("--log", "mine.log");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const pages = [...stdout.matchAll(/^Page +(\d+) /gm)].map(([, number]) => Number(number));
    expect(pages).toEqual([1, 2, 4, 5, 7, 8, 9, 10, 12, 13, 14, 16, 17, 18]);
    const plain = stdout.replace(/\n {8,}/g, " ");
    expect(plain).toContain('Choose "Re-use the existing database."');
    expect(plain).toMatch(/Application ID: 1a2b3c4d-1111-4222-8333-444455556666; Tenant ID: 9f8e7d6c/);
    const percents = [...stdout.matchAll(/^ *(\d+) % {2}\S/gm)].map(([, percent]) => Number(percent));
    expect(percents.length).toBeGreaterThan(2);
    expect(percents).toEqual(percents.toSorted((one, other) => one - other));
    expect(stdout).toMatch(/^Ran the installer in Change mode \(exit code 0\)\.$/m);
    const bytes = await readFile(join(folder, "mine.log"));
    expect([bytes[0], bytes[1]]).toEqual([0xff, 0xfe]);
    expect(await runs()).toMatchObject([{ exitCode: 0, log: join(folder, "mine.log") }]);
    expect(await statusOf("verify.registry")).toBe("done");
    expect(await statusOf("change.run")).toBe("done");
    const again = await start("--log", "mine.log");
    expect(again).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(/^mim-mail: the log exists already/),
    });
  });

  test("exits with 3 when it fails, with the cause, the line of the log and what to do", async () => {
    await mimMail("practice", "fail", "missingMedia");
    const { code, stderr } = await start();
    expect(code).toBe(3);
    expect(stderr).toMatch(/^mim-mail: the installer ended with 1603: .+ \(.+\.log\)\nPut the MIM media back/);
    expect(stderr).toMatch(
      /^Error 1706, line \d+ of the log: the media are missing: .+\. The installer says: An install/m,
    );
    expect(stderr).toMatch(/^First action that failed: InstallFiles \(line \d+\)\.$/m);
    expect(await statusOf("change.run")).toBe("action");
  });

  test("tells what a refused sign-in means, and exits with 3 when it was cancelled over it", async () => {
    await mimMail("practice", "fail", "wrongSecret");
    const { code, stdout, stderr } = await start();
    expect(code).toBe(3);
    expect(stdout).toMatch(/^Sign-in refused, AADSTS7000215: the client secret is wrong\. .+Value/m);
    expect(stdout).not.toMatch(/^Page +9 /m);
    expect(stderr).toMatch(/ended with 1602: it was cancelled/);
  });

  test("takes the password out of its log on demand", async () => {
    await mimMail("practice", "fail", "passwordInLog");
    expect(await start()).toMatchObject({ code: 0, stderr: expect.stringMatching(/--clean-log/) });
    const [last] = await runs();
    expect(await readFile(last?.log ?? "", "utf16le")).toContain("Practice-only-1");
    expect(await mimMail("change-mode", "--clean-log", "--server", "practice")).toMatchObject({ code: 0, stderr: "" });
    expect(await readFile(last?.log ?? "", "utf16le")).not.toContain("Practice-only-1");
    expect(await statusOf("change.log")).toBe("done");
    expect((await mimMail("change-mode", "--clean-log", "--server", "practice")).code).toBe(5);
  });

  test("is refused with 5 while another installation runs, and for a recording", async () => {
    await mimMail("practice", "fail", "another");
    expect(await start()).toMatchObject({ code: 5, stderr: expect.stringMatching(/^mim-mail: another installation/) });
    expect(await runs()).toEqual([]);
    const recording = join(top, "assets", "practice", "configured.json");
    expect(await mimMail("change-mode", "--server", recording)).toMatchObject({ code: 5, stdout: "" });
  });

  test("prints the command line with /I and starts nothing", async () => {
    const { code, stdout, stderr } = await mimMail(
      "change-mode",
      "--print",
      "--server",
      "practice",
      "--log",
      "C:\\x y.log",
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe('msiexec.exe /I{5A7CB0A3-7AA2-4F36-8D77-3B0E4A6C1F52} /lvxi*! "C:\\x y.log"\n');
    expect(await runs()).toEqual([]);
    const older = join(top, "assets", "practice", "old-build.json");
    expect((await mimMail("change-mode", "--print", "--server", older)).stdout).toMatch(/^msiexec\.exe \/I\{/);
  });

  test("is listed in the help, with what it may be made to rehearse", async () => {
    expect((await mimMail("--help")).stdout).toMatch(/^ {2}change-mode /m);
    const { stdout } = await mimMail("practice", "fail", "--help");
    for (const what of ["wrongSecret", "missingMedia", "customActionFails", "cancelled", "another", "passwordInLog"]) {
      expect(stdout).toMatch(new RegExp(`^${what} `, "m"));
    }
  });
});
