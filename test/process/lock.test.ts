import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createJournalFolder } from "../../electron/changes/journal-folder.ts";
import { bundled, run } from "./program.ts";

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mim-lock-"));
  program = await bundled("lock-rival.ts", folder);
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

describe("the right to change a server", () => {
  test.each([2, 3, 8])("is one process's at a time among %i", async (rivals) => {
    const place = await mkdtemp(join(folder, "rivals-"));
    const ended = await Promise.all(
      Array.from({ length: rivals }, () => run(process.execPath, [program, place, "200"])),
    );
    const counted = ended.map(({ stdout }) => JSON.parse(stdout) as { taken: number; together: number });
    expect(counted.map(({ together }) => together)).toEqual(counted.map(() => 0));
    expect(counted.reduce((sum, { taken }) => sum + taken, 0)).toBeGreaterThan(0);
  });

  test("is free at once when the process that had it is killed", async () => {
    const place = await mkdtemp(join(folder, "killed-"));
    const journals = createJournalFolder(place);
    for (let count = 0; count < 5; count += 1) {
      const holder = spawn(process.execPath, [program, place, "0"], { stdio: ["ignore", "pipe", "inherit"] });
      await once(holder.stdout, "data");
      await expect(journals.exclusive(async () => 1)).rejects.toMatchObject({ code: "locked" });
      const gone = once(holder, "exit");
      holder.kill("SIGKILL");
      await gone;
      expect(await journals.exclusive(async () => 1)).toBe(1);
    }
  });
});
