import { writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { captured } from "./captured.ts";
import { ownFolder, samplePath } from "./folder.ts";

const folder = ownFolder();

async function expiry(target: object, ...more: string[]) {
  const path = folder.at("target.json");
  await writeFile(path, JSON.stringify(target));
  return captured(["expiry", "--server", "practice", "--target", path, ...more], folder.at("home"));
}

describe("expiry", () => {
  test("lists the dates with the days left, and ends with 0 when none is near", async () => {
    const { code, stdout, stderr } = await expiry({ secretExpires: "2027-06-01" });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("  2027-04-01  in 129 days     Exchange Web Services end in Exchange Online\n");
    expect(stdout).toContain("  2027-06-01  in 190 days     Client secret expires\n");
  });

  test.each([
    ["2027-03-01", 0, "OK - Client secret expires: in 98 days, 2027-03-01 | 'secret'=98d;30;7 'ews'=129d;30;7\n"],
    ["2026-12-13", 1, "WARNING - Client secret expires: in 20 days, 2026-12-13 | 'secret'=20d;30;7 'ews'=129d;30;7\n"],
    ["2026-11-24", 1, "CRITICAL - Client secret expires: in 1 day, 2026-11-24 | 'secret'=1d;30;7 'ews'=129d;30;7\n"],
    ["2026-11-21", 1, "CRITICAL - Client secret expires: 2 days ago, 2026-11-21 | 'secret'=-2d;30;7 'ews'=129d;30;7\n"],
  ])("prints one line for a monitor: a secret until %s ends with %i", async (secretExpires, code, line) => {
    expect(await expiry({ secretExpires }, "--monitor")).toEqual({ code, stdout: line, stderr: "" });
  });

  test("tells that the secret's day is not entered, in text, for a monitor and in JSON", async () => {
    expect((await expiry({})).stdout).toContain("Not known: the day the client secret expires is not entered.\n");
    expect((await expiry({}, "--monitor")).stdout).toContain("; the day the client secret expires is not entered | ");
    expect(JSON.parse((await expiry({}, "--json")).stdout)).toMatchObject({ secretNotEntered: true });
  });

  test("judges for the day given, and prints JSON", async () => {
    const { code, stdout } = await expiry({ mailServer: "office365" }, "--today", "2027-04-02", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      server: "practice",
      today: "2027-04-02",
      dates: [{ id: "ews", day: "2027-04-01", daysLeft: -1, nearness: "past" }],
    });
  });

  test("takes the accepted risks of the server named, and of no other", async () => {
    const accepted = [{ finding: "tls.1.0.client", reason: "old printer", by: "Ada", until: "2026-12-10" }];
    const servers = { MIM01: { accepted }, MIM99: { accepted: [{ ...accepted[0], until: "2026-11-25" }] } };
    const { code, stdout } = await expiry(
      { mailServer: "none", servers },
      "--server",
      samplePath("configured"),
      "--json",
    );
    expect(code).toBe(1);
    expect(JSON.parse(stdout).dates).toMatchObject([{ id: "accepted tls.1.0.client", day: "2026-12-10" }]);
  });

  test("has no dates without mail", async () => {
    const { code, stdout } = await expiry({ mailServer: "none" }, "--monitor");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "OK - no dates ahead\n" });
  });

  test.each([[["--today", "2026-02-30"]], [["--json", "--monitor"]], [["--target", "missing.json"]]])(
    "ends with 2 for %j",
    async (more) => {
      const { code, stdout, stderr } = await expiry({}, ...more);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^mim-mail: /);
    },
  );
});
