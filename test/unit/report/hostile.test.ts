import { XMLParser } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import type { Target } from "../../../electron/contract/target.ts";
import { readRecordingText } from "../../../electron/recording/read-recording.ts";
import type { Recording } from "../../../electron/recording/recording.ts";
import type { ReportDocument } from "../../../electron/report/report-document.ts";
import { readCsv } from "./csv-reading.ts";
import { readPdf, readsPdfs, unbroken } from "./pdf-reading.ts";
import { contentsOf, everyFormat, picture, reported, sample } from "./report-case.ts";

const configured = await sample("configured");
const stuck = await sample("stuck-on-dotnet-2");

const attacks = {
  html: `"><script>alert(1)</script><img src=x onerror='alert(2)'></td></table><style>*{display:none}</style>&lt;`,
  formula: "=cmd|' /C calc'!A0",
  turned: "invoice\u202egpj.exe \u2066x\u2069\u200f",
  controls: "a\u0000b\u001b[31mc\u0007\r\nd\u2028e\ud800f",
  long: "y".repeat(1_048_576),
  pdf: "(\\) Tj ET endstream endobj /JS (app.alert(1)) <</S /JavaScript>>",
};

/** A recording in which every text a server gives is the attack: event texts, values, reasons, names of files. */
function attacked(text: string): { readonly recording: Recording; readonly target: Target } {
  const { recording, target } = stuck;
  const key = "HKLM\\SOFTWARE\\Microsoft\\Forefront Identity Manager\\2010\\Service";
  const service = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\FIMService";
  const values = (path: string, name: string) => {
    const found = recording.registry[path];
    if (found?.state !== "present") throw new Error(`the sample holds no ${path}`);
    return { state: "present" as const, values: { ...found.values, [name]: { type: "REG_SZ" as const, data: text } } };
  };
  return {
    recording: {
      ...recording,
      computer: text,
      windows: { caption: text, build: text },
      registry: {
        ...recording.registry,
        [key]: values(key, "ExchangeOnlineApplicationID"),
        [service]: values(service, "ObjectName"),
        [`HKLM\\${text}`]: { state: "unreadable", reason: text },
      },
      accounts: { [text]: { state: "present", sid: text } },
      events: {
        state: "present",
        items: Array.from({ length: 8 }, (_, index) => ({
          log: text,
          provider: "Microsoft.ResourceManagement",
          id: 12,
          at: `2026-11-23T09:1${index}:00Z`,
          text,
        })),
      },
      installerRuns: [{ exitCode: 1603, endedAt: "2026-11-22T10:00:00Z", log: text, firstFailure: text }],
      cloud: { at: "2026-11-21T20:30:00Z", signIn: { error: text }, roles: [text], mailbox: text },
      tools: [text],
    },
    target: {
      ...target,
      serviceEmail: text,
      accepted: [{ finding: "tls.costs", reason: text, by: text, until: "2027-01-01" }],
    },
  };
}

function reportWith(text: string): ReportDocument {
  const given = attacked(text);
  return contentsOf([
    reported(text, given, {
      before: { label: text, origin: "file", ...configured },
      journals: [
        {
          id: text,
          kind: "apply",
          of: null,
          at: "2026-11-23T10:00:00Z",
          state: "applied",
          reason: text,
          by: text,
          changes: [
            { address: text, from: { type: "REG_SZ", data: text }, to: { type: "REG_MULTI_SZ", data: [text] } },
          ],
        },
      ],
      pictures: { pictures: [picture({ title: text })], leftOut: 0 },
    }),
    reported("configured.json", configured),
  ]);
}

const made = new Map<string, ReturnType<typeof everyFormat>>();

/** The report in every format: a megabyte of text takes its time, so each is made once. */
function filesWith(text: string): ReturnType<typeof everyFormat> {
  const files = made.get(text) ?? everyFormat(reportWith(text));
  made.set(text, files);
  return files;
}

const tagsOf = (html: string) => [...html.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, tag]) => tag);

