import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allowListCommands } from "../../../electron/cloud/allow-list.ts";
import { applicationSetUp } from "../../../electron/cloud/application-setup.ts";
import { type CloudName, clouds } from "../../../electron/cloud/clouds.ts";
import { cloudCommandSchema, setUpPartSchema } from "../../../electron/contract/cloud.ts";
import {
  type CommandValues,
  commandValues,
  mergeAllowList,
  quoted,
  readAllowList,
  smtpAddress,
  writeAllowList,
} from "../../../electron/facts/exchange-commands.ts";
import { stringsIn, syntaxFaults } from "./powershell-strings.ts";
import { application, mailbox } from "./stand-in.ts";

const known: CommandValues = { applicationId: application, mailbox };
const unknown: CommandValues = { applicationId: null, mailbox: null };
const names = Object.keys(clouds) as CloudName[];

const allCommands = (values: CommandValues, cloud: CloudName) => [
  ...allowListCommands(values, cloud),
  ...applicationSetUp(values, cloud).flatMap(({ commands }) => commands),
];

/** The grammar at hand does not know lists of bare words (`Format-List A,B`), which PowerShell takes. */
const faultsIn = (text: string): Promise<string[]> =>
  syntaxFaults(text.replace(/(?<=Format-List )[A-Za-z,]+/g, (list) => `'${list.replaceAll(",", "','")}'`));

/** What people and attackers put where an ID or an address belongs. */
const hostile: readonly string[] = [
  "'; Remove-Mailbox *; '",
  "mim'; Remove-Mailbox *; '@contoso.com",
  "$(Remove-Item C:\\)@contoso.com",
  "`$(calc)@contoso.com",
  "a\u2019; calc; \u2018@contoso.com",
  "a@b\n& calc",
  'a"; calc; "@contoso.com',
  "a@contoso.com | calc",
  "a|calc@contoso.com",
  "o'hara&sons@contoso.com",
  "{0}@contoso.com",
  "#<#@contoso.com",
  "@(calc)@contoso.com",
];

