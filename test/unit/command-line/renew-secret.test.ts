import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { renewalSchema } from "../../../electron/contract/renewal.ts";
import { captured } from "./captured.ts";
import { ownFolder } from "./folder.ts";

const folder = ownFolder();
const target = {
  applicationId: "1a2b3c4d-1111-2222-3333-444455556666",
  tenantId: "5a2b3c4d-1111-2222-3333-444455556666",
  secretExpires: "2026-12-01",
};

async function renew(...argv: readonly string[]) {
  const path = folder.at("target.json");
  await writeFile(path, JSON.stringify(target));
  return captured(["renew-secret", "--server", "practice", "--target", path, ...argv], folder.at("home"));
}

describe("renew-secret", () => {
  test("tells that it is due, and how it is begun", async () => {
    const { code, stdout, stderr } = await renew();
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toContain("Expires in 8 days, on 2026-12-01");
    expect(stdout).toContain("mim-mail renew-secret --start");
  });

  test("is begun, left and taken up again; what is kept holds no secret", async () => {
    const begun = await renew("--start");
    expect(begun.stdout).toMatch(/\[>\] 1\. Make a new secret beside the old one/);
    expect(begun.stdout).toContain("az ad app credential reset --id '1a2b3c4d-1111-2222-3333-444455556666' --append");
    const made = await renew("--made", "2028-11-01");
    expect(made.code).toBe(1);
    expect(made.stdout).toMatch(/\[x\] 1\.[^\n]*\n +Made; it expires on 2028-11-01\.\n\[>\] 2\. Check the new one/);
    const again = await renew("--json");
    const value: unknown = JSON.parse(again.stdout);
    expect(renewalSchema.parse(value)).toEqual(value);
    expect(JSON.parse(await readFile(folder.at("home", "renewals.json"), "utf8"))).toEqual({
      format: "mim-mail-renewals",
      version: 1,
      renewals: {
        practice: {
          startedAt: "2026-11-23T12:00:00.000Z",
          madeAt: "2026-11-23T12:00:00.000Z",
          newExpires: "2028-11-01",
          checkedAt: null,
          removedAt: null,
        },
      },
    });
    expect((await renew("--abandon")).stdout).toContain("No renewal was begun");
  });

  test.each([
    [["--removed"], "no renewal was begun"],
    [["--made", "soon"], "not a day ahead"],
    [["--start", "--abandon"], "only one thing"],
  ])("ends with 2 for %j", async (argv, what) => {
    const { code, stdout, stderr } = await renew(...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(what);
  });

  test("sets a damaged state aside and says so", async () => {
    await renew("--start");
    await writeFile(
      folder.at("home", "renewals.json"),
      '{"format":"mim-mail-renewals","version":1,"renewals":{"practice":{"secret":"x"}}}',
    );
    const { code, stderr } = await renew();
    expect(code).toBe(2);
    expect(stderr).toContain("cannot be used");
    expect((await renew()).stdout).toContain("No renewal was begun");
  });
});
