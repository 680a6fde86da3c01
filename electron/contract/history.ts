import * as z from "zod";
import { momentSchema } from "./date.ts";

/** A line of the installer's log, without its secrets. */
export const logLineSchema = z.object({ line: z.number().int(), text: z.string() });
export type LogLine = z.infer<typeof logLineSchema>;

/** Why a run failed, or what went wrong in it: in the installer's own words, with the lines of its log around it. */
export const runCauseSchema = z.object({
  text: z.string(),
  line: z.number().int().nullish(),
  lines: z.array(logLineSchema).nullish(),
});
export type RunCause = z.infer<typeof runCauseSchema>;

/** One run of the installer in Change mode, as a recording keeps it. Exit codes are those of msiexec. */
export const installerRunSchema = z.object({
  startedAt: momentSchema.nullish(),
  endedAt: momentSchema.nullish(),
  exitCode: z.number().int().nullish(),
  productCode: z.string().nullish(),
  log: z.string().nullish(),
  /** The first action of the log that failed. */
  firstFailure: z.string().nullish(),
  /** How many secrets in clear the log holds. */
  secretsInLog: z.number().int().nonnegative().nullish(),
  /** What the log told of causes, nearest first. It holds no secret. */
  causes: z.array(runCauseSchema).nullish(),
});
export type InstallerRun = z.infer<typeof installerRunSchema>;

const attemptSchema = z.object({ ok: z.boolean().optional(), error: z.string().optional() });

/** The last check of Microsoft's cloud: the token request, the roles in the token, the probe of the mailbox. */
export const cloudCheckSchema = z.object({
  at: momentSchema,
  signIn: attemptSchema.nullish(),
  roles: z.array(z.string()).nullish(),
  ews: attemptSchema.nullish(),
  /** What it was made with; a check of another application or mailbox says nothing of this one. */
  applicationId: z.string().nullish(),
  tenantId: z.string().nullish(),
  mailbox: z.string().nullish(),
});
export type CloudCheck = z.infer<typeof cloudCheckSchema>;

/** One journal as a recording keeps it: when values were changed and which. */
export const journalEntrySchema = z.object({
  id: z.string().nullish(),
  kind: z.enum(["apply", "undo"]).nullish(),
  /** The journal an undo puts back. */
  of: z.string().nullish(),
  /** When it was made, where a collector knows one moment only. */
  at: momentSchema.nullish(),
  startedAt: momentSchema.nullish(),
  endedAt: momentSchema.nullish(),
  state: z.string().nullish(),
  /** Why it failed; null where it did not, missing where an older build recorded it. */
  reason: z.string().nullish(),
  /** What was changed: registry values as `<key>\<name>`, actions by their catalogue id. */
  changes: z.array(z.object({ address: z.string() })).nullish(),
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;
