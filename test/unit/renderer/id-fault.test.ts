import { describe, expect, test } from "vitest";
import { idFault } from "../../../renderer/steps/azure-ids/id-fault.ts";

const application = "6e0c9a1f-2f4b-4c43-9d53-5b7f0a8e21c4";
const tenant = "0b2d7e63-91c5-4f0e-8a37-c4d1f6a95e18";

const judge = (value: string, more: Partial<Parameters<typeof idFault>[0]> = {}): ReturnType<typeof idFault> =>
  idFault({
    name: "applicationId",
    value,
    otherValue: "",
    onServer: null,
    otherOnServer: null,
    typing: false,
    ...more,
  });

describe("an ID as typed", () => {
  test("is not judged while it is empty", () => {
    expect(judge("  ")).toBeNull();
  });

  test("that has the form of a secret is named as one, and not repeated", () => {
    const secret = `abc8Q~${"Ab1-".repeat(8)}x`;
    const fault = judge(secret, { typing: true });
    expect(fault).toMatchObject({ grave: true, text: expect.stringMatching(/looks like a client secret/) });
    expect(fault?.text).not.toContain(secret.slice(0, 8));
  });

  test("is right in braces, upper case and with blanks around", () => {
    expect(judge(` {${application.toUpperCase()}} `)).toBeNull();
  });

  test("is only counted while every letter of it may still belong to a GUID", () => {
    for (let length = 1; length < application.length; length += 1) {
      const fault = judge(application.slice(0, length), { typing: true });
      expect(fault?.grave).toBe(false);
      expect(fault?.text).toContain(String(application.length - length));
    }
  });

  test("is malformed at once where it can never become a GUID", () => {
    for (const value of ["hello", "6e0c9a1f2", "6e0c9a1f-2f4g", `${application}0`, "6e0c9a1f--"]) {
      expect(judge(value, { typing: true })?.grave).toBe(true);
    }
  });

  test("is malformed when it is left incomplete", () => {
    expect(judge(application.slice(0, 20))?.grave).toBe(true);
  });

  test("of zeros belongs to nothing", () => {
    expect(judge("00000000-0000-0000-0000-000000000000", { typing: true })?.text).toContain("zeros");
  });

  test("that is the server's other ID is swapped", () => {
    const fault = judge(tenant, { onServer: application, otherOnServer: tenant, typing: true });
    expect(fault).toMatchObject({ grave: true, swapped: true });
    expect(fault?.text).toContain("Tenant ID");
  });

  test("that stands in both fields is in the wrong one", () => {
    const fault = judge(application, { otherValue: application.toUpperCase() });
    expect(fault?.grave).toBe(true);
    expect(fault?.swapped).toBeUndefined();
  });

  test("that the server has in both places is not called swapped", () => {
    expect(judge(tenant, { onServer: tenant, otherOnServer: tenant })).toBeNull();
  });
});
