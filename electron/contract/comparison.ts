import * as z from "zod";
import { findingIdSchema } from "./checklist.ts";
import { momentSchema } from "./date.ts";
import { statusSchema } from "./status.ts";

const verdictAtSchema = z.object({ status: statusSchema, actual: z.string() });

/**
 * What became of a finding between two looks: `fixed` was open and is not any more, `new` is open and was not, `open`
 * is open as before, `changed` is not open but reads otherwise. Findings that are the same and not open are left out.
 */
export const comparedFindingSchema = z.object({
  finding: findingIdSchema,
  title: z.string(),
  became: z.enum(["fixed", "new", "open", "changed"]),
  before: verdictAtSchema,
  now: verdictAtSchema,
});
export type ComparedFinding = z.infer<typeof comparedFindingSchema>;

/** One thing that is not the same in what was seen. */
export const differenceSchema = z.object({
  area: z.string(),
  address: z.string(),
  change: z.enum(["added", "removed", "changed"]),
  from: z.string().nullable(),
  to: z.string().nullable(),
});

/** Before against now. */
export const comparisonSchema = z.object({
  before: z.object({
    /** "The first look of this session", or the name of the file. */
    label: z.string(),
    at: momentSchema,
    origin: z.enum(["session", "file"]),
    verdict: statusSchema,
  }),
  findings: z.array(comparedFindingSchema),
  /** What differs in the recordings, when they were made and the journals' list aside. */
  differences: z.array(differenceSchema),
  /** How many more differences there are than are listed. */
  leftOut: z.number().int(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** Several servers side by side. Rows in the checklist's order; one cell a server, in the servers' order. */
export const farmSchema = z.object({
  servers: z.array(z.object({ name: z.string(), computer: z.string(), lookedAt: momentSchema, verdict: statusSchema })),
  rows: z.array(
    z.object({
      finding: findingIdSchema,
      title: z.string(),
      cells: z.array(verdictAtSchema),
      /** True when the servers do not all read the same. */
      differs: z.boolean(),
    }),
  ),
});
export type Farm = z.infer<typeof farmSchema>;
