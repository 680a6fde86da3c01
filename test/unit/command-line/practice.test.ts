import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { captured } from "./captured.ts";
import { ownFolder, samplePath } from "./folder.ts";

const folder = ownFolder();
const run = (argv: readonly string[]) => captured(argv, folder.at("home"));
const state = async () => JSON.parse(await readFile(folder.at("home", "practice", "server.json"), "utf8"));

describe("practice fail", () => {
  test("makes the next change fail and be put back: exit 3; the one after it succeeds", async () => {
    await run(["practice", "reset"]);
    const before = await state();
    expect(await run(["practice", "fail", "writeError"])).toMatchObject({ code: 0, stderr: "" });
    const { code, stderr } = await run(["apply", "--yes"]);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^mim-mail: it did not succeed, and everything was put back: access denied \(rehearsed\) \(.+\.journal\)\n\S.+\n$/,
    );
    expect(await state()).toEqual(before);
    expect((await run(["apply", "--yes"])).code).toBe(0);
  });

  test("makes changes fail and not be put back: exit 4, with the journal and what to do", async () => {
    await run(["practice", "reset"]);
    const before = await state();
    await run(["practice", "fail", "stuck"]);
    const { code, stderr } = await run(["apply", "--yes"]);
    expect(code).toBe(4);
    expect(stderr).toMatch(/^mim-mail: it did not succeed and could not be put back whole: .+\.journal\)\n/);
    expect(stderr).toMatch(/\nRemove the cause, then run mim-mail undo \S+ to put the rest back, or add --finish/);
    expect((await run(["undo"])).code, "the cause is still there").toBe(4);
    expect((await run(["practice", "fail", "none"])).stdout).toBe("Nothing is made to fail any more.\n");
    expect((await run(["undo"])).code).toBe(0);
    expect(await state()).toEqual(before);
  });

  test("is forgotten when the practice server starts over", async () => {
    await run(["practice", "fail", "stuck"]);
    await run(["practice", "reset"]);
    expect((await run(["apply", "--yes"])).code).toBe(0);
  });

  test.each(["live", samplePath("configured")])("is refused for %s with exit 5", async (server) => {
    const { code, stdout, stderr } = await run(["practice", "fail", "stuck", "--server", server]);
    expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
    expect(stderr).toMatch(/^mim-mail: only the practice server can be made to fail \(/);
    expect(await folder.names()).toEqual([]);
  });

  test.each([["fail"], ["fail", "explode"], ["explode"]])("is wrong usage as practice %s %s", async (...argv) => {
    expect(await run(["practice", ...argv])).toMatchObject({ code: 2, stdout: "" });
    expect(await folder.names()).toEqual([]);
  });
});
