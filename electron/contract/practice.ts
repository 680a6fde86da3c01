import * as z from "zod";
import { findingIdSchema } from "./checklist.ts";
import { momentSchema } from "./date.ts";
import type { PageId } from "./wizard.ts";

/** What a person does on a real server beside this program, and the practice server does at once. */
export const practiceActs = ["restartWindows", "restartService", "letTimePass", "sendNotification"] as const;
export type PracticeAct = (typeof practiceActs)[number];

/** How many minutes pass on the practice server at a press: as many as Verify waits for. */
export const minutesPassed = 15;

/** What can be made to go wrong on the practice server, in the order it is shown. */
export const faultGroups = ["microsoft", "server", "change", "installer"] as const;

const faultSchema = z.object({
  id: z.string(),
  group: z.enum(faultGroups),
  title: z.string(),
  /** What happens while it is set. */
  says: z.string(),
  /** What is learned from it. */
  teaches: z.string(),
  /** The finding that tells it; null for what fails when it is tried. */
  finding: findingIdSchema.nullable(),
  /** True while it is set. */
  set: z.boolean(),
  /** True for what broke the server itself: it is mended there, and not taken back. */
  lasting: z.boolean(),
});
export type ShownFault = z.infer<typeof faultSchema>;

/** A part of the application's set-up with the simulated Microsoft. */
const partSchema = z.object({
  /** The fault by which it is missing. */
  fault: z.string(),
  name: z.string(),
  /** How it stands, in words. */
  text: z.string(),
  missing: z.boolean(),
  /** What puts it right, as a button says it. */
  cure: z.string(),
});

/** What only the practice server has to show. */
export const practiceSchema = z.object({
  /** The notification that MIM sent last there, and whether it arrived; null before the first. */
  notification: z.object({ at: momentSchema, arrived: z.boolean(), text: z.string() }).nullable(),
  faults: z.array(faultSchema),
  microsoft: z.array(partSchema),
  /** Made-up IDs for who has none; the simulated Microsoft takes any. */
  madeUp: z.object({ applicationId: z.string(), tenantId: z.string() }),
});
export type Practice = z.infer<typeof practiceSchema>;

/** What the practice installer takes from its pages. Of a secret it takes only whether something was typed. */
const enteredKeys = [
  "database",
  "mailServer",
  "mailHost",
  "authentication",
  "managed",
  "applicationId",
  "tenantId",
  "secret",
  "accountName",
  "accountDomain",
  "serviceEmail",
  "emailPassword",
] as const;
export type EnteredKey = (typeof enteredKeys)[number];

/** What stands in a control of a page: a caption chosen, a text typed, `yes` for a tick or a secret that was typed. */
export const enteredSchema = z.object({ key: z.enum(enteredKeys), text: z.string().max(256) });
export type Entered = z.infer<typeof enteredSchema>;

/** The controls of a page in their order, by what is taken from them; null for one from which nothing is. */
export const enteredOn: Readonly<Partial<Record<PageId, readonly (EnteredKey | null)[]>>> = {
  database: [null, "database"],
  mailServer: [null, "mailServer", "mailHost", "authentication", "managed"],
  mailbox: ["applicationId", "tenantId", "secret"],
  serviceAccount: ["accountName", null, "accountDomain", "serviceEmail", "emailPassword"],
};
