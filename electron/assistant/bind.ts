import type { Handlers, MethodInput, MethodName, MethodOutput } from "../contract/methods.ts";
import { failed, type Outcome, succeeded } from "../contract/outcome.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { scrubText } from "../recording/redact.ts";

/** What the assistant does, by method: gives the value or throws. */
export type UseCases = {
  readonly [Name in MethodName]: (input: MethodInput<Name>) => Promise<MethodOutput<Name>>;
};

/** Anything that was thrown, as an outcome a person can act on. */
export function failureOf(error: unknown, doing: string): Outcome<never> {
  if (error instanceof InputProblem) return failed(error.code, `${error.message} (${error.where})`, error.cure);
  const reason = error instanceof Error ? error.message : String(error);
  return failed(
    "unexpected",
    `${doing} failed: ${scrubText(reason)}`,
    "Try again. If it happens again, save a recording and report the fault with this line.",
  );
}

/** The use cases as the contract's handlers: what they throw becomes an outcome, so nothing throws across the bridge. */
export function bind(useCases: UseCases): Handlers {
  const bound = Object.entries(useCases).map(([name, useCase]) => {
    const work = useCase as (input: unknown) => Promise<unknown>;
    const handler = async (input: unknown): Promise<Outcome<unknown>> => {
      try {
        return succeeded(await work(input));
      } catch (error) {
        return failureOf(error, name);
      }
    };
    return [name, handler];
  });
  // Built from UseCases, which has every name of the table with its own input and output.
  return Object.fromEntries(bound) as Handlers;
}
