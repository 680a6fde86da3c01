import type { Evidence, FindingId, findingIds, StepId } from "../contract/checklist.ts";
import type { Status } from "../contract/status.ts";
import type { Target } from "../contract/target.ts";
import { type Fact, isUnknown, type UnknownFact } from "../recording/fact.ts";
import type { Seen } from "../recording/seen.ts";
import type { SourceName } from "./sources.ts";
import { adviceForReason } from "./unreadable-advice.ts";

/** What the rules judge: what was seen, what is wanted, and the day. */
export interface Case {
  readonly seen: Seen;
  readonly target: Target;
  /** The day of the judgement, `YYYY-MM-DD`. */
  readonly today: string;
  /** Whether the program runs elevated; null where that cannot be told, undefined where it has no meaning. */
  readonly elevated: boolean | null | undefined;
}

/** What one rule says of a case. */
export interface Verdict {
  readonly status: Status;
  readonly actual: string;
  readonly expected: string;
  readonly advice?: readonly string[];
  readonly evidence?: readonly Evidence[];
  readonly sources?: readonly SourceName[];
  /** What is to be looked at before it is confirmed; part of the advice. */
  readonly points?: readonly string[];
}

export interface Rule {
  readonly title: string;
  readonly judge: (given: Case) => Verdict;
}

/** The rules of one step: exactly its findings, no more and no fewer. */
export type StepRules<Step extends StepId> = Readonly<Record<(typeof findingIds)[Step][number], Rule>>;

/** Every rule by the id of its finding. */
export type Rules = Readonly<Record<FindingId, Rule>>;

/** A fact as evidence: its address, and what stood there in words. */
export function evidenceOf<Value>(fact: Fact<Value>, show: (value: Value) => string = String): Evidence {
  switch (fact.state) {
    case "present":
      return { address: fact.address, value: show(fact.value) };
    case "absent":
      return { address: fact.address, value: "absent" };
    case "unreadable":
      return { address: fact.address, value: `could not be read: ${fact.reason}` };
    case "notRecorded":
      return { address: fact.address, value: "not recorded" };
  }
}

/** How to make something readable that was not, where the reason tells nothing more. */
const lookAgain = "Check again. If it stays so, start the assistant as an administrator and check again.";
const collectAgain = "Collect a new recording on the server: this one does not hold it.";

/**
 * The verdict on a fact that could not be read: says why, and how to make it readable.
 * @param advice what to do where the reason is none that has an advice of its own
 */
export function notKnown(
  fact: Fact<unknown>,
  expected: string,
  advice: readonly string[] = [],
  evidence: readonly Evidence[] = [evidenceOf(fact, () => "present")],
): Verdict {
  const unreadable = fact.state === "unreadable";
  const fitting = unreadable ? adviceForReason(fact.reason) : null;
  const otherwise = advice.length > 0 ? advice : [unreadable ? lookAgain : collectAgain];
  return {
    status: "unknown",
    actual: unreadable ? `Could not be read: ${fact.reason}` : "Not recorded",
    expected,
    advice: [...(fitting ?? otherwise)],
    evidence,
  };
}

/** The first fact that could not be read. */
export function firstUnknown(...facts: readonly Fact<unknown>[]): UnknownFact | null {
  return facts.find(isUnknown) ?? null;
}

/** The verdict on a check that has no meaning for what is wanted. */
export function notApplicable(why: string): Verdict {
  return { status: "notApplicable", actual: why, expected: "Nothing to check" };
}
