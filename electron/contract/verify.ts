import * as z from "zod";
import { momentSchema } from "./date.ts";
import { statusSchema } from "./status.ts";

/** Something that happened to the server's mail, on the one line of time. */
export const timelineEntrySchema = z.object({
  at: momentSchema,
  kind: z.enum([
    "windowsStart",
    "serviceStart",
    "change",
    "undo",
    "installer",
    "cloudCheck",
    "event",
    "mail",
    "look",
    "relayCheck",
    "confirmation",
  ]),
  status: statusSchema,
  title: z.string(),
  /** What to know of it; null when the title says it all. */
  detail: z.string().nullable(),
  /** Where it was read: a log, a journal's id, a path. */
  address: z.string().nullable(),
  /** The journal it is of, by its id. */
  journal: z.string().nullable(),
  /** Who did it, where that was kept. */
  by: z.string().optional(),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/**
 * The service's trace switch, as its configuration file has it.
 * Source: https://learn.microsoft.com/en-us/microsoft-identity-manager/infrastructure/mim-service-dynamic-logging
 */
export const traceSchema = z.object({
  state: z.enum(["on", "off", "unknown"]),
  /** In a sentence: what the file says. */
  text: z.string(),
  address: z.string().nullable(),
  advice: z.array(z.string()),
});
export type Trace = z.infer<typeof traceSchema>;

/** What the Verify screen shows beside the findings. */
export const verificationSchema = z.object({
  /** Newest first. */
  timeline: z.array(timelineEntrySchema),
  /** How many older entries were left out. */
  leftOut: z.number().int(),
  trace: traceSchema,
});
export type Verification = z.infer<typeof verificationSchema>;

/** The quarter of an hour without an error that is waited for, from the later of the service's start and the last change. */
export const waitSchema = z.object({ from: momentSchema, until: momentSchema });
export type Wait = z.infer<typeof waitSchema>;
