import * as z from "zod";
import { findingIdSchema } from "./checklist.ts";
import { momentSchema } from "./date.ts";

/** What stands at one place of the registry: nothing, or a type and its data. */
export const storedValueSchema = z.union([
  z.literal("absent"),
  z.object({ type: z.string(), data: z.union([z.string(), z.number(), z.array(z.string())]) }),
]);
export type ShownValue = z.infer<typeof storedValueSchema>;

/** One change that would be made. `id` is the catalogue's. */
export const planRowSchema = z.object({
  id: z.string(),
  /** The finding of the checklist that the change is for. */
  finding: findingIdSchema,
  key: z.string(),
  name: z.string(),
  from: storedValueSchema,
  to: storedValueSchema,
  why: z.string(),
  /** True when the change takes effect only after a restart. */
  restart: z.boolean(),
});
export type PlanRow = z.infer<typeof planRowSchema>;

/** The changes that would be made, and the values that could not be read and are therefore left alone. */
export const planSchema = z.object({
  rows: z.array(planRowSchema),
  notKnown: z.array(z.object({ id: z.string(), address: z.string(), reason: z.string() })),
});
export type Plan = z.infer<typeof planSchema>;

/** What a finding offers to set besides the profile: its remedy's values. */
export const offerSchema = z.object({ finding: findingIdSchema, rows: z.array(planRowSchema) });
export type Offer = z.infer<typeof offerSchema>;

/**
 * `applied` in force · `undone` put back, by a later undo or because a change failed · `open` interrupted: finish or
 * put back · `stuck` failed and could not be put back whole · `damaged` the file cannot be read.
 */
export const journalStateSchema = z.enum(["applied", "undone", "open", "stuck", "damaged"]);
export type JournalState = z.infer<typeof journalStateSchema>;

/** One journal as the window lists it. */
export const journalSummarySchema = z.object({
  id: z.string(),
  kind: z.enum(["apply", "undo"]),
  /** The journal an undo puts back; null for a change. */
  of: z.string().nullable(),
  at: momentSchema,
  state: journalStateSchema,
  /** Why it failed, where it did. */
  reason: z.string().nullable(),
  /** Who had it made, `DOMAIN\user`; missing where the journal does not say. */
  by: z.string().optional(),
  changes: z.array(z.object({ address: z.string(), from: storedValueSchema, to: storedValueSchema })),
});
export type JournalSummary = z.infer<typeof journalSummarySchema>;

/** How a change, an undo or a recovery ended. */
export const changeResultSchema = z.object({
  /**
   * `applied` done · `nothing` nothing differed · `undone` failed and put back · `stuck` failed and not put back whole ·
   * `failed` an action failed, and values set before it stand (`changed`) · `refused` nothing was changed
   */
  outcome: z.enum(["applied", "nothing", "undone", "stuck", "failed", "refused"]),
  /** Why it was refused or failed; for `applied` what to know all the same, else null. */
  reason: z.string().nullable(),
  journal: z.string().nullable(),
  /** Where the journal lies, when someone has to look into it; null otherwise. */
  path: z.string().nullable(),
  /** How many values were set. */
  changed: z.number().int(),
  /** What was done besides, in words. */
  done: z.array(z.string()),
  /** Values someone else has changed since, for which an undo was refused. */
  modifiedOutside: z.array(z.object({ address: z.string(), stands: z.string() })),
});
export type ChangeResult = z.infer<typeof changeResultSchema>;
