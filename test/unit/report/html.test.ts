import { XMLParser } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { findingIds } from "../../../electron/contract/checklist.ts";
import { statusWords } from "../../../electron/contract/status.ts";
import { htmlReport } from "../../../electron/report/html.ts";
import type { ReportDocument } from "../../../electron/report/report-document.ts";
import { reportOf, sample } from "./report-case.ts";

const configured = { name: "configured.json", ...(await sample("configured")) };
const stuck = { name: "stuck.json", ...(await sample("stuck-on-dotnet-2")) };

const tagsOf = (html: string) => [...html.matchAll(/<([a-z][a-z0-9]*)/g)].map((match) => match[1]);
const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&lt;\u202e\u0000\u001b[31m`;

/** The same document with a text put in the place of every text that comes from a server or a person. */
function withText(document: ReportDocument, text: string): ReportDocument {
  const servers = document.servers.map((server) => ({
    ...server,
    name: text,
    computer: text,
    windows: text,
    product: text,
    build: text,
    lookedAt: text,
    today: text,
    tools: [text],
    target: server.target.map(({ label }) => ({ label, value: text })),
    steps: server.steps.map((step) => ({
      ...step,
      findings: step.findings.map((finding) => ({
        ...finding,
        title: text,
        actual: text,
        expected: text,
        advice: [text],
        accepted: { reason: text, by: text, until: text },
      })),
    })),
    evidence: server.evidence.map((evidence) => ({ ...evidence, address: text, value: text })),
    sources: [{ title: text, url: text, lookedAt: text }],
    gaps: [{ address: text, reason: text }],
  }));
  return { ...document, version: text, servers };
}

describe("the HTML report", () => {
  test("is one file: no script, no style sheet, picture or font from anywhere", () => {
    const html = htmlReport(reportOf([stuck]));
    const tags = new Set(tagsOf(html));
    for (const tag of ["script", "link", "img", "iframe", "object", "embed", "form", "base"]) {
      expect(tags.has(tag), tag).toBe(false);
    }
    expect(html).not.toMatch(/@import|url\(|\bon[a-z]+=|javascript:/i);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'`);
  });

  test("is well formed, in English, with one title and headings in their order", () => {
    const html = htmlReport(reportOf([stuck, configured]));
    const body = html.slice(html.indexOf("<body>"), html.indexOf("</body>") + 7);
    expect(() => new XMLParser({ unpairedTags: [] }).parse(body, true)).not.toThrow();
    expect(html).toContain('<html lang="en">');
    const levels = [...html.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.reduce((before, level) => {
      expect(level - before).toBeLessThanOrEqual(1);
      return level;
    }, 0);
  });

  test("gives every table a caption and every heading cell its scope", () => {
    const html = htmlReport(reportOf([stuck, configured]));
    const tables = html.match(/<table[^>]*>/g) ?? [];
    expect(tables.length).toBeGreaterThan(10);
    expect(html.match(/<table[^>]*><caption>[^<]+<\/caption>/g)).toHaveLength(tables.length);
    const heads = html.match(/<th[\s>][^>]*>?/g) ?? [];
    for (const head of heads) expect(head).toMatch(/scope="(row|col)"/);
  });

  test("shows each status as a drawing and a word", () => {
    const html = htmlReport(reportOf([stuck]));
    const badges = [
      ...html.matchAll(/<span class="status (\w+)"><svg[^>]*aria-hidden="true"[^>]*>.+?<\/svg>([^<]+)</g),
    ];
    expect(badges.length).toBeGreaterThan(Object.values(findingIds).flat().length);
    for (const [, status, word] of badges) expect(statusWords[status as keyof typeof statusWords]).toBe(word);
    expect(html.match(/class="status /g)).toHaveLength(badges.length);
  });

  test("names every finding, what is wanted, the evidence and the sources", () => {
    const html = htmlReport(reportOf([stuck]));
    for (const id of Object.values(findingIds).flat()) expect(html).toContain(`<code>${id}</code>`);
    expect(html).toContain("mimservice@contoso.com");
    expect(html).toContain("v2.0.50727");
    expect(html).toMatch(/<a href="https:\/\/learn\.microsoft\.com\/[^"]+" rel="noreferrer noopener">/);
  });

  test("shows hostile values as text, wherever they stand", () => {
    const plain = htmlReport(withText(reportOf([stuck, configured]), "plain"));
    const html = htmlReport(withText(reportOf([stuck, configured]), hostile));
    expect(tagsOf(html)).toEqual(tagsOf(plain));
    expect(html).not.toMatch(/<script|<img|onerror='/);
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be in the file
    expect(html).not.toMatch(/[\u0000\u001b\u202e]/);
    expect(html).toContain("\\u{202e}\\u{0}\\u{1b}[31m");
  });

  test("does not link to anything but https", () => {
    for (const url of ["javascript:alert(1)", "http://contoso.com", "file:///c:/x", "no address"]) {
      const document = reportOf([stuck]);
      const servers = document.servers.map((server) => ({
        ...server,
        sources: [{ title: "t", url, lookedAt: "2026-11-23" }],
      }));
      expect(htmlReport({ ...document, servers })).not.toContain("<a ");
    }
  });

  test("cuts a line of a megabyte, with a note", () => {
    const html = htmlReport(withText(reportOf([stuck]), "x".repeat(1_048_576)));
    expect(html.length).toBeLessThan(1_500_000);
    expect(html).toContain("(cut: 1,048,576 characters in all)");
  });

  test("says what was accepted, by whom and until when, and does not list it as left to do", () => {
    const target = {
      ...stuck.target,
      accepted: [
        { finding: "tls.dotnet.v2.32" as const, reason: "No 32-bit program here", by: "Kim", until: "2027-01-01" },
      ],
    };
    const html = htmlReport(reportOf([{ ...stuck, target }]));
    expect(html).toContain("Accepted by Kim until 2027-01-01: No 32-bit program here");
    const next = html.slice(html.indexOf("What to do next"), html.indexOf("<h3>Checklist"));
    expect(next).toContain(".NET Framework 2.x, 64-bit");
    expect(next).not.toContain(".NET Framework 2.x, 32-bit");
  });

  test("says that nothing is left, and that everything could be read", () => {
    const document = reportOf([configured]);
    const servers = document.servers.map((server) => ({
      ...server,
      steps: server.steps.map((step) => ({
        ...step,
        findings: step.findings.map((finding) => ({ ...finding, status: "done" as const })),
      })),
    }));
    const html = htmlReport({ ...document, servers });
    expect(html).toContain("Nothing. Every check is done.");
    expect(html).toContain("Everything asked for could be read.");
  });

  test("says how a server was read, where its recording does", () => {
    const tools = [
      "The registry is read with PowerShell or with reg.exe, because regedit cannot be used: Windows Script Host is missing.",
    ];
    const html = htmlReport(reportOf([{ ...configured, recording: { ...configured.recording, tools } }]));
    expect(html).toContain("How it was read");
    expect(html).toContain(tools[0]);
    expect(htmlReport(reportOf([configured]))).not.toContain("How it was read");
  });
});
