import * as z from "zod";
import { cloudCommandSchema } from "./cloud.ts";
import { daySchema } from "./date.ts";

/** The ways for MIM's mail once Exchange Web Services have ended in Exchange Online. */
export const smtpWays = ["connectorAddress", "connectorCertificate", "directSend", "ownRelay", "exchange"] as const;
export const smtpWaySchema = z.enum(smtpWays);
export type SmtpWay = z.infer<typeof smtpWaySchema>;

const yesOrNo = z.enum(["yes", "no"]);

/** What is answered to the five questions that lead to a way; one that is not answered is left out. */
export const smtpAnswersSchema = z.strictObject({
  approvals: yesOrNo.optional(),
  exchangeServer: yesOrNo.optional(),
  ownRelay: yesOrNo.optional(),
  recipients: z.enum(["inside", "outside"]).optional(),
  identity: z.enum(["address", "certificate", "neither"]).optional(),
});
export type SmtpAnswers = z.infer<typeof smtpAnswersSchema>;

/** The five questions, in the order in which they are asked. */
export const smtpQuestionIds = ["approvals", "exchangeServer", "ownRelay", "recipients", "identity"] as const;
export type SmtpQuestionId = (typeof smtpQuestionIds)[number];

/** The steps that a person ticks off, because no look can tell; each way has some of them. */
export const smtpTickIds = [
  "account",
  "domains",
  "certificate",
  "relay",
  "setting",
  "connector",
  "records",
  "port",
  "mailbox",
  "users",
] as const;
export type SmtpTickId = (typeof smtpTickIds)[number];

/** The steps that a look, or the relay's answer, shows to be done. */
export const smtpSeenIds = ["relayCheck", "changeMode", "prove"] as const;

const tick = daySchema.optional();

/** The day on which each step was done. */
export const smtpTicksSchema = z.strictObject({
  account: tick,
  domains: tick,
  certificate: tick,
  relay: tick,
  setting: tick,
  connector: tick,
  records: tick,
  port: tick,
  mailbox: tick,
  users: tick,
});

/** What is decided and done for the time after Exchange Web Services; it holds for all servers. */
export const smtpPlanNotesSchema = z.strictObject({
  answers: smtpAnswersSchema.optional(),
  done: smtpTicksSchema.optional(),
});
export type SmtpPlanNotes = z.infer<typeof smtpPlanNotesSchema>;

const questionSchema = z.object({
  id: z.enum(smtpQuestionIds),
  text: z.string(),
  /** Why it is asked. */
  why: z.string(),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
  /** The option that was chosen; null while none is. */
  answer: z.string().nullable(),
});

const stepSchema = z.object({
  id: z.enum([...smtpTickIds, ...smtpSeenIds]),
  title: z.string(),
  /** What to do, one sentence an item. */
  how: z.array(z.string()),
  /** What reads stands before what writes. */
  commands: z.array(cloudCommandSchema),
  done: z.boolean(),
  /** The day it was ticked off or seen to be done; null where it is not known. */
  day: daySchema.nullable(),
  /** True for a step that a person ticks off. */
  ticked: z.boolean(),
});
export type SmtpPlanStep = z.infer<typeof stepSchema>;

/** The plan from Exchange Web Services to another way: which fits and why, and what to do for it. */
export const smtpPlanSchema = z.object({
  questions: z.array(questionSchema),
  answered: z.number().int(),
  /** The way that fits; null while the answers do not tell. */
  way: z.object({ id: smtpWaySchema, title: z.string(), host: z.string() }).nullable(),
  /** Why it fits. */
  reasons: z.array(z.string()),
  /** What has to be weighed or done because of it. */
  warnings: z.array(z.string()),
  /** The other ways, and why they fit less. */
  others: z.array(z.object({ id: smtpWaySchema, title: z.string(), reason: z.string() })),
  steps: z.array(stepSchema),
  /** DNS records to look at. */
  records: z.array(z.object({ name: z.string(), type: z.string(), text: z.string(), look: z.string() })),
  dates: z.array(z.object({ day: z.string(), text: z.string() })),
  /** What to tell those who get MIM's mail, to be passed on as it stands. */
  users: z.array(z.string()),
  /** Where it stands, in a few words. */
  standing: z.string(),
});
export type SmtpPlan = z.infer<typeof smtpPlanSchema>;
