import { describe, expect, test } from "vitest";
import { csvText } from "../../../electron/report/csv-text.ts";
import { jsonText } from "../../../electron/report/json-text.ts";
import { readCsv } from "./csv-reading.ts";

describe("JSON that a terminal may show", () => {
  const hostile = "a\u009b31m\u202egpj.exe\u200f\u2066x\u0000\u007f\ufeff\u2028\u{e0001}\ud800\tb";

  test("holds no character that is obeyed or turns anything, and the same value", () => {
    const text = jsonText({ [hostile]: [hostile, 1, null], plain: "ä € 日本" });
    expect(text).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be in the text
    expect(text.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    expect(JSON.parse(text)).toEqual({ [hostile]: [hostile, 1, null], plain: "ä € 日本" });
    expect(text).toContain("ä € 日本");
  });
});

test.each(["=", "+", "-", "@", "＝", "＋", "－", "＠"])(
  "no cell begins a formula with %s, after a semicolon either",
  (sign) => {
    const [, row = []] = readCsv(csvText(["a", "b", "c"], [[`${sign}cmd|x`, `x;${sign}cmd|x`, `x; "${sign}cmd`]]));
    expect(row[0]).toBe(`'${sign}cmd|x`);
    expect(row[1]).toBe(`x;'${sign}cmd|x`);
    expect(row[2]).toBe(`x;' "${sign}cmd`);
  },
);
