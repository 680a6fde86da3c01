import * as z from "zod";
import { momentSchema } from "./date.ts";
import { cloudCheckSchema } from "./history.ts";
import { statusSchema } from "./status.ts";

/** One part of a check of Microsoft's cloud, with what it means and what to do. */
export const cloudRowSchema = z.object({
  id: z.enum(["signIn", "role", "mailbox", "clock", "windows"]),
  status: statusSchema,
  title: z.string(),
  /** What was answered, in a sentence. */
  text: z.string(),
  /** Stable: `AADSTS7000215`, `network.dns`, `ews.noMailbox`; null when nothing failed. */
  code: z.string().nullable(),
  cure: z.array(z.string()),
  /** Trace, request ID, expiry and the like, as label and value. */
  details: z.array(z.object({ label: z.string(), value: z.string() })),
});
export type CloudRow = z.infer<typeof cloudRowSchema>;

/** How a check ended. Holds no secret and no token. */
export const cloudAnswerSchema = z.object({
  at: momentSchema,
  rows: z.array(cloudRowSchema),
  /** How each host was reached: "directly", "through the proxy …". */
  routes: z.array(z.object({ host: z.string(), route: z.string() })),
});
export type CloudAnswer = z.infer<typeof cloudAnswerSchema>;

/** A command to copy: what it is for, the text, and a warning to read before. */
export const cloudCommandSchema = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  /** Where it is run: "Exchange Online PowerShell". */
  runIn: z.string(),
  note: z.string().nullable(),
});
export type CloudCommand = z.infer<typeof cloudCommandSchema>;

/** One part of setting up the application in Entra and Exchange Online. */
export const setUpPartSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** What to do in the portal, one sentence an item. */
  steps: z.array(z.string()),
  commands: z.array(cloudCommandSchema),
});
export type SetUpPart = z.infer<typeof setUpPartSchema>;

/** What a check of the cloud is made with. */
export const cloudPartSchema = z.enum(["application", "tenant", "mailbox"]);
export type CloudPart = z.infer<typeof cloudPartSchema>;

/** Everything the window shows of Microsoft's cloud. */
export const cloudStateSchema = z.object({
  /** Why it cannot be asked; null when it can. */
  refusal: z.object({ message: z.string(), cure: z.string() }).nullable(),
  /** What would be asked; null while it is refused. */
  question: z
    .object({
      cloud: z.string(),
      applicationId: z.string(),
      tenantId: z.string(),
      mailbox: z.string().nullable(),
    })
    .nullable(),
  /** True on the practice server: a simulated Microsoft answers, and nothing leaves the computer. */
  simulated: z.boolean(),
  /** True for Office 365 Government, where DoD has to be told from GCC High. */
  asksDod: z.boolean(),
  /** The check that is kept; null when there is none. */
  last: cloudCheckSchema.nullable(),
  /** What the kept check was made with another of than is wanted now; empty when it counts as a whole. */
  lastDiffers: z.array(cloudPartSchema),
  /** The answer in full, of a check of this session; null when there is none. */
  answer: cloudAnswerSchema.nullable(),
  /** The allow list's and the mailbox's commands, filled in with the target's IDs. */
  commands: z.array(cloudCommandSchema),
  setUp: z.array(setUpPartSchema),
});
export type CloudState = z.infer<typeof cloudStateSchema>;
