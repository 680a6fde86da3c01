import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { readSavedCloudCheck, saveCloudCheck, withSavedCloudCheck } from "../../../electron/assistant/saved-check.ts";
import { judge } from "../../../electron/checklist/judge.ts";
import type { FindingId } from "../../../electron/contract/checklist.ts";
import type { CloudCheck } from "../../../electron/contract/history.ts";
import { createPracticeServer } from "../../../electron/server/practice/practice-server.ts";
import { captured } from "../command-line/captured.ts";
import { target } from "./asked.ts";
import { application, mailbox, tenant } from "./stand-in.ts";

const check: CloudCheck = {
  at: "2026-11-23T10:00:00.000Z",
  signIn: { ok: true },
  roles: ["full_access_as_app"],
  ews: { ok: true },
  applicationId: application,
  tenantId: tenant,
  mailbox,
};

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "mim-kept-"));
  return () => rm(home, { recursive: true, force: true });
});

describe("a check that is kept", () => {
  test("is read back, and leaves nothing beside it", async () => {
    await saveCloudCheck(home, check);
    await saveCloudCheck(home, { ...check, ews: { error: "ews.forbidden: HTTP 403" } });
    expect(await readSavedCloudCheck(home)).toMatchObject({ ews: { error: "ews.forbidden: HTTP 403" } });
    expect(await readdir(home)).toEqual(["cloud-check.json"]);
  });

  test.each(["", "{", "[]", '{"format":"mim-mail-cloud-check","version":2,"check":{}}'])(
    "and damaged (%j) counts as none",
    async (content) => {
      await writeFile(join(home, "cloud-check.json"), content);
      expect(await readSavedCloudCheck(home)).toBeNull();
    },
  );

  test("that cannot be written is told with its place", async () => {
    await mkdir(join(home, "cloud-check.json"));
    await expect(saveCloudCheck(home, check)).rejects.toMatchObject({ code: "home-not-writable" });
    expect(await readdir(home)).toEqual(["cloud-check.json"]);
  });

  test("is in the looks of the practice server, which stays what it is", async () => {
    const server = withSavedCloudCheck(createPracticeServer({ home }), home);
    expect((await server.look()).cloud).toBeNull();
    await saveCloudCheck(home, check);
    expect((await server.look()).cloud).toEqual(check);
    expect(server).toMatchObject({ kind: "practice", label: "Practice server" });
    expect("registry" in server && "journals" in server && "actions" in server).toBe(true);
    await server.reset();
    expect((await server.look()).cloud).toEqual(check);
  });

  test("shows in check, collect and the window's looks of the practice server", async () => {
    await saveCloudCheck(home, check);
    await writeFile(join(home, "target.json"), JSON.stringify(target));
    const { stdout } = await captured(["check", "--server", "practice", "--json"], home);
    const findings = JSON.parse(stdout).steps.flatMap((step: { findings: unknown[] }) => step.findings);
    expect(findings.find((one: { id: string }) => one.id === "azure.ews")).toMatchObject({ status: "done" });
    await captured(["collect", "--server", "practice", "--out", join(home, "x.json")], home);
    const wanted = ["--target", join(home, "target.json")];
    const { stdout: again } = await captured(["check", "--server", join(home, "x.json"), ...wanted, "--json"], home);
    expect(again).toContain("The mailbox answered");
  });
});

describe("a check of something else than is wanted now", () => {
  const other = "11111111-2222-4333-8444-555555555555";
  const status = async (changed: object, id: FindingId): Promise<string | undefined> => {
    const recording = await createPracticeServer({ home }).look();
    const checklist = judge({
      recording: { ...recording, cloud: check },
      target: { ...target, ...changed },
      today: "2026-11-23",
      server: { name: "practice" },
    });
    return checklist.steps.flatMap(({ findings }) => findings).find((finding) => finding.id === id)?.status;
  };

  test.each<[string, object, FindingId, string]>([
    ["the same", {}, "azure.signIn", "done"],
    ["the same, written otherwise", { applicationId: `{${application.toUpperCase()}}` }, "azure.signIn", "done"],
    ["another application", { applicationId: other }, "azure.signIn", "pending"],
    ["another application", { applicationId: other }, "azure.role", "pending"],
    ["another application", { applicationId: other }, "exchange.allowList", "pending"],
    ["another tenant", { tenantId: other }, "azure.ews", "pending"],
    ["another mailbox", { serviceEmail: "other@contoso.com" }, "azure.ews", "pending"],
    ["another mailbox", { serviceEmail: "other@contoso.com" }, "azure.signIn", "done"],
    ["the mailbox in capitals", { serviceEmail: "MIM@contoso.com" }, "exchange.mailbox", "done"],
  ])("%s: %j leaves %s %s", async (_what, changed, id, expected) => {
    expect(await status(changed, id)).toBe(expected);
  });
});
