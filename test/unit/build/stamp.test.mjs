import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isInstalled } from "../../../build/install.mjs";
import { isCurrent, stampOf } from "../../../build/stamp.mjs";

/** @type {string} */
let top;
beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), "stamp-"));
  await mkdir(join(top, "room"));
  await writeFile(join(top, "room", "one.ts"), "1");
  await writeFile(join(top, "room", "two.ts"), "2");
});
afterEach(() => rm(top, { recursive: true }));

const stamp = () => stampOf(top, ["room", "lock.json"]);

describe("the stamp of sources", () => {
  test("stays while nothing changes", () => {
    expect(stamp()).toBe(stamp());
  });

  test.each([
    ["a file's content changes", () => writeFile(join(top, "room", "one.ts"), "11")],
    ["a file becomes older", () => utimes(join(top, "room", "one.ts"), 1, 1)],
    ["a file is added", () => writeFile(join(top, "room", "three.ts"), "")],
    ["a file is taken away", () => rm(join(top, "room", "two.ts"))],
    ["a source that was missing appears", () => writeFile(join(top, "lock.json"), "{}")],
  ])("changes when %s", async (_name, change) => {
    const before = stamp();
    await change();
    expect(stamp()).not.toBe(before);
  });
});

describe("what was built", () => {
  const kept = { stamp: "abc", outputs: ["room/one.ts"] };

  test("is current while its stamp and its files are there", async () => {
    const file = join(top, "stamp.json");
    expect(isCurrent(top, file, "abc")).toBe(false);
    await writeFile(file, JSON.stringify(kept));
    expect(isCurrent(top, file, "abc")).toBe(true);
    expect(isCurrent(top, file, "abd")).toBe(false);
    await rm(join(top, "room", "one.ts"));
    expect(isCurrent(top, file, "abc")).toBe(false);
  });

  test("is not current after a stamp that was cut off", async () => {
    await writeFile(join(top, "stamp.json"), JSON.stringify(kept).slice(0, 10));
    expect(isCurrent(top, join(top, "stamp.json"), "abc")).toBe(false);
  });
});

describe("packages are installed", () => {
  const packages = { "": {}, "node_modules/a": { version: "1.0.0" }, "node_modules/b": { version: "2.0.0" } };
  const lockfile = () => join(top, "package-lock.json");
  const list = () => join(top, "node_modules", ".package-lock.json");

  /** @param {Record<string, { version: string }>} there */
  async function write(there) {
    await writeFile(
      lockfile(),
      JSON.stringify({ packages: { ...packages, "node_modules/c": { version: "1.0.0", optional: true } } }),
    );
    await mkdir(join(top, "node_modules"));
    await writeFile(list(), JSON.stringify({ packages: there }));
  }

  test("not without npm's own list, which it writes last", async () => {
    await writeFile(lockfile(), JSON.stringify({ packages }));
    expect(isInstalled(top)).toBe(false);
    await mkdir(join(top, "node_modules"));
    expect(isInstalled(top)).toBe(false);
  });

  test("when the list is newer than the lockfile", async () => {
    await write({});
    await utimes(lockfile(), 1, 1);
    expect(isInstalled(top)).toBe(true);
  });

  test("when the lockfile is newer and asks for the same, optional ones aside", async () => {
    await write({ "node_modules/a": { version: "1.0.0" }, "node_modules/b": { version: "2.0.0" } });
    await utimes(list(), 1, 1);
    expect(isInstalled(top)).toBe(true);
  });

  test("not when the lockfile is newer and asks for another version or one more", async () => {
    await write({ "node_modules/a": { version: "1.0.0" }, "node_modules/b": { version: "2.0.1" } });
    await utimes(list(), 1, 1);
    expect(isInstalled(top)).toBe(false);
    await writeFile(list(), JSON.stringify({ packages: { "node_modules/a": { version: "1.0.0" } } }));
    await utimes(list(), 1, 1);
    expect(isInstalled(top)).toBe(false);
  });
});
