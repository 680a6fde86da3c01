import { describe, expect, test } from "vitest";
import { dayOf, daysBetween } from "../../../electron/contract/date.ts";
import { worstStatus } from "../../../electron/contract/status.ts";
import { defaultTarget, namesSecret } from "../../../electron/contract/target.ts";

describe("the target", () => {
  test("wants Office 365, Application Context Authentication and the guide's profile unless told otherwise", () => {
    expect(defaultTarget).toEqual({
      mailServer: "office365",
      authentication: "applicationContext",
      tlsProfile: "guide",
    });
  });

  test("knows the names that would carry a secret", () => {
    for (const name of ["clientSecret", "secret", "Password", "accessToken", "pwd"])
      expect(namesSecret(name)).toBe(true);
    for (const name of ["secretExpires", "tenantId", "serviceEmail"]) expect(namesSecret(name)).toBe(false);
  });
});

describe("worstStatus", () => {
  test("goes from action to not applicable", () => {
    expect(worstStatus(["done", "attention", "pending"])).toBe("pending");
    expect(worstStatus(["unknown", "pending"])).toBe("unknown");
    expect(worstStatus(["unknown", "action"])).toBe("action");
    expect(worstStatus(["notApplicable", "done"])).toBe("done");
    expect(worstStatus([])).toBe("notApplicable");
  });
});

describe("daysBetween", () => {
  test("counts whole days over a leap day and a change of the clock", () => {
    expect(daysBetween("2026-11-23", "2027-04-01")).toBe(129);
    expect(daysBetween("2028-02-28", "2028-03-01")).toBe(2);
    expect(daysBetween("2026-11-23", "2026-11-22")).toBe(-1);
    expect(dayOf(new Date(2026, 10, 3, 23, 59))).toBe("2026-11-03");
  });
});
