import { daysBetween } from "../contract/date.ts";
import type { Verdict } from "./rule.ts";

/** For so many days a check of Microsoft's cloud is taken as it stands. Then it says its age, and asks for another. */
const daysOfTrust = 30;

/** The verdict of a check made on a day: an old one says how old it is, and to check again. */
export function withAge(verdict: Verdict, day: string | null, today: string, again = "Check the cloud again"): Verdict {
  const age = day === null ? 0 : daysBetween(day, today);
  if (age <= daysOfTrust) return verdict;
  return {
    ...verdict,
    actual: `${verdict.actual} (${age} days ago, on ${day})`,
    advice: [...(verdict.advice ?? []), `This was seen ${age} days ago. ${again} to know how it is now.`],
  };
}
