import { expect, test } from "vitest";
import { plainReason } from "../../../electron/recording/plain-reason.ts";
import { readRecordingText } from "../../../electron/recording/read-recording.ts";
import { goodServer } from "../checklist/server-case.ts";

const said = "Some or all identity references could not be translated.";
const german = "Manche oder alle Identit\u00e4tsverweise konnten nicht \u00fcbersetzt werden.";
const french = "Impossible de traduire certaines ou toutes les r\u00e9f\u00e9rences d'identit\u00e9.";
const wrapped = `Exception calling "Translate" with "1" argument(s): "${said}"`;

test.each([
  [wrapped, said],
  [`Exception calling "Invoke" with "2" argument(s): "${wrapped}"`, said],
  [`Ausnahme beim Aufrufen von "Translate" mit 1 Argument(en):  "${german}"`, german],
  [
    `Exception lors de l'appel de \u00ab\u00a0Translate\u00a0\u00bb avec \u00ab\u00a01\u00a0\u00bb argument(s)\u00a0: \u00ab\u00a0${french}\u00a0\u00bb`,
    french,
  ],
  [
    `"1" \u500b\u306e\u5f15\u6570\u3092\u6307\u5b9a\u3057\u3066 "Translate" \u3092\u547c\u3073\u51fa\u3057\u4e2d\u306b\u4f8b\u5916\u304c\u767a\u751f\u3057\u307e\u3057\u305f: "${said}"`,
    said,
  ],
  // Cut at 300 characters, it has lost its last quote.
  [wrapped.slice(0, -1), said],
])("what failed itself says is left of: %s", (reason, plain) => {
  expect(plainReason(reason)).toBe(plain);
});

test.each([
  "access denied",
  "the account's hive is not loaded",
  'Cannot open "FIMService": "Access is denied"',
  "event log Application: The RPC server is unavailable. (0x800706BA)",
  "it is there; its version was not read: PowerShell ended with 1 and said: x",
  'Exception calling "Translate" with "1" argument(s): ""',
])("another reason stays as it is: %s", (reason) => {
  expect(plainReason(reason)).toBe(reason);
});

test("a recording made before is read so", () => {
  const account = { state: "unreadable", reason: wrapped };
  const recording = { ...goodServer(), accounts: { "CONTOSO\\svcMIMService": account } };
  const read = readRecordingText(JSON.stringify(recording), "x.json");
  expect(read.accounts["CONTOSO\\svcMIMService"]).toEqual({ state: "unreadable", reason: said });
});
