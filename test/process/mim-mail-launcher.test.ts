import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { npmProgram, run, top } from "./program.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "launcher-"));
  await cp(join(top, "assets", "practice", "configured.json"), join(folder, "here.json"));
  await cp(join(top, "assets", "practice", "configured.target.json"), join(folder, "target.json"));
});
afterAll(() => rm(folder, { recursive: true, maxRetries: 10 }));

const check = ["check", "--server", "here.json", "--target", "target.json", "--today", "2026-11-23", "--json"];
const launcher = join(top, "build", "mim-mail.mjs");

test("npm run mim-mail works in the folder the person stands in, and gives nothing but the command's output", async () => {
  const env = { MIM_MAIL_HOME: folder };
  const [npm = "", ...first] = npmProgram;
  const ended = await run(npm, [...first, "--prefix", top, "run", "--silent", "mim-mail", "--", ...check], {
    cwd: folder,
    env,
  });
  expect(JSON.parse(ended.stdout)).toMatchObject({ server: "here.json", today: "2026-11-23" });
  expect(ended.code).toBe(0);
});

test("inside another npm script the launcher stays in its own folder", async () => {
  const env = { MIM_MAIL_HOME: folder, npm_lifecycle_event: "test", INIT_CWD: top };
  const ended = await run(process.execPath, [launcher, ...check], { cwd: folder, env });
  expect(JSON.parse(ended.stdout)).toMatchObject({ server: "here.json" });
});

test("the command's exit code and error come through, its error alone on stderr", async () => {
  const ended = await run(process.execPath, [launcher, "check", "--server", "missing.json"], { cwd: folder });
  expect(ended.code).toBe(2);
  expect(ended.stdout).toBe("");
  expect(ended.stderr).toMatch(/^mim-mail: .*missing\.json/);
});
