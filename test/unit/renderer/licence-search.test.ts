import { expect, test } from "vitest";
import { licencesWith } from "../../../renderer/about/licence-search.ts";

const licences = [
  { name: "@fluentui/react-components", version: "9.74.0", licence: "MIT", text: "…" },
  { name: "regedit", version: "5.1.4", licence: "MIT", text: "…" },
  { name: "pdfmake", version: "0.3.11", licence: "Apache-2.0", text: "…" },
];
const names = (typed: string): string[] => licencesWith(licences, typed).map(({ name }) => name);

test("packages are found by every word of their name or licence, in any case", () => {
  expect(names("MIT")).toEqual(["@fluentui/react-components", "regedit"]);
  expect(names("mit React")).toEqual(["@fluentui/react-components"]);
  expect(names("  ")).toHaveLength(3);
  expect(names("gpl")).toEqual([]);
});
