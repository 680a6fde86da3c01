import { describe, expect, test } from "vitest";
import { dayOf, daysBetween } from "../../../electron/contract/date.ts";
import { namesSecret } from "../../../electron/contract/secret-signs.ts";
import { worstStatus } from "../../../electron/contract/status.ts";
import { defaultTarget, targetSchema } from "../../../electron/contract/target.ts";

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

describe("what is wanted of SMTP", () => {
  test("is a host, SSL or not, a recipient of test mails, and what was decided about EWS", () => {
    const smtp = { mailServer: "smtp", mailHost: "relay.contoso.com", mailUseSsl: true, ewsDecision: "smtp" };
    const read = targetSchema.parse({ ...smtp, mailTestRecipient: " ada@contoso.com " });
    expect(read).toMatchObject({ ...smtp, mailTestRecipient: "ada@contoso.com" });
    expect(targetSchema.safeParse({ ewsDecision: "untilTheEnd" }).success).toBe(true);
  });

  test.each([
    { mailUseSsl: "yes" },
    { ewsDecision: "later" },
    { mailTestRecipient: "ada" },
    { mailTestRecipient: "" },
    { mailTestRecipient: "ada@contoso.com\r\nDATA" },
    { mailTestRecipient: "ada@contoso.com, eve@example.com" },
  ])("is refused in another form: %j", (part) => {
    expect(targetSchema.safeParse(part).success).toBe(false);
  });
});

describe("what was pasted into the wrong field", () => {
  const secrets = [
    `abc8Q~${"Ab1-".repeat(8)}x`,
    `.Q~7${"x9_.".repeat(9)}`,
    `eyJhbGciOiJSUzI1NiJ9.${"eyJhdWQiOi".repeat(4)}.c2lnbmF0dXJl`,
    "AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAAxyz",
    "k3J9vQ2mXw7ZpR4tYb8NcL6hFd1GsA5e",
    "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=",
  ];
  const fields = ["applicationId", "tenantId", "serviceAccount", "serviceEmail", "mailHost"] as const;

  test.each(secrets)("%s is refused in every field, and repeated in none of the refusals", (secret) => {
    for (const field of fields) {
      const { success, error } = targetSchema.safeParse({ [field]: ` ${secret} ` });
      expect(success, field).toBe(false);
      expect(String(error)).not.toContain(secret);
    }
    const recipient = targetSchema.safeParse({ mailTestRecipient: secret });
    expect(recipient.success).toBe(false);
    expect(String(recipient.error)).not.toContain(secret);
    for (const part of ["reason", "by"]) {
      const entry = { finding: "tls.costs", reason: "a", by: "b", until: "2027-01-01", [part]: secret };
      expect(targetSchema.safeParse({ accepted: [entry] }).success).toBe(false);
    }
  });

  test.each([
    "6e0c9a1f-2f4b-4c43-9d53-5b7f0a8e21c4",
    "{6E0C9A1F-2F4B-4C43-9D53-5B7F0A8E21C4}",
    "6e0c9a1f2f4b4c439d535b7f0a8e21c4",
    "CONTOSO\\svcMIMServiceProduction01$",
    "mim.service.production@mail.contoso-department.onmicrosoft.com",
    "contoso-com.mail.protection.outlook.com",
    "No 32-bit program sends mail here, says the owner of the server",
    "hello",
  ])("%s is not", (text) => {
    for (const field of fields) expect(targetSchema.safeParse({ [field]: text }).success, field).toBe(true);
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
