import { expect, test } from "vitest";
import { account, findingOf, hiveKey, setKey } from "./server-case.ts";

const translate = "Some or all identity references could not be translated.";
const german = "Manche oder alle Identit\u00e4tsverweise konnten nicht \u00fcbersetzt werden.";
const constrained = "PowerShell runs in Constrained Language Mode, which cannot translate account names";

const ofAccount = (id: "verify.token" | "account.sid", reason: string) =>
  findingOf(id, {
    server: ({ accounts }) => {
      accounts[account] = { state: "unreadable", reason };
    },
  });
const ofHive = (reason: string) =>
  findingOf("verify.token", { server: (recording) => setKey(recording, hiveKey, { state: "unreadable", reason }) });

test.each(["verify.token", "account.sid"] as const)(
  "%s: an account that is not found is no matter of the hive",
  (id) => {
    for (const reason of [translate, german]) {
      const { status, actual, advice } = ofAccount(id, reason);
      expect({ status, actual }).toEqual({ status: "unknown", actual: `Could not be read: ${reason}` });
      expect(advice.join(" ")).toMatch(/account.*still exists.*domain controller/);
      expect(advice.join(" ")).not.toMatch(/hive|elevation|administrator/);
    }
  },
);

test.each(["verify.token", "account.sid"] as const)("%s: a restricted PowerShell is told as that", (id) => {
  expect(ofAccount(id, constrained).advice.join(" ")).toMatch(/policy runs PowerShell in Constrained Language Mode/);
  expect(ofAccount(id, "powershell.exe is missing").advice.join(" ")).toMatch(/stops Windows PowerShell/);
  for (const reason of [constrained, "powershell.exe gave no answer for 120 seconds"]) {
    expect(ofAccount(id, reason).advice.join(" ")).not.toMatch(/hive|domain controller/);
  }
});

test("verify.token: a hive that is not loaded, and one that is closed, have each their own advice", () => {
  expect(ofHive("the account's hive is not loaded").advice.join(" ")).toMatch(/start the Forefront.*elevation/);
  const denied = ofHive("access denied: reading another account's hive needs elevation").advice.join(" ");
  expect(denied).toMatch(/as an administrator/);
  expect(denied).not.toMatch(/loaded only while/);
});

test("a file that is too large or not well-formed is no matter of elevation", () => {
  for (const reason of ["it is larger than 4 MB", "it is not well-formed XML, so that secrets in it cannot be told"]) {
    const { status, advice } = findingOf("mail.serverType", {
      server: (recording) => {
        for (const path of Object.keys(recording.texts)) recording.texts[path] = { state: "unreadable", reason };
      },
    });
    if (status === "unknown") expect(advice.join(" ")).not.toMatch(/administrator/);
  }
});
