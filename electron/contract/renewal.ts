import * as z from "zod";
import { cloudCommandSchema } from "./cloud.ts";
import { daySchema, momentSchema } from "./date.ts";
import { statusSchema } from "./status.ts";
import { pageIdSchema } from "./wizard.ts";

/** The steps of renewing a client secret, in their order. */
export const renewalSteps = ["made", "checked", "changeMode", "restarted", "verified", "removed"] as const;
export const renewalStepIdSchema = z.enum(renewalSteps);
export type RenewalStepId = (typeof renewalSteps)[number];

export const renewalStepSchema = z.object({
  id: renewalStepIdSchema,
  title: z.string(),
  /** `next` is the one to be done now; those after it wait. */
  state: z.enum(["done", "next", "waiting"]),
  /** How it stands: what shows that it is done, or what is missing. */
  text: z.string(),
  /** What to do, one sentence an item. */
  how: z.array(z.string()),
  commands: z.array(cloudCommandSchema),
});
export type RenewalStep = z.infer<typeof renewalStepSchema>;

/** Renewing the client secret of one application: where it stands. It holds no secret. */
export const renewalSchema = z.object({
  /** When it was begun; null while it was not. */
  startedAt: momentSchema.nullable(),
  applicationId: z.string(),
  /** The day the secret in use expires, and the one the new secret does; null: not entered. */
  expires: daySchema.nullable(),
  newExpires: daySchema.nullable(),
  /** Whether it is time: the verdict of `azure.secretExpiry`, and what it says. */
  due: z.object({ status: statusSchema, text: z.string() }),
  steps: z.array(renewalStepSchema),
  /** The pages of the installer on which something is typed for it while Change mode is next; empty at any other time. */
  pages: z.array(pageIdSchema),
  /** True once every step is done. */
  finished: z.boolean(),
});
export type Renewal = z.infer<typeof renewalSchema>;
