import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { findingIds, stepTitles } from "../../../electron/contract/checklist.ts";
import { pdfReport } from "../../../electron/report/pdf.ts";
import { pdfRuns, pdfText } from "../../../electron/report/pdf-text.ts";
import { readPdf, readsPdfs, unbroken } from "./pdf-reading.ts";
import { contentsOf, picture, reported, sample } from "./report-case.ts";

const configured = await sample("configured");
const stuck = await sample("stuck-on-dotnet-2");
const old = await sample("old-build");

/** What pdfmake itself reads fonts with; it has no types. */
const { create } = createRequire(import.meta.url)("fontkit") as {
  readonly create: (font: Uint8Array) => { readonly characterSet: readonly number[] };
};

if (readsPdfs) {
  describe("the PDF report", () => {
    test("names its title, its language and its pages", async () => {
      const pdf = await pdfReport(contentsOf([reported("stuck.json", stuck)]));
      const { facts, pages } = readPdf(pdf);
      expect(facts).toMatchObject({
        Title: "MIM mail configuration report: MIM02",
        JavaScript: "no",
        Encrypted: "no",
        Pages: String(pages.length),
      });
      expect(Buffer.from(pdf).toString("latin1")).toMatch(/\/Lang \(en\)/);
      expect(pages.length).toBeGreaterThan(3);
      for (const [index, page] of pages.entries()) expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    });

    test("has bookmarks for each server, its parts and its steps", async () => {
      const document = contentsOf([reported("stuck.json", stuck), reported("configured.json", configured)]);
      const { bookmarks } = readPdf(await pdfReport(document));
      const parts = [
        "What is wanted",
        "What to do next",
        "Checklist",
        "Changes",
        "Installer runs",
        "Timeline",
        "Evidence",
      ];
      for (const name of ["MIM01", "MIM02"]) expect(bookmarks.filter((title) => title === name)).toHaveLength(1);
      for (const name of [...parts, ...Object.values(stepTitles)]) {
        expect({ name, count: bookmarks.filter((title) => title === name).length }).toEqual({ name, count: 2 });
      }
      expect(bookmarks).toContain("Differences");
      expect(bookmarks.at(-1)).toBe("About this report");
    });

    test("tells every finding, and each status by its word", async () => {
      const { text } = readPdf(await pdfReport(contentsOf([reported("stuck.json", stuck)])));
      const whole = unbroken(text);
      for (const id of Object.values(findingIds).flat()) expect(whole).toContain(id);
      for (const word of ["× To change", "√ Done", "○ Waiting for you", "! Attention", "– Not applicable"]) {
        expect(text).toContain(word);
      }
    });

    test("repeats the heading and the head of a table that goes over a page", async () => {
      const gaps = Object.fromEntries(
        Array.from({ length: 120 }, (_, index) => [
          `HKLM\\SOFTWARE\\Key${index}`,
          { state: "unreadable" as const, reason: "access denied" },
        ]),
      );
      const recording = { ...stuck.recording, registry: { ...stuck.recording.registry, ...gaps } };
      const { pages } = readPdf(await pdfReport(contentsOf([reported("x", { ...stuck, recording })])));
      const over = pages.filter((page) => page.includes("access denied") && page.includes("SOFTWARE\\Key"));
      expect(over.length).toBeGreaterThan(1);
      for (const page of over) expect(page).toMatch(/What could not be read[\s\S]*Address\s+Reason/);
    });

    test("shows before and after, changes, pictures and the trace", async () => {
      const document = contentsOf([
        reported("practice", configured, {
          before: { label: "before.json", origin: "file", ...stuck },
          journals: [
            {
              id: "2026-11-23T10-00-00Z-001",
              kind: "apply",
              of: null,
              at: "2026-11-23T10:00:00Z",
              state: "applied",
              reason: null,
              changes: [{ address: "HKLM\\X\\Enabled", from: "absent", to: { type: "REG_DWORD", data: 1 } }],
            },
          ],
          pictures: { pictures: [picture()], leftOut: 0 },
        }),
      ]);
      const pdf = await pdfReport(document);
      const { text, bookmarks } = readPdf(pdf);
      expect(text).toMatch(/Before: before\.json, 2026-11-23 10:00 UTC, To change/);
      expect(text).toMatch(/\d+ fixed/);
      expect(text).toContain("2026-11-23T10-00-00Z-001");
      expect(text).toMatch(/HKLM\\X\\Enabled\s+absent\s+1/);
      expect(text).toContain("Configure mail server connection. Added 2026-11-23 11:00 UTC, parts of it blacked out.");
      expect(bookmarks).toEqual(expect.arrayContaining(["Before and after", "Pictures of the installer"]));
      expect(Buffer.from(pdf).toString("latin1")).toContain("/Subtype /Image");
    });

    test("leaves a picture out that it cannot hold, and says so", async () => {
      const broken = picture({ base64: Buffer.from("no picture").toString("base64") });
      const pictures = { pictures: [broken], leftOut: 0 };
      const { text } = readPdf(await pdfReport(contentsOf([reported("practice", configured, { pictures })])));
      expect(text).toContain("The pictures could not be put into this PDF");
    });

    test("fetches nothing and reads no file, whatever stands in it", async () => {
      const { printPdf } = await import("../../../electron/report/pdf-printer.ts");
      for (const image of [
        "https://contoso.example/a.png",
        "http://127.0.0.1/a.png",
        "/etc/hostname",
        "file:///etc/x",
      ]) {
        await expect(printPdf({ content: [{ image }], defaultStyle: { font: "Roboto" } })).rejects.toThrow();
      }
    });

    test("tells of a farm what differs, by computer", async () => {
      const servers = [reported("a.json", stuck), reported("b.json", configured), reported("c.json", old)];
      const { text } = readPdf(await pdfReport(contentsOf(servers)));
      const differences = text.slice(text.indexOf("Differences"), text.indexOf("What is wanted"));
      for (const name of ["MIM01", "MIM02", "MIM-OLD"]) expect(differences).toContain(name);
      expect(unbroken(differences)).toContain("SchUseStrongCryptonotset");
    });
  });
}

