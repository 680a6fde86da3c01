import { expect, test } from "vitest";
import type { CloudCommand } from "../../../electron/contract/cloud.ts";
import { waysLeft } from "../../../electron/contract/ews-retirement.ts";
import { commandGroups } from "../../../renderer/steps/exchange/command-groups.ts";

test("the commands are parted by what they are about, in their order", () => {
  const commands = ["connect", "allowList.read", "allowList.write", "mailbox.read", "rbac.test", "mailboxes"].map(
    (id): CloudCommand => ({ id, title: id, text: id, runIn: "Exchange Online PowerShell", note: null }),
  );
  const { allow, mailbox } = commandGroups(commands);
  expect(allow.map(({ id }) => id)).toEqual(["connect", "allowList.read", "allowList.write", "mailboxes"]);
  expect(mailbox.map(({ id }) => id)).toEqual(["mailbox.read", "rbac.test"]);
});

test("the ways left are the installer's entries that are not Office 365, each with what it needs and loses", () => {
  expect(waysLeft.map(({ name }) => name)).toEqual(["SMTP", "Exchange Server 2013 or later", "None"]);
  const [smtp, exchange, none] = waysLeft;
  expect(smtp?.needs).toContain("Integrated Windows Authentication");
  expect(smtp?.loses).toContain("group Managed Service Account");
  expect(smtp?.loses).toContain("Outlook");
  expect(exchange?.needs).toContain("Integrated Windows Authentication");
  expect(none?.needs).toBe("Nothing");
});
