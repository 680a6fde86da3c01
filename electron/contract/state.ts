import * as z from "zod";
import { journalSummarySchema, offerSchema, planSchema } from "./change.ts";
import { changeModeSchema } from "./change-mode.ts";
import { checklistSchema, findingIdSchema } from "./checklist.ts";
import { cloudStateSchema } from "./cloud.ts";
import { comparisonSchema, farmSchema } from "./comparison.ts";
import { momentSchema } from "./date.ts";
import { dateAheadSchema } from "./date-ahead.ts";
import { authenticationSchema, mailServerSchema } from "./mail-server.ts";
import { practiceSchema } from "./practice.ts";
import { relayStateSchema } from "./relay.ts";
import { targetSchema } from "./target.ts";
import { verificationSchema, waitSchema } from "./verify.ts";
import { wizardSchema } from "./wizard.ts";

export const serverKindSchema = z.enum(["live", "practice", "recorded", "remote"]);
export type ServerKind = z.infer<typeof serverKindSchema>;

/** The server on show: its name and what is in the window's header. */
export const serverSummarySchema = z.object({
  /** What it is called; nothing is decided by it. */
  kind: serverKindSchema,
  /** Whether this program works on it; any other is only looked at from here. */
  local: z.boolean(),
  /** "This server", "Practice server", or the recording's name. */
  label: z.string(),
  computer: z.string(),
  /** Windows' caption, null when it could not be read. */
  windows: z.string().nullable(),
  /** The MIM Service's running build, null when it could not be read. */
  build: z.string().nullable(),
  /** When the server was looked at. */
  lookedAt: momentSchema,
});
export type ServerSummary = z.infer<typeof serverSummarySchema>;

/** One row of the TLS table: the values of one key, as they stand, as they are wanted and what Windows makes of them. */
export const tlsRowSchema = z.object({
  finding: findingIdSchema,
  /** The heading it stands under, the same for all rows of a group. */
  group: z.string(),
  name: z.string(),
  /** The names of its values, in the order of their figures. */
  values: z.array(z.string()),
  /** The figures as they stand; null where none is set or known. */
  figures: z.array(z.string()).nullable(),
  found: z.string(),
  wanted: z.string(),
  effect: z.string(),
});
export type TlsRow = z.infer<typeof tlsRowSchema>;

/** What was found on the server, beside the forms that ask what is wanted. Null: could not be told. */
export const foundSchema = z.object({
  mailServer: mailServerSchema.nullable(),
  mailHost: z.string().nullable(),
  authentication: z.union([authenticationSchema, z.literal("none")]).nullable(),
  applicationId: z.string().nullable(),
  tenantId: z.string().nullable(),
  serviceAccount: z.string().nullable(),
  /** The address the service sends from. */
  serviceEmail: z.string().nullable(),
  /** True when the service account is a group Managed Service Account. */
  groupManaged: z.boolean(),
  /** The Change-mode command line, null when it cannot be built. */
  changeCommand: z.string().nullable(),
  tls: z.array(tlsRowSchema),
});
export type Found = z.infer<typeof foundSchema>;

/** Everything the window shows, sent whole by the trusted side after each look and each change of the target. */
export const stateSchema = z.object({
  server: serverSummarySchema,
  /** Servers that can be looked at on this machine, and the practice recordings that ship with the product. */
  available: z.object({
    live: z.boolean(),
    /** Whether other computers can be looked at. */
    remote: z.boolean(),
    samples: z.array(z.object({ id: z.string(), title: z.string(), description: z.string() })),
  }),
  target: targetSchema,
  found: foundSchema,
  checklist: checklistSchema,
  changes: z.object({
    /** Why this server cannot be changed from here; null when it can. */
    refusal: z.string().nullable(),
    /** What the target's TLS profile would change. */
    plan: planSchema,
    /** What findings offer to set that the profile does not. */
    offers: z.array(offerSchema),
    /** What was changed so far, newest first. */
    journals: z.array(journalSummarySchema),
  }),
  wizard: wizardSchema,
  changeMode: changeModeSchema,
  cloud: cloudStateSchema,
  relay: relayStateSchema,
  verification: verificationSchema,
  /** What only the practice server has; null for every other. */
  practice: practiceSchema.nullable(),
  /** What is waited for; null where nothing is, or the server cannot be looked at again. */
  wait: waitSchema.nullable(),
  /** The days on which something ends, sorted by day. */
  datesAhead: z.array(dateAheadSchema),
  /** What was seen before against what is seen now; null while there is one look only. */
  comparison: comparisonSchema.nullable(),
  /** Servers side by side; null while none was opened. */
  farm: farmSchema.nullable(),
});
export type State = z.infer<typeof stateSchema>;
