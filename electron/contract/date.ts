import * as z from "zod";

/** A calendar day, `YYYY-MM-DD`, that exists. */
export const daySchema = z.iso.date();

/** A moment in ISO 8601 with its zone, such as `2026-11-23T10:00:00Z`. */
export const momentSchema = z.iso.datetime({ offset: true });

/** Whole days from one calendar day to another; negative when `to` lies before `from`. Both `YYYY-MM-DD`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The local calendar day of a moment, `YYYY-MM-DD`. */
export function dayOf(moment: Date): string {
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** A moment to the minute, in UTC, as command line and report tell it; a text that is no moment stays as it is. */
export function momentWords(at: string): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return at;
  const iso = time.toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
