import * as z from "zod";
import { findingIdSchema } from "./checklist.ts";
import { daySchema, momentSchema } from "./date.ts";
import { statusSchema } from "./status.ts";
import { nodeStepSchema } from "./target.ts";

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

/** A setting that the nodes of one MIM Service share. */
export const farmSettingSchema = z.object({
  /** `applicationId`, `build`, …, or a finding of TLS. */
  id: z.string(),
  title: z.string(),
  /** What each server has, in the servers' order; null: not known. */
  cells: z.array(z.string().nullable()),
  /** `done` the same on all nodes; `action` or `attention` it differs; `unknown` one is not known. */
  status: statusSchema,
  /** What to do where it differs. */
  advice: z.array(z.string()),
});
export type FarmSetting = z.infer<typeof farmSettingSchema>;

/** What Change mode asks on one node, in its order. */
export const farmNodeSchema = z.object({
  /** The server's place among the servers. */
  server: z.number().int(),
  computer: z.string(),
  /** `day`: when it was ticked; null where it was not, or where a look shows that it is done. */
  steps: z.array(z.object({ id: nodeStepSchema, title: z.string(), done: z.boolean(), day: daySchema.nullable() })),
});
export type FarmNode = z.infer<typeof farmNodeSchema>;

/** Several servers side by side. Rows in the checklist's order; one cell a server, in the servers' order. */
export const farmSchema = z.object({
  servers: z.array(
    z.object({
      name: z.string(),
      computer: z.string(),
      lookedAt: momentSchema,
      verdict: statusSchema,
      /** The database of its MIM Service; null: not known. Servers of one database are nodes of one service. */
      service: z.string().nullable(),
      /** What to do next on it; null for nothing. */
      next: z.object({ finding: findingIdSchema, title: z.string(), advice: z.string().nullable() }).nullable(),
    }),
  ),
  /** Those that differ first. */
  settings: z.array(farmSettingSchema),
  rows: z.array(
    z.object({
      finding: findingIdSchema,
      title: z.string(),
      cells: z.array(verdictAtSchema),
      /** True when the servers do not all read the same. */
      differs: z.boolean(),
    }),
  ),
  /** The nodes that Change mode is to be run on, one after the other; the first that is not finished is the next. */
  order: z.array(farmNodeSchema),
  /** Servers that could not be looked at. */
  failed: z.array(z.object({ name: z.string(), message: z.string(), cure: z.string() })),
});
export type Farm = z.infer<typeof farmSchema>;
