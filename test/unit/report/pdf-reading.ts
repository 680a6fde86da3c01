import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What poppler reads of a PDF: its text page by page, its bookmarks, and its facts by label. */
export interface PdfReading {
  readonly pages: readonly string[];
  readonly text: string;
  readonly bookmarks: readonly string[];
  readonly facts: Readonly<Record<string, string>>;
}

/** Poppler is not made for Windows; what a PDF holds does not depend on the system, so it is read on the others. */
export const readsPdfs = process.platform !== "win32";

function poppler(program: string, argv: readonly string[]): string {
  const run = spawnSync(program, argv, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (run.error) throw new Error(`${program} is missing: install poppler-utils (${run.error.message})`);
  if (run.status !== 0) throw new Error(`${program} failed: ${run.stderr}`);
  return run.stdout;
}

/** Reads a PDF with the programs of poppler-utils. */
export function readPdf(pdf: Uint8Array): PdfReading {
  const folder = mkdtempSync(join(tmpdir(), "mim-mail-pdf-"));
  try {
    const file = join(folder, "report.pdf");
    writeFileSync(file, pdf);
    const pages = poppler("pdftotext", ["-layout", "-enc", "UTF-8", file, "-"]).split("\f").slice(0, -1);
    // The outline comes with pdftohtml's XML, which no other program of poppler prints.
    const xml = poppler("pdftohtml", ["-xml", "-i", "-stdout", file]);
    const bookmarks = [...xml.matchAll(/<item page="\d+">([^<]*)<\/item>/g)].map(([, title = ""]) => plain(title));
    const facts = Object.fromEntries(
      poppler("pdfinfo", [file])
        .split("\n")
        .flatMap((line) => {
          const parts = /^([^:]+):\s+(.*)$/.exec(line);
          return parts === null ? [] : [[parts[1] ?? "", parts[2] ?? ""]];
        }),
    );
    return { pages, text: pages.join("\n"), bookmarks, facts };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function plain(text: string): string {
  return text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");
}

/** A text without any blank, for words that a column has broken. */
export function unbroken(text: string): string {
  return text.replace(/\s+/g, "");
}
