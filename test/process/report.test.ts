import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readCsv } from "../unit/report/csv-reading.ts";
import { readPdf, readsPdfs } from "../unit/report/pdf-reading.ts";

const top = join(import.meta.dirname, "../..");
const program = join(top, "out", "mim-mail.js");
const recording = (id: string) => join(top, `assets/practice/${id}.json`);
const every = ["--format", "html,pdf,json,csv,plan"];
const files = [
  "mim-mail-plan-MIM02-2026-11-23.csv",
  "mim-mail-report-MIM02-2026-11-23.csv",
  "mim-mail-report-MIM02-2026-11-23.html",
  "mim-mail-report-MIM02-2026-11-23.json",
  "mim-mail-report-MIM02-2026-11-23.pdf",
];

let folder: string;

function mimMail(argv: readonly string[], node: readonly string[] = []) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, program, ...argv], {
    cwd: folder,
    env: { ...process.env, MIM_MAIL_HOME: join(folder, "home"), FORCE_COLOR: undefined },
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

const report = (...argv: readonly string[]) =>
  mimMail(["report", "--out", "r", "--today", "2026-11-23", "--server", recording("stuck-on-dotnet-2"), ...argv]);

const written = () => (existsSync(join(folder, "r")) ? readdirSync(join(folder, "r")).sort() : null);
const read = (name: string) => readFileSync(join(folder, "r", name));

beforeAll(() => {
  const build = spawnSync(process.execPath, [join(top, "build/build.mjs"), "node"], { cwd: top, encoding: "utf8" });
  expect(build.status, build.stderr).toBe(0);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mim-report-"));
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

describe("the report of the built command line", () => {
  test("is written in every form, with nothing on stderr", () => {
    expect(report(...every)).toMatchObject({ status: 0, stderr: "" });
    expect(written()).toEqual(files);
    expect(read("mim-mail-report-MIM02-2026-11-23.pdf").toString("latin1")).toMatch(/^%PDF-1\.7/);
    if (readsPdfs) {
      expect(readPdf(read("mim-mail-report-MIM02-2026-11-23.pdf")).facts["Title"]).toContain("MIM02");
    }
    for (const name of files.slice(0, 2)) {
      expect([...read(name).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      expect(readCsv(read(name).toString("utf8").slice(1)).length).toBeGreaterThan(5);
    }
  });

  test("holds what was before against now", () => {
    expect(report("--format", "html", "--before", recording("configured")).status).toBe(0);
    const html = read("mim-mail-report-MIM02-2026-11-23.html").toString("utf8");
    expect(html).toContain("Before and after");
    expect(html).toContain("What differs in what was read");
  });

  test("refuses a recording from before that is none, or for several servers, and writes nothing", () => {
    writeFileSync(join(folder, "none.json"), "{");
    expect(report("--before", "none.json")).toMatchObject({ status: 2 });
    const several = report("--before", recording("configured"), "--server", recording("configured"));
    expect(several).toMatchObject({ status: 2 });
    expect(several.stderr).toMatch(/^mim-mail: --before goes with one server \(--before\)\n/);
    expect(written()).toBeNull();
  });

  test("masks names in every form and in the files' names, and opens again with the same verdicts", () => {
    expect(report(...every, "--mask-names")).toMatchObject({ status: 0, stderr: "" });
    expect(written()).toEqual(files.map((name) => name.replace("MIM02", "COMPUTER-1")));
    const json = read("mim-mail-report-COMPUTER-1-2026-11-23.json").toString("utf8");
    expect(json).not.toMatch(/contoso|svcMIM|MIM02/i);
    const verdict = (name: string) => {
      const { stdout } = mimMail(["check", "--server", name, "--today", "2026-11-23", "--json"]);
      return JSON.parse(stdout).steps.map(({ id, status }: { id: string; status: string }) => [id, status]);
    };
    report("--format", "json");
    expect(verdict("r/mim-mail-report-COMPUTER-1-2026-11-23.json")).toEqual(
      verdict("r/mim-mail-report-MIM02-2026-11-23.json"),
    );
  });

  test("puts several servers into one CSV, told apart by a column", () => {
    report("--server", recording("configured"), "--format", "csv,html,pdf");
    const [csv = ""] = (written() ?? []).filter((name) => name.endsWith(".csv"));
    const [heads = [], ...rows] = readCsv(read(csv).toString("utf8").slice(1));
    expect(heads.slice(0, 2)).toEqual(["Server", "Computer"]);
    expect(new Set(rows.map(([, computer]) => computer))).toEqual(new Set(["MIM01", "MIM02"]));
  });

  test("writes all or nothing", () => {
    mkdirSync(join(folder, "r"));
    writeFileSync(join(folder, "r", files[4] ?? ""), "mine");
    expect(report(...every)).toMatchObject({ status: 2 });
    expect(written()).toEqual([files[4]]);
    expect(report(...every, "--force")).toMatchObject({ status: 0 });
    expect(written()).toEqual(files);
  });

  // A folder that not even root may write to; other systems have none at a known place.
  if (process.platform === "linux") {
    test("says in one line that its folder cannot be written", () => {
      const { status, stderr } = mimMail([
        "report",
        "--out",
        "/sys/kernel",
        "--server",
        recording("configured"),
        ...every,
      ]);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^mim-mail: the file cannot be written: \w[\w ]* \(\/sys\/kernel\/.+\)\n\S.*\n$/);
    });
  }

  test("says in one line that its folder cannot be one, and leaves nothing behind", () => {
    writeFileSync(join(folder, "r"), "a file");
    const { status, stderr } = report(...every);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^mim-mail: the folder cannot be created: \w+ \(r\)\n\S.*\n$/);
    expect(readdirSync(folder).filter((name) => name !== "home")).toEqual(["r"]);
  });

  test("does not load what makes a PDF for other commands and forms", () => {
    const hook = join(folder, "loaded.mjs");
    writeFileSync(
      hook,
      `import { register } from "node:module";
register("data:text/javascript," + encodeURIComponent(\`export async function resolve(name, context, next) {
  if (name.includes("pdf-printer")) process._rawDebug("loaded the PDF printer");
  return next(name, context);
}\`));
`,
    );
    const loaded = (...argv: readonly string[]) => mimMail(argv, ["--import", hook]).stderr.includes("loaded the PDF");
    const server = ["--server", recording("configured")];
    expect(loaded("check", ...server)).toBe(false);
    expect(loaded("report", "--out", "a", "--format", "html,json,csv,plan", ...server)).toBe(false);
    expect(loaded("report", "--out", "b", "--format", "pdf", ...server)).toBe(true);
  });
});
