import { capitalized } from "../contract/capitalized.ts";
import { InputProblem } from "../recording/input-problem.ts";

/** Why something cannot be asked, as the window shows it, and what to do. Anything unforeseen is thrown on. */
export function refusalOf(error: unknown): { readonly message: string; readonly cure: string } {
  if (!(error instanceof InputProblem)) throw error;
  return { message: `${capitalized(error.message)}.`, cure: error.cure };
}
