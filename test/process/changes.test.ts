import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { planSchema } from "../../electron/contract/change.ts";
import { type Ended, run, top } from "./program.ts";

const program = join(top, "out", "mim-mail.js");
let folder: string;

const mimMail = (...argv: readonly string[]): Promise<Ended> =>
  run(process.execPath, [program, ...argv], { cwd: folder, env: { MIM_MAIL_HOME: join(folder, "home") } });

interface Recorded {
  readonly recordedAt: string;
  readonly journal: readonly { readonly state: string; readonly changes: readonly unknown[] }[];
}

async function collect(name: string): Promise<Recorded> {
  expect(await mimMail("collect", "--server", "practice", "--out", name)).toMatchObject({ code: 0, stderr: "" });
  return JSON.parse(await readFile(join(folder, name), "utf8"));
}

/** What a recording says besides when it was made and the journals. */
function rest({ recordedAt: _recordedAt, journal: _journal, ...others }: Recorded): unknown {
  return others;
}

/** The status of every finding of the TLS step. */
async function tlsStatus(): Promise<Record<string, string>> {
  const { stdout } = await mimMail("check", "--server", "practice", "--json");
  const { steps } = JSON.parse(stdout) as {
    steps: { id: string; findings: { id: string; status: string }[] }[];
  };
  const findings = steps.find(({ id }) => id === "tls")?.findings ?? [];
  return Object.fromEntries(findings.map(({ id, status }) => [id, status]));
}

const journalIn = (stdout: string): string => /Journal: (\S+)/.exec(stdout)?.[1] ?? "";

