import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LogReader } from "../../../electron/installer/log-reader.ts";
import type { LogReading } from "../../../electron/installer/log-reading.ts";
import { maskLine, searchable } from "../../../electron/installer/log-secrets.ts";
import { readBytes } from "../../unit/installer/logs.ts";

const numRuns = Number(process.env["MIM_MAIL_RUNS"] ?? (process.env["CI"] ? 1_000 : 300));
const seed = Number(process.env["MIM_MAIL_SEED"] ?? Math.floor(Math.random() * 0x7fff_ffff));
console.info(`installer: ${numRuns} runs (MIM_MAIL_RUNS), seed ${seed} (MIM_MAIL_SEED)`);
const settings = { numRuns, seed };

/** Text that no pattern of a log contains by chance: a secret that is found again was not masked. */
const secret = fc.stringMatching(/^[#%&+]{1,3}[A-Za-z0-9 ]{0,8}[#%&+ä]{3,6}$/);
const word = fc.constantFrom("SERVICE_ACCOUNT", "clientSecret", "DB_PWD", "a", "MAIL_SERVER", "it's", '"', "token", "");

/** A line of a log that may hold the secret; what holds it without a name holds it as a typed value. */
function lineWith(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const engine = (rest: fc.Arbitrary<string>) => rest.map((told) => `MSI (s) (88:1C) [10:00:00:123]: ${told}`);
  return fc.oneof(
    text.map((value) => `Property(S): SERVICE_ACCOUNT_PASSWORD = ${value}`),
    engine(text.map((value) => `PROPERTY CHANGE: Adding CLIENT_SECRET property. Its value is '${value}'.`)),
    engine(
      fc
        .tuple(text, text)
        .map(
          ([one, other]) =>
            `PROPERTY CHANGE: Modifying DB_PWD property. Its current value is '${one}'. Its new value: '${other}'.`,
        ),
    ),
    engine(fc.tuple(word, text).map(([name, value]) => `Command Line: A=1 ${name}="${value}" PASSWORD=${value} B=2`)),
    engine(text.map((value) => `Executing op: RegAddValue(Name=ServicePassword,Value=${value},)`)),
    fc.tuple(word, text, word).map((parts) => parts.join(" ")),
    fc.tuple(word, fc.constantFrom("=", " = ", ": ", '="', "',Value="), text).map((parts) => parts.join("")),
    fc.constantFrom(
      "Action start 10:00:00: INSTALL.",
      "Action 10:00:01: WelcomeDlg. Dialog created",
      "Action ended 10:00:02: INSTALL. Return value 3.",
      "MSI (c) (A4:10) [10:00:00:123]: MainEngineThread is returning 1603",
      "=== Verbose logging started: 11/23/2026  10:00:00 ===",
      "Property(C): ProductName = MIM",
      "",
    ),
    fc.string({ unit: "binary" }).map((any) => any.replace(/[\r\n\0]/g, "")),
  );
}

const encodings = ["utf16le", "utf8", "latin1"] as const;

/** A log's bytes. One byte a character holds no byte-order mark, and none of the letters it has no byte for. */
function encoded(text: string, encoding: (typeof encodings)[number], hasMark = true): Buffer {
  if (encoding === "latin1") return Buffer.from(text.replace(/[\u00ff-\uffff]/g, "?"), "latin1");
  return Buffer.from(hasMark ? `\ufeff${text}` : text, encoding);
}

const log = fc
  .tuple(
    fc.array(lineWith(secret), { maxLength: 30 }),
    fc.constantFrom("\r\n", "\n"),
    fc.constantFrom(...encodings),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([lines, lineEnd, encoding, hasMark, endsWhole]) => {
    const text = lines.join(lineEnd) + (endsWhole ? lineEnd : "");
    return { text, bytes: encoded(text, encoding, hasMark) };
  });

const feeds = (bytes: Buffer, wide: boolean): number => {
  let count = 0;
  for (let index = 0; index < bytes.length; index += wide ? 2 : 1) {
    if (bytes[index] === 0x0a && (!wide || bytes[index + 1] === 0)) count += 1;
  }
  return count;
};

describe("the log reader", () => {
  test("says the same however the bytes come", () => {
    fc.assert(
      fc.property(log, fc.integer({ min: 1, max: 200 }), fc.array(secret, { maxLength: 3 }), (given, size, typed) => {
        const whole = readBytes(given.bytes, { typed });
        const pieces = readBytes(given.bytes, { typed }, size);
        expect(pieces.reading).toEqual(whole.reading);
        expect(pieces.clean.equals(whole.clean)).toBe(true);
      }),
      settings,
    );
  });

  test("never throws, whatever the bytes are", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 5000 }),
        fc.constantFrom(Buffer.alloc(0), Buffer.of(0xff, 0xfe), Buffer.of(0xef, 0xbb, 0xbf), Buffer.of(0xfe, 0xff)),
        fc.array(fc.string()),
        (bytes, mark, typed) => {
          const { reading } = readBytes(Buffer.concat([mark, bytes]), { typed }, 997);
          expect(reading.bytes).toBe(mark.length + bytes.length);
        },
      ),
      settings,
    );
  });

  test("reads on after every piece of a log: each reading is of the lines that were whole by then", () => {
    fc.assert(
      fc.property(log, fc.integer({ min: 1, max: 300 }), ({ bytes }, size) => {
        const reader = new LogReader();
        let lines = 0;
        for (let from = 0; from < bytes.length; from += size) {
          reader.push(bytes.subarray(from, from + size));
          const reading = reader.reading();
          expect(reading.lines).toBeGreaterThanOrEqual(lines);
          lines = reading.lines;
        }
        reader.end();
        expect(reader.reading().lines - lines).toBeLessThanOrEqual(bytes.length > 64 ? 1 : 64);
      }),
      settings,
    );
  });
});

