import { describe, expect, test } from "vitest";
import { accountKind, executableIn, sameAccount } from "../../../electron/facts/service.ts";

describe("executableIn", () => {
  test.each([
    ['"C:\\Program Files\\MIM\\Service.exe"', "C:\\Program Files\\MIM\\Service.exe"],
    ['"C:\\Program Files\\MIM\\Service.exe" -a "b.exe"', "C:\\Program Files\\MIM\\Service.exe"],
    ["C:\\Program Files\\MIM\\Service.exe", "C:\\Program Files\\MIM\\Service.exe"],
    [
      "C:\\Program Files\\MIM\\Microsoft.ResourceManagement.Service.EXE -x",
      "C:\\Program Files\\MIM\\Microsoft.ResourceManagement.Service.EXE",
    ],
    ["C:\\MIM\\service -x", "C:\\MIM\\service"],
  ])("%s", (imagePath, executable) => expect(executableIn(imagePath)).toBe(executable));
});

describe("accountKind", () => {
  test.each([
    ["CONTOSO\\svc", "domain"],
    ["svc@contoso.com", "domain"],
    ["CONTOSO\\gmsa$", "groupManaged"],
    ["gmsa$@contoso.com", "groupManaged"],
    [".\\svc", "local"],
    ["svc", "local"],
    ["LocalSystem", "system"],
    ["NT AUTHORITY\\NETWORK SERVICE", "system"],
    ["nt authority\\localservice", "system"],
    ["NT SERVICE\\FIMService", "system"],
  ])("%s is %s", (account, kind) => expect(accountKind(account)).toBe(kind));
});

describe("sameAccount", () => {
  test("reads a principal name as its domain account", () => {
    expect(sameAccount("svc@contoso.com", "CONTOSO\\Svc")).toBe(true);
    expect(sameAccount("svc@fabrikam.com", "CONTOSO\\svc")).toBe(false);
    expect(sameAccount("CONTOSO\\svc", "CONTOSO\\svc2")).toBe(false);
  });
});
