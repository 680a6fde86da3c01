import type * as z from "zod";
import { type Handlers, type MethodName, methods } from "../contract/methods.ts";
import { failed, type Outcome } from "../contract/outcome.ts";
import { failureOf } from "./bind.ts";

function isMethodName(name: unknown): name is MethodName {
  return typeof name === "string" && Object.hasOwn(methods, name);
}

/** What is wrong with an input, by place; never what it held. */
function faultOf(error: z.ZodError): string {
  const [issue] = error.issues;
  const place = issue?.path.map(String).join(".") ?? "";
  return `${place === "" ? "" : `${place}: `}${issue?.message ?? "wrong"}`;
}

/**
 * Calls one method of the contract with an input that nobody has checked yet. Never throws: a method that is not in
 * the table, an input that does not fit its schema and a handler that throws become outcomes.
 */
export async function dispatch(handlers: Handlers, name: unknown, input: unknown): Promise<Outcome<unknown>> {
  if (!isMethodName(name)) {
    return failed(
      "unknown-method",
      "the window asked for something this program does not know",
      "Start the program again, so that the window and the program are of the same version.",
    );
  }
  try {
    // An input may be nested deeper than a schema can follow.
    const parsed = methods[name].input.safeParse(input ?? null);
    if (!parsed.success) {
      return failed(
        "bad-input",
        `the input of ${name} is not valid: ${faultOf(parsed.error)}`,
        "Correct it and try again.",
      );
    }
    // The table ties each name to its input; TypeScript cannot follow that through a variable name.
    const handler = handlers[name] as (input: unknown) => Promise<Outcome<unknown>>;
    return await handler(parsed.data);
  } catch (error) {
    return failureOf(error, name);
  }
}
