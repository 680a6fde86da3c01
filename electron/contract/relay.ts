import * as z from "zod";
import { momentSchema } from "./date.ts";
import { statusSchema } from "./status.ts";

/** The steps of a conversation with an SMTP relay, in their order; `windows` and `testMail` only where they were tried. */
export const relayStepIds = [
  "name",
  "connection",
  "greeting",
  "tls",
  "sender",
  "inside",
  "outside",
  "windows",
  "testMail",
] as const;
export type RelayStepId = (typeof relayStepIds)[number];

/** One step of the conversation: what was answered, and where it failed, why and what to do. */
export const relayRowSchema = z.object({
  id: z.enum(relayStepIds),
  /** `notApplicable` for a step that was not reached. */
  status: statusSchema,
  title: z.string(),
  text: z.string(),
  cure: z.array(z.string()),
});
export type RelayRow = z.infer<typeof relayRowSchema>;

/** How a conversation ended. */
export const relayAnswerSchema = z.object({
  at: momentSchema,
  host: z.string(),
  port: z.number().int(),
  rows: z.array(relayRowSchema),
  /** What was seen besides: addresses, ways to sign in, MX and SPF of the domain. */
  details: z.array(z.object({ label: z.string(), value: z.string() })),
});
export type RelayAnswer = z.infer<typeof relayAnswerSchema>;

/** Everything the window shows of the relay that is wanted. */
export const relayStateSchema = z.object({
  /** Why it cannot be asked; null when it can. */
  refusal: z.object({ message: z.string(), cure: z.string() }).nullable(),
  /** What would be asked; null while it is refused. */
  question: z
    .object({
      host: z.string(),
      useSsl: z.boolean(),
      sender: z.string(),
      inside: z.string(),
      outside: z.string(),
    })
    .nullable(),
  /** The one address a test mail may go to; null while none is wanted. */
  testRecipient: z.string().nullable(),
  /** True on the practice server: a simulated relay answers, and nothing leaves the computer. */
  simulated: z.boolean(),
  /** The last conversation with this host about this sender; null when there is none. */
  answer: relayAnswerSchema.nullable(),
});
export type RelayState = z.infer<typeof relayStateSchema>;
