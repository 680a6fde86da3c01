import { isAscii, isUtf8 } from "node:buffer";
import type { LogLine } from "../contract/history.ts";
import { LearnedValues, takenOut } from "./learned-values.ts";
import { LogAccount } from "./log-account.ts";
import { bytesOf, detached, formsOf, shownCharacters } from "./log-encoding.ts";
import { eventIn, isMereEngineLine, type LogEvent } from "./log-event.ts";
import { WholeLines } from "./log-lines.ts";
import type { LogEncoding, LogReading, SecretPlace } from "./log-reading.ts";
import { hiddenMark, maskLine, type Search, searchable, secretSearches } from "./log-secrets.ts";
import { linesAfter, RecentLines } from "./recent-lines.ts";

export interface LogReaderOptions {
  /** Secrets typed this time. They stay in memory and are only looked for. */
  readonly typed?: readonly string[];
  /** Takes the bytes of the clean copy, in order; they are lent for the call. */
  readonly clean?: (bytes: Uint8Array) => void;
  /** Told each value that was found by the name before it. It stays in memory. */
  readonly learn?: (value: string) => void;
}

/** What stands in a clean copy where a line was too long to be read. */
export const overlongNote = "[a line of more than 2 MB was left out of this copy]";

/** Places of secrets that are told; all are counted. */
const keptSecrets = 500;
const keptSignInErrors = 50;
/** Only the beginning is searched for what no text holds. */
const headSize = 4096;
/** A property's value may go on over so many lines. */
const valueLines = 200;

/** The letter of the side that shows the pages, in `MSI (c)`. */
const clientSide = 0x63;

