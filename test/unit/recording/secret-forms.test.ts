import { describe, expect, test } from "vitest";
import { readRecordingText } from "../../../electron/recording/read-recording.ts";
import { redactRecording, scrubText } from "../../../electron/recording/redact.ts";
import { scrubXml } from "../../../electron/recording/scrub-xml.ts";
import { goodServer } from "../checklist/server-case.ts";
import { secretForms, tail } from "./secret-forms.ts";

const forms = secretForms();
const base64 = Buffer.from(`user:${tail}${tail}`).toString("base64");
const isReadable = (text: string): boolean => text.includes(tail) || text.includes(base64);

describe("a secret, in whatever form it stands", () => {
  test("there are hundreds of them", () => {
    expect(forms.length).toBeGreaterThan(200);
  });

  test("is in no text, and a second time changes nothing", () => {
    const readable = forms
      .filter(({ text }) => isReadable(scrubText(text)))
      .map(({ what, text }) => `${what}: ${text}`);
    expect(readable).toEqual([]);
    expect(forms.filter(({ text }) => scrubText(scrubText(text)) !== scrubText(text)).map(({ what }) => what)).toEqual(
      [],
    );
  });

  test("is in no configuration, which is XML afterwards and holds the same settings", () => {
    const readable: string[] = [];
    for (const { what, xml } of forms) {
      if (xml === null) continue;
      const scrubbed = scrubXml(xml, scrubText);
      if (scrubbed === null || isReadable(scrubbed)) readable.push(`${what}: ${scrubbed}`);
      else expect(scrubXml(scrubbed, scrubText), what).toBe(scrubbed);
    }
    expect(readable).toEqual([]);
  });

  test("is in no recording: texts, events, reasons", () => {
    for (const { text, xml, what } of forms) {
      const recording = goodServer();
      recording.texts["a.config"] = { state: "present", text: xml ?? text };
      recording.texts["b.config"] = { state: "unreadable", reason: text };
      recording.files["c"] = { state: "unreadable", reason: text };
      recording.registry["HKLM\\X"] = { state: "unreadable", reason: text };
      recording.services["X"] = { state: "unreadable", reason: text };
      recording.accounts["X"] = { state: "unreadable", reason: text };
      recording.events = {
        state: "present",
        from: null,
        items: [{ log: "Application", provider: "a", id: 1, at: "2026-11-22T10:00:00Z", text }],
      };
      expect(isReadable(JSON.stringify(redactRecording(recording))), what).toBe(false);
      expect(isReadable(JSON.stringify(readRecordingText(JSON.stringify(recording), "x"))), what).toBe(false);
    }
  });

  test("whose configuration is not XML is not recorded at all", () => {
    for (const text of [
      `<a><password>${tail}</a>`,
      `<!DOCTYPE a [<!ENTITY p "${tail}">]><a>&p;</a>`,
      `<a b=${tail}>`,
    ]) {
      const recording = goodServer();
      recording.texts["a.config"] = { state: "present", text };
      expect(redactRecording(recording).texts["a.config"]).toMatchObject({ state: "unreadable" });
    }
  });
});

test.each([
  '<configuration><appSettings><add key="mailServer" value="a"/></appSettings></configuration>',
  '<c><assemblyIdentity name="x" publicKeyToken="31bf3856ad364e35" culture="neutral"/></c>',
  '<c><defaultProxy useDefaultCredentials="true" enabled="false"/></c>',
  '<c>\n  <dynamicLogging mode="true" loggingLevel="Verbose" />\n</c>\n',
])("a configuration without a secret stays as it was written: %s", (xml) => {
  expect(scrubXml(xml, scrubText)).toBe(xml);
});

test.each([
  "Could not get access token for office365 mailbox. Probably registry value is empty because token was not obtained.",
  "Could not load 'a, Version=1.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35' or one of its parts.",
  "The password for the account has expired; passwordExpired=true; see https://example.com/password",
])("a text without a secret stays as it is: %s", (text) => {
  expect(scrubText(text)).toBe(text);
});
