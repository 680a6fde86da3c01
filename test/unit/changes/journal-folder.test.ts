import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createJournalFolder } from "../../../electron/changes/journal-folder.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("createJournalFolder", () => {
  test("keeps journals with their .reg files, and adds lines", async () => {
    const journals = createJournalFolder(join(folder, "new"));
    expect(await journals.readAll()).toEqual(new Map());
    await journals.create("2026-a", "head\n", "Windows Registry Editor Version 5.00\r\n");
    await journals.append("2026-a", "note\n");
    expect(await journals.readAll()).toEqual(new Map([["2026-a", "head\nnote\n"]]));
    expect((await readdir(join(folder, "new"))).sort()).toEqual(["2026-a-undo.reg", "2026-a.journal"]);
    expect((await readFile(join(folder, "new", "2026-a-undo.reg"))).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xfe]));
  });

  test("leaves nothing behind when a journal cannot be kept", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(createJournalFolder(join(folder, "file")).create("a", "", "")).rejects.toThrow();
    expect(await readdir(folder)).toEqual(["file"]);
  });

  test("lets one process change at a time", async () => {
    const journals = createJournalFolder(folder);
    await writeFile(join(folder, "lock"), `${process.ppid} other`);
    await expect(journals.exclusive(async () => 1)).rejects.toMatchObject({ code: "locked" });
    expect(await readFile(join(folder, "lock"), "utf8")).toBe(`${process.ppid} other`);
  });

  test("takes over a lock whose process has died, and leaves none behind", async () => {
    const journals = createJournalFolder(folder);
    for (const left of ["999999999 other", "", "no process", `${process.pid} of an earlier start`]) {
      await writeFile(join(folder, "lock"), left);
      expect(await journals.exclusive(async () => readFile(join(folder, "lock"), "utf8"))).toMatch(`${process.pid} `);
      expect(await readdir(folder)).toEqual([]);
    }
  });

  test("takes over a lock from before the computer started, whoever has its process number now", async () => {
    const journals = createJournalFolder(folder);
    await writeFile(join(folder, "lock"), `${process.ppid} other`);
    await utimes(join(folder, "lock"), 0, 0);
    expect(await journals.exclusive(async () => 1)).toBe(1);
  });

  test("lets one at a time within a process as well", async () => {
    const [one, other] = [createJournalFolder(folder), createJournalFolder(folder)];
    let inside = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      expect(inside).toBe(1);
      await pause(20);
      inside -= 1;
    };
    const ended = await Promise.allSettled([one.exclusive(work), other.exclusive(work), one.exclusive(work)]);
    expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    expect(await one.exclusive(async () => 1)).toBe(1);
  });

  test("leaves none behind when the work fails", async () => {
    const journals = createJournalFolder(folder);
    await expect(journals.exclusive(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await readdir(folder)).toEqual([]);
  });
});
