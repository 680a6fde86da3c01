import { writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { readWhenFree } from "../../../electron/recording/busy-file.ts";
import { ownFolder } from "../command-line/folder.ts";

const folder = ownFolder();

/** A reader that fails so often before it reads, and how often it was waited. */
async function tried(code: string, refusals: number) {
  let [reads, waits] = [0, 0];
  const result = await readWhenFree(folder.at("service.config"), {
    wait: async () => {
      waits += 1;
    },
    read: async () => {
      reads += 1;
      if (reads <= refusals) throw Object.assign(new Error(code), { code });
      return Buffer.from("text");
    },
  }).then(String, (error: NodeJS.ErrnoException) => error.code);
  return { result, waits };
}

describe("a file that another program writes", () => {
  test("is read as it is when nobody has it for himself", async () => {
    await writeFile(folder.at("a.json"), "{}");
    expect(String(await readWhenFree(folder.at("a.json")))).toBe("{}");
  });

  test.each(["EBUSY", "EAGAIN"])("is read again while it answers %s", async (code) => {
    expect(await tried(code, 3)).toEqual({ result: "text", waits: 3 });
  });

  test("that stays busy is told after two seconds", async () => {
    expect(await tried("EBUSY", 1000)).toEqual({ result: "EBUSY", waits: 40 });
  });

  test.each(["ENOENT", "EACCES", "EPERM", "EIO"])("is not waited for when it answers %s", async (code) => {
    expect(await tried(code, 1)).toEqual({ result: code, waits: 0 });
  });
});
