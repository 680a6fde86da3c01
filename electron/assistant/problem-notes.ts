import type { Outcome } from "../contract/outcome.ts";

/** That something was refused or failed: when, on which call, and its code. Never its text, which may hold names. */
export interface ProblemNote {
  readonly at: Date;
  readonly method: string;
  readonly code: string;
}

/** Notes the codes of what went wrong, for the diagnostics. */
export interface ProblemNotes {
  /** Hands the answer on and notes its code when it is a refusal. The method is what the page called it, anything. */
  readonly note: <Value>(method: unknown, outcome: Outcome<Value>) => Outcome<Value>;
  /** The last ones, oldest first. */
  readonly list: () => readonly ProblemNote[];
}

/** How many are kept. */
const limit = 50;

/** Codes are made of these; anything else is no code of ours and may be anything. */
const codeForm = /^[\w.-]{1,60}$/;

export function createProblemNotes(now: () => Date): ProblemNotes {
  const notes: ProblemNote[] = [];
  return {
    note: (method, outcome) => {
      if (!outcome.ok) {
        const known = (said: unknown): string => (typeof said === "string" && codeForm.test(said) ? said : "unknown");
        notes.push({ at: now(), method: known(method), code: known(outcome.error.code) });
        if (notes.length > limit) notes.shift();
      }
      return outcome;
    },
    list: () => notes,
  };
}
