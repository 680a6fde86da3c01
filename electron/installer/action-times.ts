import type { TimedAction } from "./log-reading.ts";

const keptSlowest = 10;
const day = 24 * 3600;

/** The seconds of the day a log's time says; null when it says none. */
function secondOf(time: string): number | null {
  const found = /^(\d{1,2})[:.](\d\d)[:.](\d\d)(?: ?([AP])M)?$/.exec(time.trim());
  if (found === null) return null;
  const [, hours, minutes, seconds, half] = found;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half === "P" ? 12 : 0);
  return hour * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** Seconds from one time to a later one; past midnight the day begins again. Null when a time is not known. */
export function secondsBetween(from: string | null, to: string | null): number | null {
  const [start, end] = [from, to].map((time) => (time === null ? null : secondOf(time)));
  if (start === null || start === undefined || end === null || end === undefined) return null;
  return (end - start + day) % day;
}

/** The actions that took longest, in constant memory. */
export class ActionTimes {
  #slowest: TimedAction[] = [];

  /** An action has ended. */
  add(name: string, line: number, startedAt: string | null, endedAt: string | null): void {
    if (startedAt === endedAt) return;
    const seconds = secondsBetween(startedAt, endedAt);
    if (seconds === null || seconds === 0 || startedAt === null) return;
    const least = this.#slowest.at(-1)?.seconds ?? 0;
    if (this.#slowest.length >= keptSlowest && seconds <= least) return;
    this.#slowest = [...this.#slowest, { name, line, startedAt, seconds }]
      .sort((one, other) => other.seconds - one.seconds)
      .slice(0, keptSlowest);
  }

  get slowest(): readonly TimedAction[] {
    return this.#slowest;
  }
}
