import { describe, expect, test } from "vitest";
import { commandPieces, foldedCommand, placeholdersIn, writes } from "../../../renderer/cloud/command-pieces.ts";

describe("a command that is shown", () => {
  test("loses no sign, whatever it is taken apart into", () => {
    for (const command of [
      "Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy | Format-List EwsEnabled,EwsAllowedAppIDs",
      "Get-CASMailbox -Identity '<service e-mail>' | Format-List EwsEnabled",
      "& {\n    $read = 'x'\n\n    if ($a -lt 1) { return }\n}",
      "",
    ]) {
      expect(
        commandPieces(command)
          .map(({ text }) => text)
          .join(""),
      ).toBe(command);
    }
  });

  test("has what the person fills in marked, each once", () => {
    const command = "New-ServicePrincipal -AppId '<application ID>' -ObjectId '<object ID>' # <application ID>";
    expect(commandPieces(command).filter(({ kind }) => kind === "placeholder")).toHaveLength(3);
    expect(placeholdersIn(command)).toEqual(["application ID", "object ID"]);
    expect(placeholdersIn("Get-Mailbox | Where-Object { $_.Size -gt 5 }")).toEqual([]);
  });

  test("keeps IDs and parameters whole, and lets long words break", () => {
    const [word] = commandPieces("-AppId");
    expect(word?.kind).toBe("word");
    expect(commandPieces("'6e0c9a1f-2f4b-4c43-9d53-5b7f0a8e21c4'")[0]?.kind).toBe("word");
    expect(commandPieces("x".repeat(60))[0]?.kind).toBe("between");
  });

  test("is folded when it is a script, and only then", () => {
    expect(foldedCommand("Connect-ExchangeOnline")).toBeNull();
    const script = Array.from({ length: 20 }, (_none, line) => `line ${line}`).join("\n");
    expect(foldedCommand(script)).toEqual({ text: "line 0\nline 1\nline 2", lines: 20 });
  });
});

test.each([
  ["Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy", false],
  ["Connect-ExchangeOnline -ExchangeEnvironmentName O365USGovDoD", false],
  ["Test-ServicePrincipalAuthorization -Identity 'x'", false],
  ["Get-CASMailbox -Identity 'Set-Aside@contoso.com' | Format-List", true],
  ["& {\n  $read = Get-OrganizationConfig\n  Set-OrganizationConfig -EwsEnabled $true\n}", true],
  ["New-ManagementScope -Name 'MIM Service mailbox'", true],
])("whether %s writes is seen by its verbs, and in doubt it is warned of", (command, expected) => {
  expect(writes(command)).toBe(expected);
});
