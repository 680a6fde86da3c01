import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { Io } from "../../../electron/command-line/io.ts";
import { targetSchema } from "../../../electron/contract/target.ts";
import { wizardCaseOf } from "../../../electron/installer/pages.ts";
import { practiceFaults } from "../../../electron/server/practice/practice-faults.ts";
import { createPracticeServer } from "../../../electron/server/practice/practice-server.ts";
import { captured } from "./captured.ts";
import { ownFolder, samplePath } from "./folder.ts";

const folder = ownFolder();
const run = (argv: readonly string[], changed: Partial<Io> = {}) => captured(argv, folder.at("home"), changed);
const state = async () => JSON.parse(await readFile(folder.at("home", "practice", "server.json"), "utf8"));

describe("practice fail", () => {
  test("makes the next change fail and be put back: exit 3; the one after it succeeds", async () => {
    await run(["practice", "reset"]);
    const before = await state();
    expect(await run(["practice", "fail", "writeError"])).toMatchObject({ code: 0, stderr: "" });
    const { code, stderr } = await run(["apply", "--yes"]);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^mim-mail: it did not succeed, and everything was rolled back: access denied \(rehearsed\) \(.+\.journal\)\n\S.+\n$/,
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
    expect(stderr).toMatch(/^mim-mail: it did not succeed and could not be rolled back whole: .+\.journal\)\n/);
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

  test("and a renewal that was rehearsed as well", async () => {
    const target = folder.at("target.json");
    await writeFile(target, JSON.stringify({ applicationId: "6e0c9a1f-2f4b-4c43-9d53-5b7f0a8e21c4" }));
    const renewSecret = ["renew-secret", "--target", target, "--json"];
    const begun = async (): Promise<unknown> => JSON.parse((await run(renewSecret)).stdout).startedAt;
    expect((await run([...renewSecret, "--start"])).code).toBe(1);
    expect(await begun()).not.toBeNull();
    await run(["practice", "reset"]);
    expect(await begun()).toBeNull();
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

describe("a fault of the practice server", () => {
  const finding = async (id: string, target: string) => {
    const { stdout } = await run(["check", "--server", "practice", "--target", target, "--json"], {
      now: () => new Date("2026-11-23T13:30:00Z"),
    });
    const { steps } = JSON.parse(stdout) as {
      readonly steps: readonly { readonly findings: readonly { id: string; status: string; advice: string[] }[] }[];
    };
    return steps.flatMap(({ findings }) => findings).find((one) => one.id === id);
  };
  const targetFile = async () => {
    const path = folder.at("target.json");
    const ids = {
      applicationId: "6e0c9a1f-2f4b-4c43-9d53-5b7f0a8e21c4",
      tenantId: "0b2d7e63-91c5-4f0e-8a37-c4d1f6a95e18",
    };
    await writeFile(path, JSON.stringify({ ...ids, serviceEmail: "mimservice@contoso.com" }));
    return path;
  };

  /** The server with everything done: each fault is what is wrong then. */
  const asTheGuideLeavesIt = async (target: string) => {
    await run(["apply", "--yes"]);
    let second = 0;
    const now = () => new Date(Date.UTC(2026, 10, 23, 12, 30, second++));
    const server = createPracticeServer({ home: folder.at("home"), now, pace: 0 });
    const wanted = targetSchema.parse(JSON.parse(await readFile(target, "utf8")));
    server.installer.rehearse({ wanted: wizardCaseOf(wanted), buttons: false });
    await server.actions.changeMode({});
    await server.actions.restartService(() => {});
  };

  test.each(
    practiceFaults
      .filter(({ finding }) => finding !== undefined && finding !== "smtp.relay")
      .map(({ id, finding: told = "" }) => [id, told]),
  )("%s is told by %s, with what to do, and taken back", async (id, told) => {
    const target = await targetFile();
    await asTheGuideLeavesIt(target);
    const before = await finding(told, target);
    expect(await run(["practice", "fail", id])).toMatchObject({ code: 0, stderr: "" });
    const after = await finding(told, target);
    expect(after?.status).not.toBe(before?.status);
    expect(["action", "attention"]).toContain(after?.status);
    expect(after?.advice.length).toBeGreaterThan(0);
    await run(["practice", "fail", "none"]);
    const broken = ["repliesUnread", "otherSender"].includes(id);
    expect((await finding(told, target))?.status).toBe(broken ? after?.status : before?.status);
  });

  test("that TLS 1.0 is needed goes with its cause", async () => {
    await run(["practice", "reset"]);
    const target = await targetFile();
    await run(["practice", "fail", "needsTls10"]);
    expect((await finding("verify.service", target))?.status).toBe("done");
    await run(["apply", "--yes"]);
    expect((await finding("verify.service", target))?.advice.join(" ")).toContain("mim-mail undo --only tls1.0");
    await run(["undo", "--only", "tls1.0"]);
    expect((await finding("verify.service", target))?.advice.join(" ")).not.toContain("common algorithm");
  });

  test("is remembered, several at once, and gone when the practice server starts over", async () => {
    await run(["practice", "fail", "fips"]);
    await run(["practice", "fail", "keyProtect"]);
    const target = await targetFile();
    expect((await finding("server.fips", target))?.status).toBe("attention");
    expect((await finding("server.keyProtect", target))?.status).toBe("attention");
    await run(["practice", "reset"]);
    expect((await finding("server.fips", target))?.status).not.toBe("attention");
  });

  test("that this build does not know is passed over", async () => {
    await run(["practice", "reset"]);
    const given = await state();
    const faults = [{ what: "later", at: "2026-11-23T10:00:00Z" }];
    await writeFile(folder.at("home", "practice", "server.json"), JSON.stringify({ ...given, faults }));
    expect(await run(["check", "--server", "practice"])).toMatchObject({ stderr: "" });
  });
});
