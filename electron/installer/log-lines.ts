import { type CharacterWidth, sniffedBytes, textOf, widthIn } from "./log-encoding.ts";

/** The most bytes of one line that are read; of a longer line only that it was there is known. */
export const lineLimit = 2 * 2 ** 20;

/** Blocks are no larger than this where lines allow: larger texts cost V8 several times as much a character. */
const blockSize = 128 * 1024;

/** What becomes of the lines of a log. */
export interface LineSink {
  /** Whole lines, each with its line feed; only the last text of a log may lack one. The bytes are lent for the call. */
  readonly block: (text: string, bytes: Buffer) => void;
  /** A line of more than {@link lineLimit} bytes went by; the last line of a log may lack its line feed. */
  readonly overlong: (hasLineFeed: boolean) => void;
}

/** Cuts the bytes of a log into texts of whole lines, however the bytes come, in constant memory. */
export class WholeLines {
  readonly #sink: LineSink;
  #buffer = Buffer.allocUnsafe(blockSize);
  #filled = 0;
  /** How many of the bytes that are filled are known to hold no line feed. */
  #searched = 0;
  #width: CharacterWidth | null = null;
  /** True while the rest of an overlong line is let go by. */
  #skips = false;
  #endsAmidCharacter = false;

  constructor(sink: LineSink) {
    this.#sink = sink;
  }

  /** Bytes a character; null until enough of the log was seen. */
  get width(): CharacterWidth | null {
    return this.#width;
  }

  /** True when the log ended in the middle of a character. */
  get endsAmidCharacter(): boolean {
    return this.#endsAmidCharacter;
  }

  push(bytes: Uint8Array): void {
    let from = 0;
    while (from < bytes.length) {
      if (this.#filled === this.#buffer.length) this.#makeRoom();
      const to = Math.min(bytes.length, from + this.#buffer.length - this.#filled);
      this.#buffer.set(bytes.subarray(from, to), this.#filled);
      this.#filled += to - from;
      from = to;
      this.#width ??= widthIn(this.#buffer.subarray(0, Math.min(this.#filled, sniffedBytes)), false);
      if (this.#width !== null) this.#handOver(this.#width);
    }
  }

  /** Hands over what is left: the last line may lack its line feed. */
  end(): void {
    this.#width ??= widthIn(this.#buffer.subarray(0, this.#filled), true) ?? 1;
    this.#handOver(this.#width);
    this.#endsAmidCharacter = this.#filled % this.#width !== 0;
    const whole = this.#filled - (this.#filled % this.#width);
    if (this.#skips) this.#sink.overlong(false);
    else if (whole > 0) this.#give(whole, this.#width);
    this.#filled = 0;
    this.#searched = 0;
    this.#skips = false;
  }

  #handOver(width: CharacterWidth): void {
    if (this.#skips) {
      const first = this.#firstLineEnd(width);
      if (first === 0) {
        // An odd byte at the end may be half of a line feed: it stays.
        this.#drop(this.#filled - (this.#filled % width));
        return;
      }
      this.#skips = false;
      this.#sink.overlong(true);
      this.#drop(first);
    }
    const last = this.#lastLineEnd(width);
    if (last > 0) {
      this.#give(last, width);
      this.#drop(last);
    } else {
      this.#searched = this.#filled - (this.#filled % width);
    }
  }

  #give(end: number, width: CharacterWidth): void {
    const bytes = this.#buffer.subarray(0, end);
    this.#sink.block(textOf(bytes, width), bytes);
  }

  /** Forgets the first bytes; what follows is a line's beginning. */
  #drop(count: number): void {
    this.#buffer.copyWithin(0, count, this.#filled);
    this.#filled -= count;
    this.#searched = 0;
  }

  #isLineFeed(index: number, width: CharacterWidth): boolean {
    return this.#buffer[index] === 0x0a && (width === 1 || this.#buffer[index + 1] === 0);
  }

  /** The end of the last whole line; 0 when there is none. */
  #lastLineEnd(width: CharacterWidth): number {
    const whole = this.#filled - (this.#filled % width);
    for (let index = whole - width; index >= this.#searched; index -= width) {
      if (this.#isLineFeed(index, width)) return index + width;
    }
    return 0;
  }

  #firstLineEnd(width: CharacterWidth): number {
    const whole = this.#filled - (this.#filled % width);
    for (let index = 0; index < whole; index += width) if (this.#isLineFeed(index, width)) return index + width;
    return 0;
  }

  /** The buffer is full of one line: grows it, or begins to let the line go by. */
  #makeRoom(): void {
    if (this.#buffer.length >= lineLimit) {
      this.#skips = true;
      this.#drop(this.#filled);
      return;
    }
    const larger = Buffer.allocUnsafe(Math.min(this.#buffer.length * 2, lineLimit));
    larger.set(this.#buffer);
    this.#buffer = larger;
  }
}
