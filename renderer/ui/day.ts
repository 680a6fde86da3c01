const shortDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** A calendar day (`YYYY-MM-DD`) as people read it: "1 Apr 2027". A text that is no day stays as it is. */
export function readableDay(day: string): string {
  const moment = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(moment) ? day : shortDay.format(moment);
}

/** A day some days after another, both `YYYY-MM-DD`. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A moment as local time, with its day when that is not `today` (both local). */
export function readableMoment(moment: string, today: string): string {
  const date = new Date(moment);
  const two = (part: number): string => String(part).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return day === today ? clock.format(date) : `${readableDay(day)}, ${clock.format(date)}`;
}

/** A moment's time of day on this computer's clock: "10:24". */
export function readableTime(moment: string): string {
  return clock.format(new Date(moment));
}

/** True for a calendar day as the target keeps it: four digits for the year, and one that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const moment = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
}
