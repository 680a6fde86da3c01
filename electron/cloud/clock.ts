/** How far this computer's clock is from Microsoft's. */
export interface ClockOffset {
  /** Seconds this computer is ahead; negative when it is behind. */
  readonly seconds: number;
  readonly isWrong: boolean;
}

/** More than this and tokens and certificates are refused, in seconds. */
const tolerated = 5 * 60;

/**
 * Holds the Date header of an answer against this computer's clock; null when there is none to be read. The header is
 * of the second the answer was made in, so what the answer took on its way (20 s at most) counts as well.
 */
export function clockOffset(dateHeader: string | undefined, now: Date): ClockOffset | null {
  const there = Date.parse(dateHeader ?? "");
  if (Number.isNaN(there)) return null;
  const seconds = Math.round((now.getTime() - there) / 1000);
  return { seconds, isWrong: Math.abs(seconds) > tolerated };
}

/** An offset in words: "12 minutes ahead". */
export function offsetInWords({ seconds }: ClockOffset): string {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const span = minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
  return `${span} ${seconds > 0 ? "ahead" : "behind"}`;
}