/** What begins a line of the log itself, and so ends a value that went on over several lines. */
const lineStart = /^(?:MSI \(|Property\(|=== |[^\d:]{2,40}?\s?\d{1,2}[:.]\d\d[:.]\d\d\s?: )/;

/** Reads an installer log from its bytes, however they come, in constant memory. Never throws for what they hold. */
export class LogReader {
  readonly #lines: WholeLines;
  readonly #clean: ((bytes: Uint8Array) => void) | null;
  readonly #learn: ((value: string) => void) | null;
  readonly #learned = new LearnedValues();
  readonly #typedAsGiven: readonly string[];
  #typed: readonly string[] | null = null;
  #searches: readonly Search[] = [];
  /** Where each search finds something next in the block; -1 when it has not looked yet. */
  #places: number[] = [];
  #account = new LogAccount(detached);
  readonly #recent = new RecentLines(detached);
  /** The lines around a cause that are still to come. */
  #around: { readonly lines: LogLine[]; left: number }[] = [];
  /** True while the text that is looked at holds characters of more than one byte, one byte each. */
  #isCoded = false;
  #endsInZeros = false;
  #hasMarkOnly = false;
  #bytes = 0;
  #line = 0;
  #overlong = 0;
  #runs = 0;
  /** Whether a verbose log is open, and whether logging has stopped since a run began. */
  #isVerbose = false;
  #hasStopped = false;
  #known = 0;
  #head = Buffer.alloc(0);
  /** How much of the head was looked through for zeros, whether there are some, and whether they make it no text. */
  #headSeen = 0;
  #hasZeros = false;
  #foundZero = false;
  #isAscii = true;
  #isUtf8 = true;
  readonly #secrets: SecretPlace[] = [];
  #secretCount = 0;
  readonly #signInErrors = new Set<string>();
  /** How many lines the value of a secret property may still go on. */
  #openLines = 0;

  constructor({ typed = [], clean, learn }: LogReaderOptions = {}) {
    this.#learn = learn ?? null;
    this.#typedAsGiven = searchable(typed);
    this.#clean = clean ?? null;
    this.#lines = new WholeLines({
      block: (text, bytes) => this.#block(text, bytes),
      overlong: (hasLineFeed) => this.#overlongLine(hasLineFeed),
    });
  }

  /** True once the log says that logging has stopped and how the run ended. */
  get ended(): boolean {
    return this.#account.ended;
  }

  /** True when the beginning, so far as it was seen, holds what no text holds. */
  get isBinary(): boolean {
    const step = this.#lines.width;
    if (step === null) return false;
    const head = this.#head;
    for (; !this.#foundZero && this.#headSeen + step <= head.length; this.#headSeen += step) {
      const isZero = head[this.#headSeen] === 0 && (step === 1 || head[this.#headSeen + 1] === 0);
      // A log that was cut by a power failure ends in zeros: only what goes on behind them is none.
      this.#foundZero = isZero ? this.#headSeen === 0 : this.#hasZeros;
      this.#hasZeros ||= isZero;
    }
    return this.#foundZero;
  }

  /** True for UTF-16 with the high byte first, told from its byte-order mark. */
  get isBigEndian(): boolean {
    return this.#head[0] === 0xfe && this.#head[1] === 0xff;
  }

  push(bytes: Uint8Array): void {
    if (this.#head.length < headSize) {
      this.#head = Buffer.concat([this.#head, bytes.subarray(0, headSize - this.#head.length)]);
    }
    this.#bytes += bytes.length;
    this.#lines.push(bytes);
  }

  /** To be called once, when no more bytes come. */
  end(): void {
    this.#lines.end();
  }

  /** What was read so far: whole lines only until {@link end} was called. */
  reading(): LogReading {
    return {
      encoding: this.#encoding(),
      bytes: this.#bytes,
      lines: this.#line,
      isInstallerLog: this.#known > 0 || this.#hasMarkOnly,
      isBinary: this.isBinary,
      isBigEndian: this.isBigEndian,
      endsAmidCharacter: this.#lines.endsAmidCharacter,
      endsInZeros: this.#endsInZeros,
      overlongLines: this.#overlong,
      runs: this.#runs,
      ...this.#learned.hiddenIn(this.#account.reading()),
      signInErrors: [...this.#signInErrors],
      secretCount: this.#secretCount,
      secrets: [...this.#secrets],
    };
  }

  #encoding(): LogEncoding {
    if (this.#lines.width === 2) return "UTF-16LE";
    if (this.#isAscii) return "ASCII";
    return this.#isUtf8 ? "UTF-8" : "8-bit";
  }

  #block(text: string, bytes: Buffer): void {
    const width = this.#lines.width ?? 1;
    if (this.#typed === null) {
      this.#typed = this.#typedAsGiven.flatMap((value) => formsOf(value, width));
      this.#searches = secretSearches(this.#typed);
      this.#places = this.#searches.map(() => -1);
    }
    this.#isCoded = width === 1 && !isAscii(bytes);
    if (this.#isCoded) {
      this.#isAscii = false;
      this.#isUtf8 &&= isUtf8(bytes);
    }
    this.#recent.begin(text, (line) => this.#shown(line));
    this.#places.fill(-1);
    let next = this.#nextSign(text, 0);
    let cleanText = "";
    let copied = 0;
    for (let from = 0; from < text.length; ) {
      const feed = text.indexOf("\n", from);
      const to = feed === -1 ? text.length : feed;
      this.#line += 1;
      if (next > to && this.#openLines === 0 && this.#around.length === 0 && isMereEngineLine(text, from)) {
        this.#known += 1;
        if (text.charCodeAt(from + 5) === clientSide) this.#account.sawClient();
        from = to + 1;
        continue;
      }
      const end = to > from && text.charCodeAt(to - 1) === 0x0d ? to - 1 : to;
      let line = text.slice(from, end);
      if (next < to || this.#openLines > 0) {
        const masked = this.#mask(line);
        if (masked !== line) {
          cleanText += text.slice(copied, from) + masked;
          copied = end;
          line = masked;
          this.#recent.mask(this.#line, this.#shown(masked));
        }
        if (next < to) next = this.#nextSign(text, to);
      }
      if (feed === -1) line = this.#lastLine(line);
      this.#take(line, from, feed !== -1);
      from = to + 1;
    }
    this.#recent.end();
    if (this.#clean === null) return;
    this.#clean(copied === 0 ? bytes : bytesOf(cleanText + text.slice(copied), width));
  }

  /** Where the next sign of a secret is, at or after `from`; Infinity when there is none. */
  #nextSign(text: string, from: number): number {
    const places = this.#places;
    let next = Number.POSITIVE_INFINITY;
    for (let index = 0; index < places.length; index += 1) {
      let place = places[index] ?? -1;
      // Looked for again only once it was passed: what is not there is looked for once a block.
      if (place < from) {
        place = this.#searches[index]?.(text, from) ?? -1;
        if (place === -1) place = Number.POSITIVE_INFINITY;
        places[index] = place;
      }
      if (place < next) next = place;
    }
    return next;
  }

  #mask(line: string): string {
    if (this.#openLines > 0) {
      if (lineStart.test(line)) this.#openLines = 0;
      else {
        this.#openLines -= 1;
        return line.trim() === "" ? line : hiddenMark;
      }
    }
    if (line.includes("AADSTS")) {
      for (const [, code = ""] of line.matchAll(/AADSTS(\d{5,7})(?!\d)/g)) {
        if (this.#signInErrors.size < keptSignInErrors) this.#signInErrors.add(code);
      }
    }
    const { text, found, open } = maskLine(line, this.#typed ?? []);
    if (open) this.#openLines = valueLines;
    if (found.some(({ sign }) => sign === "name")) {
      for (const value of takenOut(line, text).map((taken) => this.#shown(taken))) {
        this.#learned.learn(value);
        this.#learn?.(value);
      }
    }
    for (const { sign, name } of found) {
      this.#secretCount += 1;
      if (this.#secrets.length >= keptSecrets) continue;
      const shown = name === null ? null : shownCharacters(name, this.#lines.width ?? 1);
      this.#secrets.push({ line: this.#line, sign, name: shown });
    }
    return text;
  }

  /** A line's characters as a person reads them. */
  #shown(line: string): string {
    return this.#isCoded ? shownCharacters(line, 1) : line;
  }

  /** The last line, which may lack its end: a log cut by a power failure ends in zeros. */
  #lastLine(line: string): string {
    this.#hasMarkOnly = this.#line === 1 && /^(?:\ufeff|ï»¿)$/.test(line);
    const zeros = line.indexOf("\0");
    if (zeros === -1 || /[^\0]/.test(line.slice(zeros))) return line;
    this.#endsInZeros = true;
    return line.slice(0, zeros);
  }

  #take(given: string, from: number, isWhole: boolean): void {
    const line = this.#shown(given);
    if (this.#around.length > 0) this.#showAround(line);
    const event = eventIn(this.#line === 1 ? line.replace(/^(?:\ufeff|ï»¿)/, "") : line);
    if (event === null) {
      this.#account.addOther(line, this.#line);
      return;
    }
    // A number that is cut would tell another end.
    if (!isWhole && event.kind === "engineReturned" && event.code !== 0 && event.code < 1000) return;
    this.#known += 1;
    if (event.kind === "loggingStarted") this.#begin(event);
    if (event.kind === "loggingStopped") {
      this.#hasStopped = true;
      if (event.verbose) this.#isVerbose = false;
    }
    if (line.charCodeAt(5) === clientSide && line.startsWith("MSI (c)")) this.#account.sawClient();
    const lines = this.#account.add(event, this.#line);
    if (lines === null) return;
    lines.push(...this.#recent.before(from, this.#line), { line: this.#line, text: this.#recent.shown(line) });
    this.#around.push({ lines, left: linesAfter });
  }

  #showAround(line: string): void {
    for (const around of this.#around) {
      around.lines.push({ line: this.#line, text: this.#recent.shown(line) });
      around.left -= 1;
    }
    this.#around = this.#around.filter(({ left }) => left > 0);
  }

  /** Logging begins: a run of its own, unless it is the part of a verbose log that every log has. */
  #begin({ verbose }: Extract<LogEvent, { kind: "loggingStarted" }>): void {
    const isAppended = !this.#isVerbose && (this.#runs === 0 || this.#hasStopped);
    if (verbose) this.#isVerbose = true;
    if (!verbose && !isAppended) return;
    this.#runs += 1;
    this.#hasStopped = false;
    if (this.#runs > 1) this.#account = new LogAccount(detached);
  }

  #overlongLine(hasLineFeed: boolean): void {
    this.#line += 1;
    this.#overlong += 1;
    this.#openLines = 0;
    this.#recent.overlong(overlongNote);
    const hasMark = this.#line === 1 && this.#head[0] === 0xff && this.#head[1] === 0xfe;
    const note = `${hasMark ? "\ufeff" : ""}${overlongNote}${hasLineFeed ? "\r\n" : ""}`;
    this.#clean?.(bytesOf(note, this.#lines.width ?? 1));
  }
}
