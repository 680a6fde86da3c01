import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { scrubText } from "../../../electron/recording/redact.ts";
import { tellFailedStart } from "../../../electron/shell/failed-start.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "failed-start-"));
});
afterEach(() => rm(folder, { recursive: true }));

function told(error: unknown, home: string) {
  const boxes: (readonly string[])[] = [];
  const lines: string[] = [];
  tellFailedStart(error, {
    home,
    showErrorBox: (...box) => boxes.push(box),
    scrub: scrubText,
    stderr: (line) => lines.push(line),
    now: () => new Date("2026-11-27T10:00:00Z"),
  });
  return { boxes, lines };
}

describe("a start that failed", () => {
  test("is told in a box, in one line and in a file, without a secret", async () => {
    const home = join(folder, "home");
    const { boxes, lines } = told(new Error("no page: Password=hunter2;"), home);
    expect(boxes).toEqual([
      ["MIM Mail Assistant cannot start", expect.stringContaining("Nothing was changed on this computer.")],
    ]);
    expect(lines).toEqual([expect.stringMatching(/^MIM Mail Assistant cannot start: no page/)]);
    const kept = await readFile(join(home, "start-failure.log"), "utf8");
    expect(kept).toMatch(/^2026-11-27T10:00:00\.000Z no page/);
    expect(JSON.stringify([boxes, lines, kept])).not.toContain("hunter2");
  });

  test("is told all the same where nothing can be written", async () => {
    const home = join(folder, "a file");
    await writeFile(home, "");
    const { boxes } = told("the lock is broken", home);
    expect(boxes[0]?.[1]).toMatch(/^the lock is broken\n\n.*could not be written to .*: (ENOTDIR|EEXIST)\.$/);
  });
});
