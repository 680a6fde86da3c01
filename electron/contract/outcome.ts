import * as z from "zod";

/** A refusal or failure a person can act on: what happened, where, what to do. */
export const problemSchema = z.object({
  /** A stable code, listed with its cure in the documents. */
  code: z.string(),
  /** One line: what and where. */
  message: z.string(),
  /** What to do about it. */
  cure: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;

/** What every method of the contract answers; nothing throws across the bridge. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Problem };

export function succeeded<Value>(value: Value): Outcome<Value> {
  return { ok: true, value };
}

export function failed(code: string, message: string, cure: string): Outcome<never> {
  return { ok: false, error: { code, message, cure } };
}
