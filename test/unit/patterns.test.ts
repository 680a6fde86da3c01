import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAst } from "rolldown/parseAst";
import { describe, expect, test } from "vitest";
import { smtpAddress } from "../../electron/facts/exchange-commands.ts";
import { extraPageNamed } from "../../electron/installer/extra-pages.ts";
import { unquoted } from "../../electron/installer/log-secrets.ts";
import { withoutEndBackslashes } from "../../electron/recording/address-form.ts";
import { compareRecordings } from "../../electron/recording/compare.ts";
import { plainReason } from "../../electron/recording/plain-reason.ts";
import { readRecordingText } from "../../electron/recording/read-recording.ts";
import type { Recording } from "../../electron/recording/recording.ts";
import { scrubs, scrubText } from "../../electron/recording/redact.ts";
import { noSecret, scrubXml } from "../../electron/recording/scrub-xml.ts";
import { seenIn } from "../../electron/recording/seen.ts";
import { createMask } from "../../electron/report/mask-names.ts";
import { commandLineArgument } from "../../electron/server/live/elevation.ts";
import { absent, goodServer } from "./checklist/server-case.ts";

/** A regular expression as it stands in the code. */
interface Pattern {
  readonly at: string;
  readonly source: string;
  readonly flags: string;
}

const rooms = join(import.meta.dirname, "..", "..", "electron");

/** Every regular expression that is written down in the trusted code. */
function patternsIn(folder: string): Pattern[] {
  const patterns: Pattern[] = [];
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts")) continue;
    const code = readFileSync(join(folder, name), "utf8");
    const visit = (node: unknown): void => {
      if (typeof node !== "object" || node === null) return;
      const { type, regex, start } = node as Record<string, unknown>;
      if (type === "Literal" && typeof regex === "object" && regex !== null) {
        const { pattern, flags } = regex as { pattern: string; flags: string };
        const line = code.slice(0, Number(start)).split("\n").length;
        patterns.push({ at: `${name.replaceAll("\\", "/")}:${line}`, source: pattern, flags });
        return;
      }
      for (const child of Object.values(node)) visit(child);
    };
    visit(parseAst(code, { lang: "ts" }));
  }
  return patterns;
}

/** What is repeated to make a pattern work in vain, beside what stands in the pattern itself. */
const pieces: readonly string[] = [
  ...` \\aA0-."'<>@=:;,_\t\n\r/()[]{}%&#$!*+|~•é`,
  ...["a.", "a-", "0.", "0-", "a ", "a@", "a\\", "<a", "eyJ", "\r\n", "S-1-5-21-1-1-1"],
];
/** What stands behind, so that what was taken is given back. */
const ends: readonly string[] = ["", "\u0000", "\u2028", "a"];

/** The words of a pattern, and a text that is more or less what it looks for. */
function wordsOf(source: string): string[] {
  const words = source.match(/[\p{L}\p{N} =<>"'&:;-]{2,}/gu) ?? [];
  const text = source
    .replace(/\(\?<?[=!][^()]*\)|\(\?:|\(\?<\w+>|\{[\d,]+\}|\\[bB]/g, "")
    .replace(/\[\^[^\]]*\]|\\[wSD]|\\p\{\w+\}/g, "x")
    .replace(/\[([^\\\]])[^\]]*\]/g, "$1")
    .replace(/\\s/g, " ")
    .replace(/\\d/g, "0")
    .replace(/(?<!\\)[()?*+^$]/g, "")
    .replace(/\\(.)/g, "$1");
  const witnesses = text.split("|").map((one) => one.slice(0, 60));
  return [...new Set([...words, ...witnesses, ...witnesses.map((one) => one.slice(0, -1))])].filter(
    (one) => one !== "",
  );
}

function filled(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / piece.length));
}

/** Milliseconds this process has computed: time in which a busy machine let it wait does not count. */
function computed(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds of the quickest of several runs: what else the process does makes a run slower, never faster. */
function quickest(work: () => unknown, runs: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run += 1) {
    const start = computed();
    work();
    best = Math.min(best, computed() - start);
  }
  return best;
}

/** Below this a time has no ratio worth the name. */
const measurable = 20;
const longest = 1_000_000;
const doublings = 3;

/**
 * How many times longer twice the text takes, from texts long enough to be measured; 1 for what never takes long. Taken
 * from eight times the text, so that a busy machine does not make two of four.
 */
function growth(work: (length: number) => () => unknown, from: number): number {
  for (let length = from; length <= longest; length *= 2) {
    const once = work(length);
    let least = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < 5 && least >= 3; attempt += 1) {
      const time = quickest(once, 5);
      // Too short to be measured, or only the first time long.
      if (time < measurable) break;
      least = Math.min(least, (quickest(work(length * 2 ** doublings), 2) / time) ** (1 / doublings));
    }
    if (least !== Number.POSITIVE_INFINITY) return least;
  }
  return 1;
}

function search({ source, flags }: Pick<Pattern, "source" | "flags">, text: string): () => unknown {
  const pattern = new RegExp(source, flags);
  return pattern.global ? () => text.replace(pattern, "") : () => pattern.exec(text);
}

