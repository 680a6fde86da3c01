import * as z from "zod";
import { findingIdSchema } from "./checklist.ts";
import { daySchema } from "./date.ts";
import { authenticationSchema, mailServerSchema } from "./mail-server.ts";
import { looksLikeSecret } from "./secret-signs.ts";
import { smtpPlanNotesSchema } from "./smtp-plan.ts";

/** How far TLS goes: the guide's full set, or only what mail needs (TLS 1.2 and .NET). */
export const tlsProfiles = ["guide", "minimum"] as const;
export const tlsProfileSchema = z.enum(tlsProfiles);
export type TlsProfile = z.infer<typeof tlsProfileSchema>;

/**
 * A text the administrator enters that is no secret. What has the form of one was pasted into the wrong field: it is
 * refused, so that it reaches no file, and the refusal does not repeat it.
 */
const openTextSchema = z
  .string()
  .refine((text) => !looksLikeSecret(text), "this looks like a secret, which belongs only into the installer's page");

/** A finding the administrator lives with, until a day. */
export const acceptanceSchema = z.strictObject({
  finding: findingIdSchema,
  reason: openTextSchema.pipe(z.string().trim().min(1)),
  by: openTextSchema.pipe(z.string().trim().min(1)),
  until: daySchema,
});
export type Acceptance = z.infer<typeof acceptanceSchema>;

/**
 * Something only the administrator can know. The day tells whether it is newer than what was seen; a bare `true` is
 * older than anything.
 */
export const confirmationSchema = z.union([z.boolean(), daySchema]);
export type Confirmation = z.infer<typeof confirmationSchema>;

/** True for a confirmation, with a day or without. */
export function isConfirmed(confirmation: Confirmation | undefined): boolean {
  return confirmation !== undefined && confirmation !== false;
}

/** What is done on one node of a farm after the other, in this order. */
export const nodeSteps = ["drained", "changeMode", "verified", "returned"] as const;
export const nodeStepSchema = z.enum(nodeSteps);
export type NodeStep = (typeof nodeSteps)[number];

export const changeModeStepsSchema = z.strictObject({
  drained: daySchema.optional(),
  changeMode: daySchema.optional(),
  verified: daySchema.optional(),
  returned: daySchema.optional(),
});
export type ChangeModeSteps = z.infer<typeof changeModeStepsSchema>;

/** What holds for one server alone: what was seen or decided there, and for no other. */
const confirmations = {
  backupConfirmed: confirmationSchema.optional(),
  allowListConfirmed: confirmationSchema.optional(),
  mailboxConfirmed: confirmationSchema.optional(),
  tlsCostsConfirmed: confirmationSchema.optional(),
  mailConfirmed: daySchema.optional(),
  accepted: z.array(acceptanceSchema).optional(),
  /** What was done for Change mode on this node of a farm, with the day. */
  changeModeSteps: changeModeStepsSchema.optional(),
};
export const confirmationsSchema = z.strictObject(confirmations);
export type Confirmations = z.infer<typeof confirmationsSchema>;
/** The names of the confirmations, for the window, which is built without schemas. */
export const confirmationFields = [
  "backupConfirmed",
  "allowListConfirmed",
  "mailboxConfirmed",
  "tlsCostsConfirmed",
  "mailConfirmed",
  "accepted",
  "changeModeSteps",
] as const satisfies readonly (keyof Confirmations)[];

/**
 * What the administrator wants of one server: wishes, which all servers of a farm share, and the confirmations of this
 * one. Never holds a secret. Everything is optional in the file; the defaults are
 * Office 365, Application Context Authentication and the guide's TLS profile.
 * IDs and addresses are kept as typed, so that a finding can say what is wrong with them.
 */
export const targetSchema = z.strictObject({
  mailServer: mailServerSchema.default("office365"),
  authentication: authenticationSchema.default("applicationContext"),
  applicationId: openTextSchema.optional(),
  tenantId: openTextSchema.optional(),
  secretExpires: daySchema.optional(),
  serviceAccount: openTextSchema.optional(),
  serviceEmail: openTextSchema.optional(),
  /** The host that takes MIM's mail, for SMTP and Exchange Server. */
  mailHost: openTextSchema.optional(),
  /** Whether the wizard's "SSL" of an SMTP host is wanted. */
  mailUseSsl: z.boolean().optional(),
  /** The address a test mail may be sent to. */
  mailTestRecipient: openTextSchema.pipe(z.string().trim().pipe(z.email())).optional(),
  /** Whether Office 365 is kept until Exchange Web Services end, or SMTP is the way chosen for then. */
  ewsDecision: z.enum(["untilTheEnd", "smtp"]).optional(),
  /** What is answered and done of the plan from Exchange Web Services to another way. */
  smtpPlan: smtpPlanNotesSchema.optional(),
  tlsProfile: tlsProfileSchema.default("guide"),
  ...confirmations,
});
export type Target = z.infer<typeof targetSchema>;

/** The target of someone who has entered nothing yet. */
export const defaultTarget: Target = targetSchema.parse({});
