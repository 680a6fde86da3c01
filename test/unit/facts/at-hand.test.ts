import { describe, expect, test } from "vitest";
import type { Target } from "../../../electron/contract/target.ts";
import { atHand } from "../../../electron/facts/at-hand.ts";
import { seenIn } from "../../../electron/recording/seen.ts";
import { goodServer, goodTarget } from "../checklist/server-case.ts";

const ids = (target: Partial<Target>, change: (recording: ReturnType<typeof goodServer>) => void = () => {}) => {
  const recording = goodServer();
  change(recording);
  return atHand(seenIn(recording), { ...goodTarget, ...target });
};
const passwords = (target: Partial<Target>) =>
  ids(target)
    .map(({ id }) => id)
    .filter((id) => id === "accountPassword" || id === "mailboxPassword" || id === "clientSecret");

describe("what to have at hand before Change mode", () => {
  const managed = { serviceAccount: "CONTOSO\\gmsa$" };
  test.each<[string, Partial<Target>, readonly string[]]>([
    ["an application", {}, ["accountPassword", "clientSecret"]],
    ["Basic", { authentication: "basic" }, ["accountPassword", "mailboxPassword"]],
    ["SMTP", { mailServer: "smtp", authentication: "integrated" }, ["accountPassword"]],
    ["a managed account and an application", managed, ["clientSecret"]],
    ["a managed account and Basic", { ...managed, authentication: "basic" }, ["mailboxPassword"]],
    [
      "a managed account and Exchange Server",
      { ...managed, mailServer: "exchange", authentication: "integrated" },
      ["mailboxPassword"],
    ],
    ["a managed account and no mail", { ...managed, mailServer: "none" }, []],
  ])("names the passwords for %s", (_what, target, wanted) => {
    expect(passwords(target)).toEqual(wanted);
  });

  test("names media, SharePoint, backup and the portals of other features", () => {
    const all = ids({})
      .map(({ text }) => text)
      .join("\n");
    for (const part of ["media", "SharePoint", "backup", "Password Registration", "Service Manager"])
      expect(all).toContain(part);
  });

  test("names Privileged Access Management where it is, leaves it out where it is not, else with its condition", () => {
    const pam = (state: "present" | "absent" | null) =>
      ids({}, (recording) => {
        for (const name of ["PamMonitoringService", "PrivilegeManagementComponentService"]) {
          if (state === "absent") recording.services[name] = { state };
          if (state === "present") recording.services[name] = { state, status: "running" };
        }
      }).find(({ id }) => id === "pam")?.text;
    expect(pam("absent")).toBeUndefined();
    expect(pam("present")).toMatch(/^The accounts/);
    expect(pam(null)).toMatch(/^Where Privileged Access Management is installed: the accounts/);
  });
});