describe("every command", () => {
  test.each(names)("of %s keeps to the grammar, filled in and with its gaps", async (cloud) => {
    for (const values of [known, unknown]) {
      for (const command of allCommands(values, cloud)) {
        expect(await faultsIn(command.text), `${command.id}: ${command.text}`).toEqual([]);
        expect(cloudCommandSchema.safeParse(command).error).toBeUndefined();
      }
    }
  });

  test.each(hostile)("filled in with %j runs no other command than without it", async (text) => {
    const values = commandValues({ applicationId: text, serviceEmail: text });
    const plain = allCommands(known, "global");
    const filled = allCommands(values, "global");
    expect(filled.map(({ id }) => id)).toEqual(plain.map(({ id }) => id));
    for (const [index, command] of filled.entries()) {
      expect(await faultsIn(command.text), command.text).toEqual([]);
      const mine = await stringsIn(command.text);
      const theirs = await stringsIn(plain[index]?.text ?? "");
      // The same commands, in the same order: what was filled in stayed inside its quotation marks.
      expect(mine.commands, command.text).toEqual(theirs.commands);
    }
  });

  test("is read before it is written, and the read changes nothing", () => {
    const ids = allowListCommands(known, "global").map(({ id }) => id);
    expect(ids.indexOf("allowList.read")).toBeLessThan(ids.indexOf("allowList.write"));
    expect(ids.indexOf("mailbox.read")).toBeLessThan(ids.indexOf("mailbox.write"));
    for (const { id, text } of allowListCommands(known, "global")) {
      expect(/\bSet-|\bNew-|\bRemove-/.test(text), id).toBe(id.endsWith(".write"));
    }
  });

  test("has an id of its own", () => {
    for (const parts of [allowListCommands(known, "global"), applicationSetUp(known, "global")]) {
      const ids = parts.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  test.each<[CloudName, string]>([
    ["global", "Connect-ExchangeOnline"],
    ["china", "Connect-ExchangeOnline -ExchangeEnvironmentName O365China"],
    ["governmentHigh", "Connect-ExchangeOnline -ExchangeEnvironmentName O365USGovGCCHigh"],
    ["governmentDod", "Connect-ExchangeOnline -ExchangeEnvironmentName O365USGovDoD"],
  ])("of %s begins with its own sign-in", (cloud, text) => {
    expect(allowListCommands(known, cloud)[0]).toMatchObject({ id: "connect", text });
    expect(applicationSetUp(known, cloud).find(({ id }) => id === "scope")?.commands[0]?.text).toBe(text);
  });
});

describe("the write of the allow list", () => {
  test("merges what it reads, asks, and never names a list of its own", () => {
    const text = mergeAllowList(known);
    expect(text).toContain("Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy -ErrorAction Stop");
    expect(text).toMatch(/\$wanted = \$found\n/);
    expect(text).toContain("$wanted = $found + $applicationId");
    expect(text).toMatch(/Set-OrganizationConfig -EwsEnabled \$true -EwsAllowedAppIDs \(\$wanted -join ','\) -Confirm/);
    expect(text.match(/Set-OrganizationConfig/g)).toHaveLength(1);
    // The one ID it knows by itself; every other comes from the read.
    expect(text.match(/[0-9a-f]{8}-[0-9a-f]{4}-/g)).toHaveLength(1);
    // One block: a console does not go on to the write when the read has failed.
    expect(text.startsWith("& {")).toBe(true);
    expect(text.endsWith("}")).toBe(true);
  });

  test("refuses to run with a gap in it", () => {
    expect(mergeAllowList(unknown)).toContain("$applicationId = '<application ID>'");
    expect(mergeAllowList(unknown).indexOf("throw 'Put the application ID in first")).toBeLessThan(
      mergeAllowList(unknown).indexOf("Get-OrganizationConfig"),
    );
  });

  test("is the same to the checklist: the read, the ID, and a gap for the others", () => {
    expect(allowListCommands(known, "global").find(({ id }) => id === "allowList.read")?.text).toBe(readAllowList);
    expect(writeAllowList(known)).toBe(
      `Set-OrganizationConfig -EwsEnabled $true -EwsAllowedAppIDs "<IDs read>,${application}"`,
    );
  });
});

describe("the set-up", () => {
  const parts = applicationSetUp(known, "global");
  const texts = parts.flatMap(({ commands }) => commands.map(({ text }) => text)).join("\n");

  test("is whole: portal steps, and the scoped set-up filled in", () => {
    expect(parts.map(({ id }) => id)).toEqual(["register", "secret", "permission", "scope", "allow"]);
    for (const part of parts) {
      expect(setUpPartSchema.safeParse(part).error).toBeUndefined();
      expect(part.steps.length).toBeGreaterThan(0);
    }
    expect(texts).toContain(`New-ServicePrincipal -AppId '${application}' -ObjectId '<object ID>'`);
    expect(texts).toContain(`-RecipientRestrictionFilter 'PrimarySmtpAddress -eq ''${mailbox}'''`);
    expect(texts).toMatch(
      /New-ManagementRoleAssignment -App '[0-9a-f-]+' -Role 'Application EWS\.AccessAsApp' -CustomResourceScope 'MIM Service mailbox'/,
    );
    expect(texts).toContain(`Test-ServicePrincipalAuthorization -Identity '${application}' -Resource '${mailbox}'`);
  });

  test("quotes an address for the filter and for PowerShell", () => {
    const values = commandValues({ applicationId: application, serviceEmail: "o'hara@contoso.com" });
    const filter = applicationSetUp(values, "global")
      .flatMap(({ commands }) => commands)
      .find(({ id }) => id === "scope.scope")?.text;
    expect(filter).toContain("-RecipientRestrictionFilter 'PrimarySmtpAddress -eq ''o''''hara@contoso.com'''");
  });
});

describe("what gets into a command", () => {
  test("is a GUID or an address, from the target, else the server's ID; nothing else", () => {
    expect(
      commandValues({ applicationId: ` {${application.toUpperCase()}} `, serviceEmail: " mim@contoso.com " }),
    ).toEqual(known);
    expect(commandValues({ applicationId: "", serviceEmail: "mim" }, application)).toEqual({
      applicationId: application,
      mailbox: null,
    });
    expect(commandValues({ applicationId: "00000000-0000-0000-0000-000000000000" }, "not set")).toEqual(unknown);
    expect(smtpAddress("a@b\u2019.com")).toBeNull();
  });

  test("comes out of its quotation marks as it went in, whatever it is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 30 }), async (text) => {
        const { strings } = await stringsIn(`Get-X -Y ${quoted(text)}`);
        expect(strings).toEqual([text]);
      }),
      { numRuns: 200 },
    );
    for (const text of hostile) expect((await stringsIn(`Get-X ${quoted(text)}`)).strings).toEqual([text]);
  });
});
