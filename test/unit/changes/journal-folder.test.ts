import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readJournals } from "../../../electron/changes/journal.ts";
import { createJournalFolder } from "../../../electron/changes/journal-folder.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Something a test lets go on when it wants. */
function createGate() {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

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

  test("knows the account it writes for, with its domain where Windows names one", () => {
    const { username } = userInfo();
    vi.stubEnv("USERDOMAIN", "CONTOSO");
    expect(createJournalFolder(folder).by).toBe(`CONTOSO\\${username}`);
    vi.stubEnv("USERDOMAIN", undefined);
    expect(createJournalFolder(folder).by).toBe(username);
    vi.unstubAllEnvs();
  });

  test("leaves nothing behind when a journal cannot be kept", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(createJournalFolder(join(folder, "file")).create("a", "", "")).rejects.toThrow();
    expect(await readdir(folder)).toEqual(["file"]);
  });
});

describe("the right to change", () => {
  test("lets one at a time within a process, and frees it however the work ends", async () => {
    const [one, other] = [createJournalFolder(folder), createJournalFolder(folder)];
    const [begun, first] = [createGate(), createGate()];
    const held = one.exclusive(() => {
      begun.open();
      return first.opened;
    });
    await begun.opened;
    await expect(other.exclusive(async () => 1)).rejects.toMatchObject({ code: "locked", where: folder });
    await expect(one.exclusive(async () => 1)).rejects.toMatchObject({ code: "locked" });
    first.open();
    await held;
    await expect(one.exclusive(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await other.exclusive(async () => 1)).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  test("of two folders is not the other's", async () => {
    const [one, other] = [join(folder, "one"), join(folder, "other")].map(createJournalFolder);
    expect(await one?.exclusive(() => other?.exclusive(async () => 1) ?? Promise.resolve(0))).toBe(1);
  });

  test.each(["a file", "a folder"])("is not kept by %s named lock that an earlier build left", async (what) => {
    if (what === "a file") await writeFile(join(folder, "lock"), `${process.ppid} other`);
    else await mkdir(join(folder, "lock"));
    expect(await createJournalFolder(folder).exclusive(async () => 1)).toBe(1);
  });
});

describe("what else lies in the folder", () => {
  test("is named and stops nobody from looking", async () => {
    const journals = createJournalFolder(folder);
    await journals.create("2026-a", "head\n", "");
    await mkdir(join(folder, "folder.journal"));
    await symlink(join(folder, "nowhere"), join(folder, "link.journal"), "junction");
    await writeFile(join(folder, "large.journal"), "");
    await truncate(join(folder, "large.journal"), 3 * 1024 ** 3);
    const { readable, setAside } = await readJournals(journals);
    expect(readable).toEqual([]);
    expect(setAside).toEqual([
      { id: "2026-a", reason: "its file is not whole", mayBeOpen: false },
      { id: "folder", reason: "it is no file", mayBeOpen: false },
      { id: "large", reason: "it is larger than 16 MB", mayBeOpen: true },
      { id: "link", reason: "it is no file", mayBeOpen: false },
    ]);
  });

  test("half-written from a crash goes with the next journal, and nothing else does", async () => {
    const left = "2026-b.journal.0b2d6f4e-1c3a-4d5b-8e7f-9a0b1c2d3e4f.tmp";
    for (const name of [left, "mine.tmp"]) await writeFile(join(folder, name), "half");
    await createJournalFolder(folder).create("2026-a", "head\n", "");
    expect((await readdir(folder)).sort()).toEqual(["2026-a-undo.reg", "2026-a.journal", "mine.tmp"]);
  });

  test("is read again when its file has changed, whoever changed it", async () => {
    const journals = createJournalFolder(folder);
    await journals.create("2026-a", "head\n", "");
    await journals.readAll();
    await journals.append("2026-a", "note\n");
    expect((await journals.readAll()).get("2026-a")).toBe("head\nnote\n");
    await writeFile(journals.pathOf("2026-a"), "cut");
    expect((await journals.readAll()).get("2026-a")).toBe("cut");
  });
});
