import { expect, test } from "vitest";
import { tableText } from "../../../renderer/ui/table-text.ts";

test("a table is copied a row a line, its cells parted by tabs that no cell holds", () => {
  expect(
    tableText(
      ["Value", "From"],
      [
        ["HKLM\\A\\b", "1"],
        ["two\tlines\nhere", ""],
      ],
    ),
  ).toBe("Value\tFrom\nHKLM\\A\\b\t1\ntwo lines here\t");
});
