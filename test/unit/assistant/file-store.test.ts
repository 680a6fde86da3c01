import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFileStore, type FileStore } from "../../../electron/assistant/file-store.ts";
import { createSettingsStore, glanceAtSettings } from "../../../electron/assistant/settings-store.ts";

let home: string;
const now = (): Date => new Date("2026-11-23T12:00:00Z");

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "store-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

function store(path = join(home, "number.json")): FileStore<number> {
  return createFileStore({
    path,
    what: "number",
    parse: (bytes) => {
      const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
      if (typeof value !== "number") throw new Error("not a number");
      return value;
    },
    print: (value) => `${value}\n`,
    initial: 0,
    now,
  });
}

describe("a file store", () => {
  test("gives the initial value and writes nothing while nothing was kept", async () => {
    expect(await store().read()).toBe(0);
    expect(await readdir(home)).toEqual([]);
  });

  test("makes the folder and gives what was kept to the next one", async () => {
    const path = join(home, "new", "number.json");
    await store(path).write(7);
    expect(await store(path).read()).toBe(7);
  });

  test("writes in the order of the calls and leaves no other file behind", async () => {
    const kept = store();
    await Promise.all(Array.from({ length: 20 }, (_, value) => kept.write(value)));
    expect(await readFile(join(home, "number.json"), "utf8")).toBe("19\n");
    expect(await readdir(home)).toEqual(["number.json"]);
  });

  test("sets a damaged file aside before it writes, and tells", async () => {
    await writeFile(join(home, "number.json"), "broken");
    const kept = store();
    await expect(kept.write(1)).rejects.toMatchObject({
      code: "set-aside",
      cure: expect.stringContaining("number.json.damaged-20261123T120000Z"),
    });
    await kept.write(2);
    expect((await readdir(home)).sort()).toEqual(["number.json", "number.json.damaged-20261123T120000Z"]);
    expect(await readFile(join(home, "number.json.damaged-20261123T120000Z"), "utf8")).toBe("broken");
    expect(await kept.read()).toBe(2);
  });

  test("tells a file that cannot be read, and does not write over it", async () => {
    await mkdir(join(home, "number.json"));
    const kept = store();
    await expect(kept.read()).rejects.toMatchObject({ code: "home-not-readable" });
    await expect(kept.write(1)).rejects.toMatchObject({ code: "home-not-readable" });
    expect(await readdir(home)).toEqual(["number.json"]);
  });

  test("keeps the old value when the new one cannot be written", async () => {
    const path = join(home, "folder", "number.json");
    const kept = store(path);
    await kept.write(1);
    await rm(join(home, "folder"), { recursive: true });
    await writeFile(join(home, "folder"), "a file where the folder was");
    await expect(kept.write(2)).rejects.toMatchObject({ code: "home-not-writable" });
    expect(await kept.read()).toBe(1);
  });
});

describe("settings", () => {
  test("of a damaged file are set aside by the store, and left alone by a glance", async () => {
    await writeFile(join(home, "settings.json"), '{"theme":"pink"}');
    expect(await glanceAtSettings(home)).toEqual({ theme: "system" });
    expect(await readdir(home)).toEqual(["settings.json"]);
    const settings = createSettingsStore(home, now);
    await expect(settings.read()).rejects.toMatchObject({ code: "set-aside" });
    expect(await settings.read()).toEqual({ theme: "system" });
  });

  test("are seen at a glance as they were kept", async () => {
    await createSettingsStore(home, now).write({ theme: "dark" });
    expect(await glanceAtSettings(home)).toEqual({ theme: "dark" });
  });
});
