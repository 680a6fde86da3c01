import * as z from "zod";
import { momentSchema } from "../../contract/date.ts";
import { cloudCheckSchema, installerRunSchema, relayCheckSchema } from "../../contract/history.ts";
import { practiceSchema } from "../../contract/practice.ts";
import {
  eventSchema,
  fileSchema,
  registryValueSchema,
  serviceSchema,
  textSchema,
  windowsSchema,
} from "../../recording/recording.ts";

/**
 * The whole of the practice server, as its file keeps it. Unlike a recording it lists what is there and nothing else:
 * a key, file or account that is not listed does not exist. Its secrets are made up.
 */
export const practiceStateSchema = z.object({
  format: z.literal("mim-mail-practice-server"),
  version: z.literal(1),
  createdAt: momentSchema,
  computer: z.string(),
  windows: windowsSchema,
  /** Keys with their values; every key above one of these is listed too. */
  registry: z.record(z.string(), z.record(z.string(), registryValueSchema)),
  services: z.record(z.string(), serviceSchema),
  files: z.record(z.string(), fileSchema),
  texts: z.record(z.string(), textSchema),
  /** Account name → SID. */
  accounts: z.record(z.string(), z.string()),
  events: z.array(eventSchema),
  installerRuns: z.array(installerRunSchema),
  cloud: cloudCheckSchema.nullable(),
  /** What its relay answered last. */
  relay: relayCheckSchema.nullish(),
  /** The updates of Windows it lists; null where it is not asked for them. */
  updates: z.array(z.string()).nullable().default(null),
  /** What fails next, when someone rehearses a failure. */
  failNext: z.string().nullable().default(null),
  /** What is wrong with it, when someone rehearses a fault: which, and since when. */
  faults: z.array(z.object({ what: z.string(), at: momentSchema })).default([]),
  /** True once its installer made a new database in the place of the one in use. */
  newDatabase: z.boolean().default(false),
  /** What became of the notification that MIM sent last. */
  notification: practiceSchema.shape.notification.default(null),
});
export type PracticeState = z.output<typeof practiceStateSchema>;