describe("a text of the PDF", () => {
  test("holds only characters its font has", () => {
    const folder = dirname(createRequire(import.meta.url).resolve("pdfmake/package.json"));
    const has = ["Regular", "Medium"].map((name) => {
      const font = create(readFileSync(join(folder, "fonts", "Roboto", `Roboto-${name}.ttf`)));
      return new Set(font.characterSet);
    });
    const missing: string[] = [];
    for (let code = 0x20; code < 0x10000; code += 1) {
      for (const character of pdfText(String.fromCharCode(code))) {
        if (!has.every((set) => set.has(character.codePointAt(0) ?? 0))) missing.push(code.toString(16));
      }
    }
    expect(missing).toEqual([]);
    for (const sign of "×?○!√–") expect(pdfText(sign)).toBe(sign);
  });

  test("writes out what the font has not, and keeps what it has", () => {
    expect(pdfText("größer → 日 🙂\nŻółw Ёж")).toBe("größer > \\u{65e5} \\u{1f642} ¶ Żółw Ёж");
  });

  test("may break behind a backslash, and anywhere only in what no column holds", () => {
    const shown = (text: string, longest: number) => {
      const runs = pdfRuns(text, longest);
      return (typeof runs === "string" ? [runs] : runs).map((run) => (typeof run === "string" ? run : [run.text]));
    };
    expect(shown("short words stay", 9)).toEqual(["short words stay"]);
    expect(shown("HKLM\\SYSTEM\\Control", 9)).toEqual(["", "HKLM", ["\\S"], "YSTEM", ["\\C"], "ontrol", ""]);
    expect(shown("a abcdefghijkl b", 9)).toEqual(["a ", ["abcdefghijkl"], " b"]);
    for (const text of ["HKLM\\SYSTEM\\Control", "\\\\\\\\a-b-c-d-e-f-g", "x".repeat(500), "a/b\\c".repeat(99)]) {
      expect(shown(text, 9).flat().join("")).toBe(text);
    }
  });
});
