import { expect, test } from "vitest";
import { entriesFor, type PaletteEntry } from "../../../renderer/app/palette-entries.ts";

const entry = (label: string, kind: string, atFirst = true): PaletteEntry => ({
  ...{ id: `${kind} ${label}`, label, kind, atFirst },
  run: () => {},
});
const entries = [
  entry("Verify", "Go to"),
  entry("Check again", "Command"),
  entry("FIPS policy", "Server · Attention", false),
  entry("TLS 1.2 server", "TLS · Done", false),
  entry("Server", "Go to"),
];
const labels = (typed: string): string[] => entriesFor(entries, typed).map(({ label }) => label);

test("before a word is typed, screens and commands are there; findings are found by their words", () => {
  expect(labels("  ")).toEqual(["Verify", "Check again", "Server"]);
  expect(labels("policy fips")).toEqual(["FIPS policy"]);
  expect(labels("nothing like it")).toEqual([]);
});

test("what begins with what was typed comes first, whatever its case", () => {
  expect(labels("server")).toEqual(["Server", "FIPS policy", "TLS 1.2 server"]);
  expect(labels("ATTENTION")).toEqual(["FIPS policy"]);
});
