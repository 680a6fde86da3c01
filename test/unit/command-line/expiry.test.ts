import { readFile, writeFile } from "node:fs/promises";
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

  test("writes a calendar with alarms 30 and 7 days before, in the morning, and not over another file", async () => {
    const file = folder.at("dates.ics");
    const accepted = [{ finding: "tls.1.0.client", reason: "old printer", by: "Ada", until: "2027-12-10" }];
    const target = { applicationId: "1A2B3C4D-1111-2222-3333-444455556666", secretExpires: "2027-06-01", accepted };
    const { code, stdout } = await expiry(target, "--ics", file);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `Wrote ${file}: 3 dates.\n` });
    const text = await readFile(file, "utf8");
    expect(text.startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")).toBe(true);
    expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
    // RFC 5545, 3.1: lines end with CR LF and are at most 75 octets long.
    const lines = text.split("\r\n");
    expect(lines.filter((line) => /[\r\n]/.test(line) || Buffer.byteLength(line) > 75)).toEqual([]);
    expect(lines.filter((line) => line.startsWith("DTSTART"))).toEqual([
      "DTSTART;VALUE=DATE:20270401",
      "DTSTART;VALUE=DATE:20270601",
      "DTSTART;VALUE=DATE:20271210",
    ]);
    expect(lines.filter((line) => line.startsWith("TRIGGER"))).toEqual(
      Array.from({ length: 3 }, () => ["TRIGGER:-P29DT15H", "TRIGGER:-P6DT15H"]).flat(),
    );
    expect(lines).toContain("UID:secret-1a2b3c4d-1111-2222-3333-444455556666@mim-mail-assistant");
    expect(lines.filter((line) => line.startsWith("UID:accepted-tls.1.0.client-"))).toHaveLength(1);

    const again = await expiry(target, "--ics", file);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain("exists already");
    expect((await expiry(target, "--ics", file, "--force")).code).toBe(0);
  });

  test("prints a calendar without a file, and refuses one without a date", async () => {
    const { code, stdout } = await expiry({ secretExpires: "2026-12-01" }, "--ics");
    expect(code).toBe(1);
    expect(stdout).toContain("SUMMARY:MIM mail: Client secret expires\r\n");
    const none = await expiry({ mailServer: "none" }, "--ics");
    expect({ code: none.code, stdout: none.stdout }).toEqual({ code: 2, stdout: "" });
    expect(none.stderr).toMatch(/^mim-mail: there is no date ahead to write \(calendar\)\n/);
  });

  test.each(["Pacific/Kiritimati", "America/Los_Angeles"])("writes the same days in %s", async (zone) => {
    const before = process.env["TZ"];
    process.env["TZ"] = zone;
    try {
      const { stdout } = await expiry({ secretExpires: "2027-06-01" }, "--ics");
      expect(stdout.match(/DTSTART.*/g)).toEqual(["DTSTART;VALUE=DATE:20270401", "DTSTART;VALUE=DATE:20270601"]);
    } finally {
      if (before === undefined) delete process.env["TZ"];
      else process.env["TZ"] = before;
    }
  });

  test("has no dates without mail", async () => {
    const { code, stdout } = await expiry({ mailServer: "none" }, "--monitor");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "OK - no dates ahead\n" });
  });

  test.each([
    [["--today", "2026-02-30"]],
    [["--json", "--monitor"]],
    [["--json", "--ics"]],
    [["--monitor", "--ics"]],
    [["--target", "missing.json"]],
  ])("ends with 2 for %j", async (more) => {
    const { code, stdout, stderr } = await expiry({}, ...more);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^mim-mail: /);
  });
});
