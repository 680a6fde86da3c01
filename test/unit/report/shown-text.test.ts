import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shownText } from "../../../electron/report/shown-text.ts";

describe("a text as it is shown", () => {
  test.each([
    ["plain text stays", "TLS 1.2, größer, 日本, 🙂", "TLS 1.2, größer, 日本, 🙂"],
    ["lines become one", "a\r\nb\nc\rd", "a ⏎ b ⏎ c ⏎ d"],
    ["a tab becomes a blank", "a\tb", "a b"],
    ["terminal commands are written out", "\u001b[31mred\u0007", "\\u{1b}[31mred\\u{7}"],
    ["the reading direction is not turned", "abc\u202egnp.exe", "abc\\u{202e}gnp.exe"],
    ["isolates and marks are written out", "\u2066a\u2069\u200f", "\\u{2066}a\\u{2069}\\u{200f}"],
    ["characters without width are written out", "a\u200bb\ufeff", "a\\u{200b}b\\u{feff}"],
    ["line separators are written out", "a\u2028b\u2029c", "a\\u{2028}b\\u{2029}c"],
    ["half a pair is written out", "a\ud83d", "a\\u{d83d}"],
  ])("%s", (_what, text, shown) => {
    expect(shownText(text)).toBe(shown);
  });

  test("is cut with a note that says how long it was", () => {
    const shown = shownText("x".repeat(1_048_576));
    expect(shown.length).toBeLessThan(2100);
    expect(shown).toMatch(/x… \(cut: 1,048,576 characters in all\)$/);
    expect(shownText("x".repeat(2000))).toBe("x".repeat(2000));
  });

  test("is one line without hidden characters, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3000 }), (text) => {
        expect(shownText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
    );
  });
});