describe.each(Object.entries(attacks))("a report of a server that says %s", (_name, attack) => {
  test("shows it as text in every format, and cuts what is long with a note", async () => {
    const files = await filesWith(attack);

    const html = String(files.html);
    expect(tagsOf(html)).toEqual(tagsOf(String((await filesWith("plain")).html)));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be in the file
    expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u200f\u202a-\u202e\u2066-\u2069]/);
    expect(html).not.toMatch(/<script|<img src=x|<style>\*/);
    const body = html.slice(html.indexOf("<body>"), html.indexOf("</body>") + 7);
    expect(() => new XMLParser().parse(body, true)).not.toThrow();

    if (typeof files.pdf === "string") throw new Error("a PDF is bytes");
    if (readsPdfs) {
      const pdf = readPdf(files.pdf);
      expect(pdf.facts["JavaScript"]).toBe("no");
      expect(pdf.pages.length).toBeLessThan(100);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be in the text
      expect(pdf.text).not.toMatch(/[\u0000-\u0008\u000e-\u001f\u200f\u202a-\u202e\u2066-\u2069]/);
    }

    for (const file of [String(files.csv), String(files.plan)]) {
      const rows = readCsv(file);
      expect(new Set(rows.map((row) => row.length)).size).toBe(1);
      for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      expect(rows.flat().every((cell) => cell.length < 33_000)).toBe(true);
    }

    const json = JSON.parse(String(files.json));
    expect(json.recording ?? json.events.items[0].text).toBe(attack);
    expect(readRecordingText(String(files.json), "report").installerRuns[0]?.log).toBe(attack);
  });
});

test("what was said can be read in the report all the same", async () => {
  const html = String((await filesWith(attacks.html)).html);
  expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  const turned = await filesWith(attacks.turned);
  expect(String(turned.html)).toContain("invoice\\u{202e}gpj.exe");
  const long = await filesWith(attacks.long);
  expect(String(long.html)).toContain("(cut: 1,048,576 characters in all)");
  expect(String(long.html).length).toBeLessThan(1_000_000);
  if (typeof long.pdf === "string" || typeof turned.pdf === "string") throw new Error("a PDF is bytes");
  if (readsPdfs) expect(unbroken(readPdf(long.pdf).text)).toContain("(cut:1,048,576charactersinall)");
  if (readsPdfs) expect(unbroken(readPdf(turned.pdf).text)).toContain("invoice\\u{202e}gpj.exe");
  expect(String((await filesWith(attacks.formula)).csv)).toContain("\"'=cmd|' /C calc'!A0\"");
});

test("lists that are long are cut with a note, in HTML and PDF, and are whole in JSON", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 5000 }, (_, index) => [
      `HKLM\\SOFTWARE\\Key${index}`,
      { state: "unreadable" as const, reason: "no" },
    ]),
  );
  const items = Array.from({ length: 10_000 }, (_, index) => ({
    log: "Application",
    provider: "Microsoft.ResourceManagement",
    id: 12,
    at: new Date(Date.parse("2026-11-22T00:00:00Z") + index * 1000).toISOString(),
    text: `The service cannot connect (${index}).`,
  }));
  const recording: Recording = {
    ...stuck.recording,
    registry: { ...stuck.recording.registry, ...many },
    events: { state: "present", items },
    journal: Array.from({ length: 3000 }, (_, index) => ({ id: `j${index}`, at: "2026-11-20T00:00:00Z" })),
  };
  const document = contentsOf([
    reported("x", { ...stuck, recording }, { before: { label: "b", origin: "file", ...configured } }),
  ]);
  const files = await everyFormat(document);
  expect(String(files.html).length).toBeLessThan(1_000_000);
  expect(String(files.html)).toContain("4,800 more addresses are not listed here");
  expect(String(files.html)).toMatch(/\d,\d+ more journals are not listed here/);
  expect(String(files.html)).toMatch(/[\d,]+ older entries are|[\d,]+ more older entries are/);
  if (typeof files.pdf === "string") throw new Error("a PDF is bytes");
  if (readsPdfs) {
    const pdf = readPdf(files.pdf);
    expect(pdf.pages.length).toBeLessThan(100);
    expect(unbroken(pdf.text)).toContain(unbroken("4,800 more addresses are not listed here"));
  }
  expect(readRecordingText(String(files.json), "x").events).toEqual(recording.events);
});
