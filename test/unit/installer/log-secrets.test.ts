import { describe, expect, test } from "vitest";
import { namesSecret } from "../../../electron/contract/secret-signs.ts";
import { hiddenMark, maskLine, searchable } from "../../../electron/installer/log-secrets.ts";

const engine = (text: string) => `MSI (c) (A4:10) [10:00:00:123]: ${text}`;
// Has the form of Entra's client secrets, and is none.
const madeUpSecret = `abC8Q~${"x1Y2z3W4v5".repeat(3)}x1Y2`;

describe("a secret in a log", () => {
  test.each([
    [
      "a property",
      "Property(S): SERVICE_ACCOUNT_PASSWORD = Pa$$ w0rd",
      "Property(S): SERVICE_ACCOUNT_PASSWORD = *",
      "SERVICE_ACCOUNT_PASSWORD",
    ],
    [
      "a property nobody knows",
      "Property(C): EXO_CLIENT_SECRET = abc",
      "Property(C): EXO_CLIENT_SECRET = *",
      "EXO_CLIENT_SECRET",
    ],
    [
      "a property added",
      engine("PROPERTY CHANGE: Adding AppKey property. Its value is 'it's a secret'."),
      engine("PROPERTY CHANGE: Adding AppKey property. Its value is '*'."),
      "AppKey",
    ],
    [
      "a property modified from one to another",
      engine("PROPERTY CHANGE: Modifying DB_PWD property. Its current value is 'one'. Its new value: 'two'."),
      engine("PROPERTY CHANGE: Modifying DB_PWD property. Its current value is '*'. Its new value: '*'."),
      "DB_PWD",
    ],
    [
      "a property modified from a hidden one",
      engine("PROPERTY CHANGE: Modifying DB_PWD property. Its current value is '**********'. Its new value: 'two'."),
      engine("PROPERTY CHANGE: Modifying DB_PWD property. Its current value is '*'. Its new value: '*'."),
      "DB_PWD",
    ],
    [
      "a property deleted",
      engine("PROPERTY CHANGE: Deleting DB_PWD property. Its current value is 'one'."),
      engine("PROPERTY CHANGE: Deleting DB_PWD property. Its current value is '*'."),
      "DB_PWD",
    ],
    [
      "a command line",
      engine("Command Line: A=1 SERVICE_ACCOUNT_PASSWORD=abc;d,e B=2"),
      engine("Command Line: A=1 SERVICE_ACCOUNT_PASSWORD=* B=2"),
      "SERVICE_ACCOUNT_PASSWORD",
    ],
    [
      "a quoted value",
      engine('Switching to server: CLIENT_SECRET="a ""b"" c" B="2"'),
      engine('Switching to server: CLIENT_SECRET=* B="2"'),
      "CLIENT_SECRET",
    ],
    ["a quote around name and value", 'setup "DB_PASSWORD=a b c" B', 'setup "DB_PASSWORD=*" B', "DB_PASSWORD"],
    ["a quote that is not closed", 'DB_PASSWORD="a b c', "DB_PASSWORD=*", "DB_PASSWORD"],
    ["a connection string", "Server=SQL01;Password=abc", "Server=SQL01;Password=*", "Password"],
    [
      "a registry value written",
      engine("Executing op: RegAddValue(Name=ServicePassword,Value=a b,)"),
      engine("Executing op: RegAddValue(Name=ServicePassword,Value=*"),
      "ServicePassword",
    ],
    [
      "a registry value told",
      "WriteRegistryValues: Key: \\SOFTWARE\\A, Name: ClientSecret, Value: a b",
      "WriteRegistryValues: Key: \\SOFTWARE\\A, Name: ClientSecret, Value: *",
      "ClientSecret",
    ],
    ["JSON", '{ "clientSecret": "a b", "id": 1 }', '{ "clientSecret": * "id": 1 }', "clientSecret"],
    ["XML", '<add key="smtpPassword" value="a b" />', '<add key="smtpPassword" value=* />', "smtpPassword"],
    ["a client secret without a name", `Using ${madeUpSecret}.`, "Using *.", null],
    ["an access token", "header eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln end", "header * end", null],
    ["a name that may belong to a value", "A=hunter2passwd=x", "A=hunter2passwd=*", null],
  ])("%s is masked and told by its name", (_what, line, clean, name) => {
    const masked = maskLine(line, []);
    expect(masked.text).toBe(clean.replace(/(?<!\*)\*(?!\*)/g, hiddenMark));
    expect(masked.found.map((found) => found.name)).toEqual([name]);
  });

  test.each([
    ["a value Windows Installer has hidden", "Property(S): SERVICE_ACCOUNT_PASSWORD = **********"],
    ["a hidden value on a command line", engine("Command Line: SERVICE_ACCOUNT_PASSWORD=********** B=2")],
    [
      "a hidden value in an operation",
      engine("Executing op: ServiceInstall(Name=A,Password=**********,Description=B)"),
    ],
    ["an empty value", "Property(S): SERVICE_ACCOUNT_EMAIL_PASSWORD = "],
    ["an empty value on a command line", 'A_PASSWORD="" B=2'],
    ["a yes or a no", "Property(S): PASSWORD_GIVEN = 1"],
    ["a list of names", "Property(S): MsiHiddenProperties = SERVICE_ACCOUNT_PASSWORD;CLIENT_SECRET"],
    ["a public key token", 'MsiPublishAssemblies: publicKeyToken="31bf3856ad364e35"'],
    ["an address", "Property(S): PASSWORD_RESET_URL = https://mim.contoso.com/reset"],
    ["a sentence", engine("Doing action: ValidatePassword")],
    ["an identifier", "Property(S): ProductCode = {5A7CB0A3-7AA2-4F36-8D77-3B0E4A6C1F52}"],
  ])("%s is none", (_what, line) => {
    expect(maskLine(line, [])).toEqual({ text: line, found: [], open: false });
  });

  test("typed this time is masked wherever it stands, each time it stands there", () => {
    const masked = maskLine("CustomActionData=svc;hunter22;hunter22", searchable(["hunter22"]));
    expect(masked.text).toBe(`CustomActionData=svc;${hiddenMark};${hiddenMark}`);
    expect(masked.found).toEqual([
      { sign: "typed", name: null },
      { sign: "typed", name: null },
    ]);
  });

  test("typed this time and told by a name is one secret", () => {
    const line = "Property(S): SERVICE_ACCOUNT_PASSWORD = hunter22";
    expect(maskLine(line, searchable(["hunter22"])).found).toEqual([
      { sign: "typed", name: "SERVICE_ACCOUNT_PASSWORD" },
    ]);
  });

  test("that is encrypted is not shown, and is no secret in clear", () => {
    const line = "Executing op: RegAddValue(Name=A,Value=AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAAabc=,)";
    expect(maskLine(line, [])).toEqual({
      text: `Executing op: RegAddValue(Name=A,Value=${hiddenMark},)`,
      found: [],
      open: false,
    });
  });

  test("is looked for by text only when its text is long enough to mean something", () => {
    expect(searchable(["abc", "   a", "", "abcd", "abcd", "abcdef", "******", "ab\ncd"])).toEqual(["abcdef", "abcd"]);
  });

  test.each([
    ["SERVICE_ACCOUNT_PASSWORD", true],
    ["clientSecret", true],
    ["api_key", true],
    ["AccessToken", true],
    ["PublicKeyToken", false],
    ["PASSWORDS_MATCH", false],
    ["TokenLifetime", false],
    ["MAIL_SERVER", false],
  ])("%s names one: %s", (name, expected) => {
    expect(namesSecret(name)).toBe(expected);
  });

  test("does not slow the reader down, however a line is made", () => {
    const size = 1_000_000;
    const lines = [
      "eyJ-".repeat(size / 4),
      `${"a".repeat(size)}password`,
      'password="'.repeat(size / 10),
      "secret".repeat(size / 6),
      `${engine("PROPERTY CHANGE: Adding PWD property. Its value is '")}${"'. Its new value: '".repeat(size / 20)}`,
      `Property(S): A_SECRET = ${" ".repeat(size)}x`,
      `token${" ".repeat(size)}=x`,
    ];
    for (const line of lines) {
      const started = performance.now();
      maskLine(line, ["a value", "pass"]);
      expect(performance.now() - started, line.slice(0, 20)).toBeLessThan(5000);
    }
  });
});
