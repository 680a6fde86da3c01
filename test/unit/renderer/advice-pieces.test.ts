import { expect, test } from "vitest";
import { advicePieces } from "../../../renderer/ui/advice-pieces.ts";

test("a command at the end of an advice stands by itself", () => {
  expect(advicePieces("Read the list first: Get-OrganizationConfig -Retrieve | Format-List EwsEnabled")).toEqual([
    { kind: "words", text: "Read the list first: " },
    { kind: "command", text: "Get-OrganizationConfig -Retrieve | Format-List EwsEnabled" },
  ]);
  expect(advicePieces("msiexec.exe /I{0} /lvxi*! log.txt")).toEqual([
    { kind: "command", text: "msiexec.exe /I{0} /lvxi*! log.txt" },
  ]);
});

test("words that only look like a command stay words", () => {
  for (const advice of [
    "Plan now what follows: an SMTP relay, or no mail.",
    "Set both values to 1 (REG_DWORD).",
    "None: no mail.",
  ]) {
    expect(advicePieces(advice)).toEqual([{ kind: "words", text: advice }]);
  }
});

test("a name between grave accents is set apart in its sentence", () => {
  expect(advicePieces("Set `Enabled` to 1.")).toEqual([
    { kind: "words", text: "Set " },
    { kind: "name", text: "Enabled" },
    { kind: "words", text: " to 1." },
  ]);
});

test("nothing of an advice is lost", () => {
  const advice = "Keep every ID and add this one: Set-OrganizationConfig -EwsEnabled $true";
  expect(
    advicePieces(advice)
      .map((piece) => piece.text)
      .join(""),
  ).toBe(advice);
});
