import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { helpPage, writeHelp } from "../../../build/help.mjs";
import { stepTitles } from "../../../electron/contract/checklist.ts";

describe("the user guide as a page", () => {
  test("has a section of each step at the step's id, and its pictures beside it", () => {
    const folder = mkdtempSync(join(tmpdir(), "mim-mail-help-"));
    try {
      writeHelp(folder, stepTitles);
      const html = readFileSync(join(folder, "help.html"), "utf8");
      for (const [id, title] of Object.entries(stepTitles)) {
        expect(html, title).toContain(`<h2 id="${id}">${title}</h2>`);
      }
      const pictures = [...html.matchAll(/<img src="([^"]+)" alt="([^"]+)">/g)];
      for (const [, source = ""] of pictures) expect(existsSync(join(folder, source)), source).toBe(true);
      expect(html.match(/<img /g) ?? []).toHaveLength(pictures.length);
      // Every place that is linked to is there.
      for (const [, place] of html.matchAll(/href="#([^"]*)"/g)) expect(html).toContain(`id="${place}"`);
      expect(html).toContain(`content="default-src 'none'; img-src 'self'`);
      expect(html).not.toMatch(/<script|javascript:|http:\/\//);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  const page = (/** @type {string} */ markdown) => helpPage(markdown, { tls: "TLS and strong cryptography" }).html;

  test("shows HTML in the guide as text", () => {
    const html = page('# A\n\n<script>alert(1)</script>\n\nand <img src=x onerror="alert(1)"> within\n');
    expect(html).not.toMatch(/<script|<img/);
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  test("leads to its own sections, by the names they have on GitHub, and to https alone", () => {
    const html = page(
      "# A\n\n[there](#tls-and-strong-cryptography) [out](https://learn.microsoft.com/) [file](testing.md) [no](javascript:alert(1))\n\n## TLS and strong cryptography\n",
    );
    expect(html).toContain('<a href="#tls">there</a>');
    expect(html).toContain('<a href="https://learn.microsoft.com/" target="_blank" rel="noopener noreferrer">out</a>');
    expect(html).toContain(" file no");
  });

  test("lists its sections after what it begins with", () => {
    const html = page("# Guide\n\nFirst words.\n\n## TLS and strong cryptography\n\n## Before & after\n");
    expect(html).toMatch(/First words\.<\/p>\s*<nav aria-label="Contents">/);
    expect(html).toContain('<li><a href="#tls">TLS and strong cryptography</a></li>');
    expect(html).toContain('<li><a href="#before--after">Before &amp; after</a></li>');
  });

  test.each(["https://example.com/a.png", "/etc/a.png", "../a.png", "data:image/png;base64,AA"])(
    "takes no picture from %s",
    (address) => {
      expect(() => page(`# A\n\n![a](${address})\n`)).toThrow("a picture from elsewhere");
    },
  );
});
