import * as z from "zod";
import { findingIdSchema } from "./checklist.ts";
import { daySchema } from "./date.ts";

/** How near a date is; `urgent` and `soon` count their last day. The day itself is not past. */
export const nearnessSchema = z.enum(["past", "urgent", "soon", "later"]);
export type Nearness = z.infer<typeof nearnessSchema>;

/** A day on which something ends that MIM's mail rests on. */
export const dateAheadSchema = z.object({
  /** Short and stable: `secret`, `ews`, `smtpAuth`, or `accepted` and the finding. */
  id: z.string(),
  title: z.string(),
  day: daySchema,
  /** Whole days; negative when it is past. */
  daysLeft: z.number().int(),
  nearness: nearnessSchema,
  /** The finding that was accepted until then, or that tells of the date; null for none. */
  finding: findingIdSchema.nullable(),
});
export type DateAhead = z.infer<typeof dateAheadSchema>;
