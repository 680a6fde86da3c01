import type { Comparison, Farm } from "../contract/comparison.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { UseCases } from "./bind.ts";
import type { Desk, Judged } from "./desk.ts";

const notYet = (): never => {
  throw new InputProblem("not-available", "not built yet", "comparison", "Use mim-mail compare.");
};

/** Comparing with an earlier look and with other servers. */
export function comparisonUseCases(
  _desk: Desk,
): Pick<UseCases, "openBefore" | "closeBefore" | "openFarm" | "closeFarm"> {
  return { openBefore: notYet, closeBefore: notYet, openFarm: notYet, closeFarm: notYet };
}

export async function comparisonOf(_desk: Desk, _judged: Judged): Promise<Comparison | null> {
  return null;
}

export async function farmOf(_desk: Desk, _judged: Judged): Promise<Farm | null> {
  return null;
}