describe("the clean copy", () => {
  test("has as many lines as the log, in its encoding", () => {
    fc.assert(
      fc.property(log, fc.array(secret, { maxLength: 2 }), ({ bytes }, typed) => {
        const { clean, reading } = readBytes(bytes, { typed });
        const wide = reading.encoding === "UTF-16LE";
        expect(feeds(clean, wide)).toBe(feeds(bytes, wide));
        const again = readBytes(clean, { typed }).reading;
        expect({ wide: again.encoding === "UTF-16LE", lines: again.lines }).toEqual({ wide, lines: reading.lines });
      }),
      settings,
    );
  });

  test("holds none of the values typed this time", () => {
    const given = secret.chain((value) =>
      fc.record({
        value: fc.constant(value),
        lines: fc.array(lineWith(fc.constant(value)), { minLength: 1, maxLength: 20 }),
        encoding: fc.constantFrom(...encodings),
        size: fc.integer({ min: 1, max: 100 }),
      }),
    );
    fc.assert(
      fc.property(given, ({ value, lines, encoding, size }) => {
        const bytes = encoded(`${lines.join("\r\n")}\r\n`, encoding);
        const { clean, reading } = readBytes(bytes, { typed: [value] }, size);
        expect(searchable([value])).toEqual([value]);
        expect(clean.toString(encoding)).not.toContain(value);
        const shown = JSON.stringify({ ...reading, properties: [...reading.properties] });
        expect(shown).not.toContain(JSON.stringify(value).slice(1, -1));
      }),
      settings,
    );
  });

  test("holds none of the values that stand behind a secret's name, typed or not", () => {
    fc.assert(
      fc.property(secret, (value) => {
        const lines = [
          `Property(S): SERVICE_ACCOUNT_PASSWORD = ${value}`,
          `MSI (c) (A4:10) [10:00:00:123]: PROPERTY CHANGE: Adding X_SECRET property. Its value is '${value}'.`,
          `MSI (s) (88:1C) [10:00:00:123]: Command Line: CLIENT_SECRET="${value}" B=2`,
          `MSI (s) (88:1C) [10:00:00:123]: Executing op: RegAddValue(Name=ServicePassword,Value=${value},)`,
        ];
        const { clean, reading } = readBytes(Buffer.from(`${lines.join("\n")}\n`));
        expect(clean.toString()).not.toContain(value);
        expect(reading.secretCount).toBe(4);
      }),
      settings,
    );
  });

  test("made twice is the same as made once, and holds no secret any more", () => {
    fc.assert(
      fc.property(log, fc.array(secret, { maxLength: 3 }), ({ bytes }, typed) => {
        const once = readBytes(bytes, { typed });
        const twice = readBytes(once.clean, { typed });
        expect(twice.clean.equals(once.clean)).toBe(true);
        expect(twice.reading.secretCount).toBe(0);
        // Texts that are shown are without what another line has named; a copy made in one look is not.
        const told = (reading: LogReading) => ({
          ...reading,
          bytes: 0,
          secretCount: 0,
          secrets: [],
          encoding: "",
          endsAmidCharacter: false,
          isBinary: false,
          messages: reading.messages.map(({ code, line }) => ({ code, line })),
          firstFailure: reading.firstFailure?.line,
          customActions: reading.customActions.map(({ line }) => line),
          changedProperties: [],
        });
        expect(told(twice.reading)).toEqual(told(once.reading));
      }),
      settings,
    );
  });

  test("of one line made twice is the same, whatever is typed", () => {
    const piece = fc.constantFrom(
      "PASSWORD",
      "=",
      "*****",
      "**********",
      '"',
      "'",
      " ",
      "ab*",
      "Value=",
      ",",
      "Name",
      "eyJ",
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 30 }).map((parts) => parts.join("")),
        fc.array(fc.oneof(piece, fc.string({ minLength: 4, maxLength: 8 })), { maxLength: 3 }),
        (line, given) => {
          const typed = searchable(given);
          const once = maskLine(line, typed).text;
          expect(maskLine(once, typed)).toMatchObject({ text: once, found: [] });
          for (const value of typed) expect(once).not.toContain(value);
        },
      ),
      settings,
    );
  });
});
