import * as z from "zod";
import { momentSchema } from "../../contract/date.ts";
import { cloudCheckSchema, installerRunSchema } from "../../contract/history.ts";
import {
  eventSchema,
  fileSchema,
  registryValueSchema,
  serviceSchema,
  textSchema,
  windowsSchema,
} from "../../recording/recording.ts";

/**
 * How a change fails: `writeError` at the third write, so that it is put back · `stuck` at every write from the third on,
 * so that it cannot be put back.
 */
export const changeFailures = ["writeError", "stuck"] as const;

/**
 * How the installer's next run fails: `wrongSecret` on its mailbox page · `missingMedia`, `customActionFails` while it
 * installs (1603) · `cancelled` by itself on one of its last pages (1602) · `another` because another installation runs
 * (1618) · `passwordInLog` not at all, but its log holds a password in clear.
 */
export const installerFailures = [
  "wrongSecret",
  "missingMedia",
  "customActionFails",
  "cancelled",
  "another",
  "passwordInLog",
] as const;
export type InstallerFailure = (typeof installerFailures)[number];

export const practiceFailures = [...changeFailures, ...installerFailures] as const;
const practiceFailureSchema = z.enum(practiceFailures);
export type PracticeFailure = z.infer<typeof practiceFailureSchema>;

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
  /** How the next change fails, when someone rehearses a failure. */
  failNext: practiceFailureSchema.nullable().default(null),
});
export type PracticeState = z.output<typeof practiceStateSchema>;
