import * as z from "zod";
import { stepIdSchema } from "./checklist.ts";

/** The window's title on every page of the installer. */
export const wizardTitle = "Microsoft Identity Manager 2016 - Service and Portal";

/** The wizard's pages in their order. */
export const pageIds = [
  "welcome",
  "maintenance",
  "azureCloud",
  "customSetup",
  "database",
  "databaseBackup",
  "mailServer",
  "mailbox",
  "certificate",
  "serviceAccount",
  "accountSecurity",
  "synchronization",
  "serviceAddress",
  "sharePoint",
  "sharePointTimer",
  "registrationPortal",
  "firewall",
  "install",
] as const;
export const pageIdSchema = z.enum(pageIds);
export type PageId = z.infer<typeof pageIdSchema>;

/** `enabled` where the person may type or choose; a greyed control only shows. */
const controlStateSchema = z.enum(["enabled", "greyed"]);

/** A control of a page. A caption that no source shows is null: it is drawn without words, never with made-up ones. */
export const wizardControlSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), caption: z.string() }),
  z.object({
    kind: z.literal("choice"),
    caption: z.string().nullable(),
    options: z.array(z.string()),
    /** The option to choose; null when what stands there stays. */
    choose: z.string().nullable(),
    state: controlStateSchema,
  }),
  z.object({
    kind: z.literal("field"),
    caption: z.string().nullable(),
    /** What to type, or what a greyed field shows; null when the person knows it or it stays as it is. */
    value: z.string().nullable(),
    state: controlStateSchema,
  }),
  /** Typed by the person alone: it is neither shown, nor copied, nor kept. `leaveEmpty` when nothing belongs in it. */
  z.object({
    kind: z.literal("secret"),
    caption: z.string().nullable(),
    leaveEmpty: z.boolean(),
    state: controlStateSchema,
  }),
  z.object({
    kind: z.literal("checkBox"),
    caption: z.string(),
    checked: z.boolean(),
    state: controlStateSchema,
  }),
  /** A part of the page whose look no source shows; told in our words. */
  z.object({ kind: z.literal("part"), description: z.string() }),
]);
export type WizardControl = z.infer<typeof wizardControlSchema>;

/** One page of the wizard with what is to be done on it. */
export const wizardPageSchema = z.object({
  number: z.number().int(),
  id: pageIdSchema,
  title: z.string(),
  subtitle: z.string().nullable(),
  /** False when no source shows the page's title and it is told in our words. */
  titleIsCaption: z.boolean(),
  appears: z.enum(["always", "sometimes", "never"]),
  /** When it appears; null for a page that always does. */
  when: z.string().nullable(),
  /** What to do, one sentence an item. The last of them names the button. */
  instructions: z.array(z.string()),
  controls: z.array(wizardControlSchema),
  /** What goes wrong here for others. */
  traps: z.array(z.string()),
  /** The step of the checklist it belongs to. */
  step: stepIdSchema.nullable(),
  /** True while a secret is being typed: no picture is taken of it. */
  showsSecret: z.boolean(),
});
export type WizardPage = z.infer<typeof wizardPageSchema>;

/** Pages that come only with features beside the MIM Service and Portal. */
export const extraPageIds = [
  "serviceManager",
  "pamRestApi",
  "pamComponent",
  "pamMonitoring",
  "passwordRegistration",
  "passwordReset",
] as const;
export const extraPageIdSchema = z.enum(extraPageIds);
export type ExtraPageId = z.infer<typeof extraPageIdSchema>;

/** One of them. It has no number: on most servers it does not come, and the others keep theirs. */
export const extraPageSchema = wizardPageSchema
  .omit({ number: true, id: true })
  .extend({ id: extraPageIdSchema, after: pageIdSchema });
export type ExtraPage = z.infer<typeof extraPageSchema>;

/** The whole wizard as the target asks for it. */
export const wizardSchema = z.object({
  pages: z.array(wizardPageSchema),
  extraPages: z.array(extraPageSchema),
  /** What the wizard would refuse, in words; empty when it takes the choice. */
  refusals: z.array(z.string()),
});
export type Wizard = z.infer<typeof wizardSchema>;
