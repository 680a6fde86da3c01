import { daysBetween } from "../contract/date.ts";
import type { Verdict } from "./rule.ts";

/** For so many days a check of Microsoft's cloud is taken as it stands. Then it says its age, and asks for another. */
const daysOfTrust = 30;

/** True for a check made so long before a day that it may no longer be so. */
export function isOld(day: string | null, today: string): boolean {
  return day !== null && daysBetween(day, today) > daysOfTrust;
}

/** The verdict of a check made on a day: an old one says how old it is, and to check again. */
export function withAge(verdict: Verdict, day: string | null, today: string): Verdict {
  if (day === null || !isOld(day, today)) return verdict;
  const age = daysBetween(day, today);
  return {
    ...verdict,
    actual: `${verdict.actual} (${age} days ago, on ${day})`,
    advice: [...(verdict.advice ?? []), `This was seen ${age} days ago. Check the cloud again to know how it is now.`],
  };
}