beforeAll(async () => {
  const build = await run(process.execPath, [join(top, "build/build.mjs"), "node"]);
  expect(build.code, build.stderr).toBe(0);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mim-changes-"));
  return () => rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

describe("changes on the command line", () => {
  test("collect, apply, check, undo, collect: the two recordings are equal in all but time and journals", async () => {
    const before = await collect("before.json");
    const statusBefore = await tlsStatus();
    expect(Object.values(statusBefore)).toContain("action");

    const applied = await mimMail("apply", "--server", "practice", "--yes");
    expect(applied).toMatchObject({ code: 0, stderr: "" });
    expect(applied.stdout).toMatch(/\n16 values changed\. Journal: \S+\n$/);
    const status = await tlsStatus();
    const { "tls.restart": restart, "tls.dotnet.update": update, ...others } = status;
    expect([restart, update]).toEqual(["attention", "notApplicable"]);
    for (const [id, is] of Object.entries(others)) expect(is, id).toBe("done");
    const between = await collect("between.json");
    expect(rest(between)).not.toEqual(rest(before));
    expect(between.journal).toMatchObject([{ state: "applied" }]);
    expect(between.journal[0]?.changes).toHaveLength(16);

    const undone = await mimMail("undo", "--server", "practice");
    expect(undone).toMatchObject({ code: 0, stderr: "" });
    expect(undone.stdout).toMatch(/\n16 values put back\. Journal: \S+\n$/);
    const after = await collect("after.json");
    expect(rest(after)).toEqual(rest(before));
    expect(after.journal.map(({ state }) => state)).toEqual(["undone", "applied"]);
    expect({ ...(await tlsStatus()), "tls.restart": "" }).toEqual({ ...statusBefore, "tls.restart": "" });
    const compared = await mimMail("compare", "before.json", "after.json", "--json");
    expect(JSON.parse(compared.stdout)).toMatchObject({ equal: false, equalButTimeAndJournal: true });
  });

  test("with the minimum profile only what mail needs is changed, and undone the same", async () => {
    const before = await collect("before.json");
    expect((await mimMail("apply", "--server", "practice", "--yes", "--profile", "minimum")).code).toBe(0);
    const status = await tlsStatus();
    expect(status).toMatchObject({ "tls.1.2.client": "done", "tls.dotnet.v2.64": "done", "tls.1.0.client": "action" });
    expect((await mimMail("undo")).code).toBe(0);
    expect(rest(await collect("after.json"))).toEqual(rest(before));
  });

  test("applying twice is applying once", async () => {
    await mimMail("apply", "--yes");
    const once = await readFile(join(folder, "home", "practice", "server.json"), "utf8");
    const twice = await mimMail("apply", "--yes");
    expect(twice).toMatchObject({ code: 0, stderr: "" });
    expect(twice.stdout).toMatch(/\nNothing to change\.\n$/);
    expect(await readFile(join(folder, "home", "practice", "server.json"), "utf8")).toBe(once);
    expect(await readdir(join(folder, "home", "journal", "practice"))).toHaveLength(2);
    const plan = await mimMail("plan", "--json");
    expect(plan).toMatchObject({ code: 0, stderr: "" });
    expect(planSchema.parse(JSON.parse(plan.stdout))).toEqual({ rows: [], notKnown: [] });
  });

  test("undoing the undo is the change again", async () => {
    await mimMail("apply", "--yes");
    const changed = await collect("changed.json");
    const undone = await mimMail("undo");
    const again = await mimMail("undo", journalIn(undone.stdout));
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(rest(await collect("again.json"))).toEqual(rest(changed));
    expect((await mimMail("undo")).code, "the change is in force again, and can be undone").toBe(0);
  });

  test("plan, check and collect write nothing but the recording asked for", async () => {
    await mimMail("practice", "reset");
    const file = join(folder, "home", "practice", "server.json");
    const before = await readFile(file, "utf8");
    const plan = await mimMail("plan", "--json");
    expect(planSchema.parse(JSON.parse(plan.stdout)).rows).toHaveLength(16);
    await mimMail("plan");
    await mimMail("undo", "--list");
    await tlsStatus();
    await collect("one.json");
    expect(await readFile(file, "utf8")).toBe(before);
    expect((await readdir(folder, { recursive: true })).sort()).toEqual([
      "home",
      "home/practice",
      "home/practice/server.json",
      "one.json",
    ]);
  });

  test("ends with 3 when a write fails, and everything is as it was", async () => {
    const before = await collect("before.json");
    await mimMail("practice", "fail", "writeError");
    const failed = await mimMail("apply", "--yes");
    expect(failed.code).toBe(3);
    expect(failed.stderr).toMatch(
      /^mim-mail: it did not succeed, and everything was rolled back: .* \(.+\.journal\)\n\S.*\n$/,
    );
    expect(rest(await collect("after.json"))).toEqual(rest(before));
    expect((await mimMail("apply", "--yes")).code, "the failure was for one change").toBe(0);
  });

  test("ends with 4 when it cannot be put back, says where the journal is, and can be put back later", async () => {
    const before = await collect("before.json");
    await mimMail("practice", "fail", "stuck");
    const failed = await mimMail("apply", "--yes");
    expect(failed.code).toBe(4);
    const path = /\((\/[^()]+\.journal)\)/.exec(failed.stderr)?.[1] ?? "";
    expect(await readFile(path, "utf8")).toContain("mim-mail-journal");
    expect(failed.stderr).toMatch(/run mim-mail undo \S+ to put the rest back/);
    expect(rest(await collect("half.json"))).not.toEqual(rest(before));

    expect(await mimMail("apply", "--yes")).toMatchObject({ code: 5, stderr: expect.stringMatching(/interrupted/) });
    await mimMail("practice", "fail", "none");
    expect(await mimMail("undo")).toMatchObject({ code: 0, stderr: "" });
    expect(rest(await collect("after.json"))).toEqual(rest(before));
  });

  test("without a terminal and without --yes nothing is changed: exit 2", async () => {
    const ended = await mimMail("apply");
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toMatch(/^mim-mail: there is no terminal to ask on .*\n.*--yes.*\n$/);
    expect(await readdir(folder)).toEqual([]);
  });

  test("several at once, beside a lock that an earlier build left, are one change", async () => {
    await mimMail("practice", "reset");
    const journals = join(folder, "home", "journal", "practice");
    await mkdir(journals, { recursive: true });
    await writeFile(join(journals, "lock"), "999999999 left");
    const ended = await Promise.all(Array.from({ length: 6 }, () => mimMail("apply", "--yes")));
    for (const { code, stderr } of ended) {
      if (code !== 0) expect(stderr).toMatch(/^mim-mail: another change of this server is under way /);
      expect([0, 5]).toContain(code);
    }
    expect(ended.some(({ code }) => code === 0)).toBe(true);
    expect((await readdir(journals)).filter((name) => name.endsWith(".journal"))).toEqual([
      expect.stringMatching(/-001\.journal$/),
    ]);
    expect(JSON.parse((await mimMail("plan", "--json")).stdout).rows).toEqual([]);
  });

  test("a reader that has seen enough does not stop a change half-way", async () => {
    const ended = await run("bash", ["-c", `"${process.execPath}" "${program}" apply --yes | head -n 1`], {
      cwd: folder,
      env: { MIM_MAIL_HOME: join(folder, "home") },
    });
    expect(ended.stderr).toBe("");
    expect((await collect("after.json")).journal).toMatchObject([{ state: "applied" }]);
  });
});
