import { describe, expect, test } from "vitest";
import { redactKey, redactRecording, scrubText } from "../../../electron/recording/redact.ts";
import { goodServer, hiveKey, mailKey, number, present, text } from "../checklist/server-case.ts";

describe("redactKey", () => {
  test("hides values with a secret's name and keeps the others", () => {
    const key = present({
      ExchangeOnlineApplicationID: text("6a1f4b52-0c3d-4e5f-8a9b-0c1d2e3f4a5b"),
      EncryptedExchangeOnlineClientSecret: text("AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAA"),
      GMSAEncryptedExchangeOnlineAccountPassword: text("hunter2"),
      EncryptedBlob: { type: "REG_BINARY", data: "01000000D08C9DDF0115D1118C7A00C04FC297EB01" },
      EncryptedNothing: text(""),
      Location: text("C:\\MIM"),
      SomeTokenCount: number(3),
    });
    expect(redactKey(mailKey, key)).toEqual(
      present({
        ExchangeOnlineApplicationID: text("6a1f4b52-0c3d-4e5f-8a9b-0c1d2e3f4a5b"),
        EncryptedExchangeOnlineClientSecret: { type: "REG_SZ", redacted: true, looksEncrypted: true },
        GMSAEncryptedExchangeOnlineAccountPassword: { type: "REG_SZ", redacted: true, looksEncrypted: false },
        EncryptedBlob: { type: "REG_BINARY", redacted: true, looksEncrypted: true },
        EncryptedNothing: text(""),
        Location: text("C:\\MIM"),
        SomeTokenCount: number(3),
      }),
    );
  });

  test("hides every text under a user's hive but the open IDs: the token's name is not known", () => {
    const key = present({ Anything: text("eyJhbGciOi"), ExchangeOnlineTenantID: text("9b8c") });
    expect(redactKey(hiveKey, key)).toEqual(
      present({
        Anything: { type: "REG_SZ", redacted: true, looksEncrypted: false },
        ExchangeOnlineTenantID: text("9b8c"),
      }),
    );
  });

  test("leaves keys that are absent or unreadable", () => {
    expect(redactKey(mailKey, { state: "absent" })).toEqual({ state: "absent" });
  });
});

describe("scrubText", () => {
  test.each([
    ['<add key="smtpPassword" value="hunter2"/>', '<add key="smtpPassword" value="•••"/>'],
    ["<add key='ClientSecret' value='hunter2' />", "<add key='ClientSecret' value='•••' />"],
    ['<add value="hunter2" key="smtpPassword"/>', '<add value="•••" key="smtpPassword"/>'],
    ['<mail clientSecret="hunter2" host="a"/>', '<mail clientSecret="•••" host="a"/>'],
    ['connectionString="Server=a;Password=hunter2;Database=b"', 'connectionString="Server=a;Password=•••;Database=b"'],
    ["Server=a;Pwd=hunter2", "Server=a;Pwd=•••"],
    ["Authorization: Bearer abcdefghijklmnop1234", "Authorization: Bearer •••"],
    ["token eyJhbGciOiJIUzI1.eyJzdWIiOiIx.c2lnbmF0dXJl end", "token ••• end"],
    ["AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAAxyz= end", "••• end"],
  ])("%s", (given, scrubbed) => {
    expect(scrubText(given)).toBe(scrubbed);
    expect(scrubText(scrubbed)).toBe(scrubbed);
  });

  test("leaves a configuration without secrets as it is", () => {
    const config = '<configuration><appSettings><add key="mailServer" value="a"/></appSettings></configuration>';
    expect(scrubText(config)).toBe(config);
  });
});

describe("redactRecording", () => {
  test("cleans registry, texts and event texts, and changes nothing else", () => {
    const recording = goodServer();
    recording.texts["a.config"] = { state: "present", text: 'password="hunter2"' };
    recording.events = {
      state: "present",
      from: null,
      items: [{ log: "Application", provider: "a", id: 1, at: "2026-11-22T10:00:00Z", text: "Password=hunter2" }],
    };
    const cleaned = redactRecording(recording);
    expect(JSON.stringify(cleaned)).not.toContain("hunter2");
    expect(redactRecording(cleaned)).toEqual(cleaned);
    expect(redactRecording(goodServer())).toEqual(goodServer());
  });
});
