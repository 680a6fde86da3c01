import * as z from "zod";
import { momentSchema } from "./date.ts";

/** A recording that was opened before and can be opened again. */
export const recentSchema = z.object({
  id: z.string(),
  /** The file's name. */
  name: z.string(),
  computer: z.string(),
  recordedAt: momentSchema,
  /** How many checks were settled when it was opened last, of how many. */
  settled: z.number().int(),
  all: z.number().int(),
});
export type Recent = z.infer<typeof recentSchema>;

/** What there is to begin with, told without looking at any server. */
export const startSchema = z.object({
  /** True where this computer itself can be looked at. */
  live: z.boolean(),
  samples: z.array(z.object({ id: z.string(), title: z.string(), description: z.string() })),
  /** Newest first. */
  recent: z.array(recentSchema),
  /** The screen on show last; null when nothing was chosen yet. */
  screen: z.string().nullable(),
});
export type Start = z.infer<typeof startSchema>;
