import { describe, expect, test } from "vitest";
import { targetSchema } from "../../../electron/contract/target.ts";
import { datesAhead } from "../../../electron/facts/dates-ahead.ts";

const today = "2026-11-23";
const idsFor = (target: object): string[] =>
  datesAhead(targetSchema.parse(target), today).dates.map(({ id, day }) => `${id} ${day}`);

describe("the dates ahead", () => {
  test("are the secret, the end of EWS and accepted risks, sorted by day", () => {
    const accepted = [{ finding: "tls.1.0.client", reason: "old printer", by: "Ada", until: "2026-11-30" }];
    expect(idsFor({ secretExpires: "2027-06-01", accepted })).toEqual([
      "accepted tls.1.0.client 2026-11-30",
      "ews 2027-04-01",
      "secret 2027-06-01",
    ]);
  });

  test("hold the end of SMTP AUTH only with Exchange Online's own SMTP host, and no EWS or secret", () => {
    const smtp = { mailServer: "smtp", authentication: "integrated", secretExpires: "2027-06-01" };
    expect(idsFor({ ...smtp, mailHost: " SMTP.office365.com. " })).toEqual(["smtpAuth 2026-12-31"]);
    expect(idsFor({ ...smtp, mailHost: "relay.contoso.com" })).toEqual([]);
    expect(idsFor(smtp)).toEqual([]);
  });

  test("say when a secret's day is not entered, and only where there is a secret", () => {
    expect(datesAhead(targetSchema.parse({}), today).secretNotEntered).toBe(true);
    expect(datesAhead(targetSchema.parse({ authentication: "basic" }), today).secretNotEntered).toBe(false);
  });

  test.each([
    ["2026-11-22", -1, "past"],
    ["2026-11-23", 0, "urgent"],
    ["2026-11-30", 7, "urgent"],
    ["2026-12-01", 8, "soon"],
    ["2026-12-23", 30, "soon"],
    ["2026-12-24", 31, "later"],
  ])("%s is %i days away: %s", (secretExpires, daysLeft, nearness) => {
    const { dates } = datesAhead(targetSchema.parse({ secretExpires }), today);
    expect(dates[0]).toMatchObject({ id: "secret", daysLeft, nearness });
  });
});
