import { describe, expect, test } from "vitest";
import { signInMeaning } from "../../../electron/checklist/sign-in-errors.ts";

describe("a refusal of the sign-in", () => {
  test.each([
    ["AADSTS1002016", /TLS 1\.0, TLS 1\.1 or 3DES/, /\.NET 2\.x, 64-bit/],
    ["AADSTS7000229", /no service principal/, /admin consent/],
    ["AADSTS500014", /resource is disabled/, /Office 365 Exchange Online/],
    ["AADSTS50034", /a person's sign-in, not the application's/, /without a user/],
  ])("%s is known with its cause and cure", (code, meaning, cure) => {
    const told = signInMeaning(`${code}: some words`);
    expect(told.meaning).toMatch(meaning);
    expect(told.cure).toMatch(cure);
  });

  test.each([
    ["50126", "50", /an account, a resource or the tenant/],
    ["500207", "50", /an account, a resource or the tenant/],
    ["5000224", "50", /an account, a resource or the tenant/],
    ["530032", "53", /Conditional Access/],
    ["650057", "65", /consent/],
    ["70002", "70", /the application, its credentials/],
    ["700027", "70", /the application, its credentials/],
    ["7000218", "70", /the application, its credentials/],
    ["81004", "81", /single sign-on/],
    ["900144", "90", /form of the request/],
    ["1000502", "100", /the request or its connection/],
  ])("AADSTS%s is not known, and told by its family %s", (code, family, about) => {
    const { meaning, cure } = signInMeaning(`AADSTS${code}`);
    expect(meaning).toMatch(about);
    expect(meaning).toContain(`begin with ${family} are`);
    expect(cure).toContain(`https://login.microsoftonline.com/error?code=${code}`);
    expect(cure).toContain("trace ID");
  });

  test.each(["AADSTS99999123", "AADSTS33001", "AADSTS1", "invalid_client"])("%s has no family to tell", (error) => {
    expect(signInMeaning(error).meaning).toBe("the sign-in failed");
  });

  test("names the trace ID where it was said", () => {
    const id = "0000aaaa-11bb-4ccc-8d22-eeeeee333333";
    expect(signInMeaning(`AADSTS50999: no. Trace ID: ${id} Correlation ID: x`).cure).toContain(`trace ID ${id}`);
  });
});