describe("no pattern takes more than its share of time for a long text from outside", () => {
  const patterns = patternsIn(rooms);

  test("all of them are looked at", () => {
    expect(patterns.length).toBeGreaterThan(300);
  });

  test("twice the text takes twice the time", { timeout: 300_000 }, () => {
    const first = 6000;
    const slow: string[] = [];
    for (const pattern of patterns) {
      const own = wordsOf(pattern.source);
      const isSlow = ["", "<", ...own.slice(0, 3)].some((before) =>
        [...pieces, ...own].some((piece) =>
          ends.some((end) => {
            const text = (length: number): string => before + filled(piece, length) + end;
            const whole = text(first);
            // Most take no time at all: only what is slow already is measured.
            if (quickest(search(pattern, whole), 1) < 4 || quickest(search(pattern, whole), 3) < 4) return false;
            return growth((length) => search(pattern, text(length)), first) >= 3;
          }),
        ),
      );
      if (isSlow) slow.push(`${pattern.at} /${pattern.source}/${pattern.flags}`);
    }
    expect(slow).toEqual([]);
  });

  /** What begins like a secret and is none, for the patterns that are put together from several. */
  const nearSecrets: readonly string[] = [
    ...[`password="`, "password=", "password='x", `key="secret`, "<secret ", "<a secret=", "value='x' key="],
    ...["eyJabcdefgh.", "bearer ", "Q~", "a8Q~", "AQAAANC", "&amp;", "token", "secret secret=", "\\\\\\\\"],
    ...[
      "password&quot;",
      "<value>",
      " ",
      `password\\\\\\"`,
      `name="`,
      "=".repeat(20),
      "x".repeat(50),
      "8Q~".repeat(12),
    ],
  ];
  test.each(scrubs.map(([pattern], place) => [place, pattern] as const))("scrubbing pattern %i", (_place, pattern) => {
    for (const piece of nearSecrets) {
      const work = (length: number) => search(pattern, filled(piece, length));
      if (quickest(work(20_000), 1) < 4) continue;
      expect(growth(work, 20_000), `${pattern.source.slice(0, 40)} over ${piece}`).toBeLessThan(3);
    }
  });

  /** What is done with a text or a list from outside, and the worst that may come, of the length asked for. */
  const works: readonly (readonly [string, (length: number) => () => unknown])[] = [
    ["an address", (length) => over(filled("\\", length), (text) => withoutEndBackslashes(`${text}a`))],
    ["a key", (length) => over(filled("\\", length), (text) => seenIn(goodServer()).key(`${text}a`))],
    [
      "comparing long keys",
      (length) =>
        over({ ...goodServer(), registry: { [`${filled("\\", length)}a`]: absent } }, (recording) =>
          compareRecordings(recording, goodServer()),
        ),
    ],
    [
      "comparing many keys",
      (length) => over(manyKeys(length / 50), (recording) => compareRecordings(recording, goodServer())),
    ],
    ["an argument of backslashes", (length) => over(filled("\\", length), (text) => commandLineArgument(`${text} a`))],
    ["a reason", (length) => over(`${filled('"a" 1 ', length)}: "${filled('"', length)}`, (text) => plainReason(text))],
    ["a quoted text", (length) => over(filled('"', length), (text) => unquoted(`${text}a${text}a`))],
    ["an SMTP address", (length) => over(filled("@", length), smtpAddress)],
    ["a dialog's name", (length) => over(filled("pam", length), extraPageNamed)],
    ["a value that is no secret", (length) => over(filled(" ", length), (text) => noSecret.test(`${text}a`))],
    ["a text that is scrubbed", (length) => over(filled('password="', length), scrubText)],
    [
      "a configuration",
      (length) => over(`<a>${filled('<add key="a" value="b"/>', length)}</a>`, (xml) => scrubXml(xml, scrubText)),
    ],
    [
      "a recording that is read",
      (length) => over(JSON.stringify(manyKeys(length / 50)), (text) => readRecordingText(text, "a.json")),
    ],
    [
      "names that are masked",
      (length) =>
        over(manyKeys(length / 50), (recording) =>
          createMask({ recordings: [recording], targets: [] }).recording(recording),
        ),
    ],
    [
      "many names in a long text",
      (length) =>
        over(manyAccounts(length / 100), (recording) =>
          createMask({ recordings: [recording], targets: [] }).recording(recording),
        ),
    ],
  ];

  test.each(works)("%s", (_what, work) => {
    expect(growth(work, 6000)).toBeLessThan(3);
  });
});

function over<Given>(given: Given, work: (given: Given) => unknown): () => unknown {
  return () => work(given);
}

/** A server with as many more keys, each with its own name. */
function manyKeys(count: number): Recording {
  const server = goodServer();
  for (let number = 0; number < count; number += 1) {
    server.registry[`HKLM\\SOFTWARE\\Own\\${number}`] = {
      state: "present",
      values: { a: { type: "REG_SZ", data: "b" } },
    };
  }
  return server;
}

/** A server with as many accounts, which one event names all. */
function manyAccounts(count: number): Recording {
  const server = goodServer();
  const names = [...Array(Math.ceil(count)).keys()].map((number) => `svc-${number}`);
  for (const name of names) server.accounts[`CONTOSO\\${name}`] = absent;
  const item = { log: "Application", provider: "MIM", id: 3, at: "2026-11-22T09:10:00Z", text: names.join(" ") };
  return { ...server, events: { state: "present", items: [item] } };
}
