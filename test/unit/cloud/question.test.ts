import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { cloudQuestion } from "../../../electron/assistant/cloud.ts";
import type { Target } from "../../../electron/contract/target.ts";
import { readRecording } from "../../../electron/recording/read-recording.ts";
import { target } from "./asked.ts";
import { application, mailbox, tenant } from "./stand-in.ts";

const configured = readRecording(readFileSync("assets/practice/configured.json"), "configured.json");
const bare = { ...configured, registry: {} };
const question = (changed: Partial<Target>, more: { dod?: boolean; today?: string; recording?: typeof bare } = {}) =>
  cloudQuestion({ target: { ...target, ...changed }, recording: bare, today: "2026-11-23", dod: false, ...more });

describe("what is asked", () => {
  test("is the target's, in plain form", () => {
    expect(question({ applicationId: ` {${application.toUpperCase()}} ` })).toEqual({
      cloud: "global",
      applicationId: application,
      tenantId: tenant,
      mailbox,
      hasEnded: false,
    });
  });

  test("takes the server's IDs where the target has none", () => {
    expect(question({ applicationId: undefined, tenantId: " " }, { recording: configured })).toMatchObject({
      applicationId: "6e0c9a1f-2f4b-4c43-9d53-5b7f0a8e21c4",
      tenantId: "0b2d7e63-91c5-4f0e-8a37-c4d1f6a95e18",
    });
  });

  test.each([
    ["office365", false, "global"],
    ["office365China", false, "china"],
    ["office365Government", false, "governmentHigh"],
    ["office365Government", true, "governmentDod"],
  ] as const)("for %s (DoD: %s) is asked of %s", (mailServer, dod, cloud) => {
    expect(question({ mailServer }, { dod }).cloud).toBe(cloud);
  });

  test("knows on the day whether EWS has ended", () => {
    expect(question({}, { today: "2027-03-31" }).hasEnded).toBe(false);
    expect(question({}, { today: "2027-04-01" }).hasEnded).toBe(true);
  });

  test("is no mailbox when none was entered", () => {
    expect(question({ serviceEmail: undefined }).mailbox).toBeNull();
  });

  test.each<[string, Partial<Target>, string, { dod?: boolean }?]>([
    ["SMTP", { mailServer: "smtp", authentication: "integrated" }, "no-application"],
    ["Basic Authentication", { authentication: "basic" }, "no-application"],
    ["no application ID", { applicationId: undefined }, "no-id"],
    ["no tenant ID", { tenantId: "" }, "no-id"],
    ["an ID that is none", { tenantId: "contoso.onmicrosoft.com" }, "not-an-id"],
    ["an ID of zeros", { applicationId: "00000000-0000-0000-0000-000000000000" }, "not-an-id"],
    ["an address that is none", { serviceEmail: "CONTOSO\\svcMIM" }, "not-an-address"],
    ["an address that would break a header", { serviceEmail: "mim@contoso.com\r\nX-Evil: 1" }, "not-an-address"],
    ["DoD without the government's cloud", {}, "not-government", { dod: true }],
  ])("with %s is refused before anything is sent", (_what, changed, code, more) => {
    expect(() => question(changed, more)).toThrow(
      expect.objectContaining({ code, cure: expect.stringMatching(/\.$/) }),
    );
  });
});
