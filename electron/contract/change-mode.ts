import * as z from "zod";
import { momentSchema } from "./date.ts";
import { installerRunSchema, logLineSchema } from "./history.ts";
import { pictureSummarySchema } from "./picture.ts";
import { statusSchema } from "./status.ts";
import { extraPageIdSchema } from "./wizard.ts";

/** Where the wizard is, and how that is known. `order` is a guess: the person can move on by hand. */
export const followedPageSchema = z.object({
  page: z.number().int(),
  known: z.enum(["name", "order", "person"]),
  /** Set while a page of another feature is shown, after that page. */
  extra: extraPageIdSchema.optional(),
});
export type FollowedPage = z.infer<typeof followedPageSchema>;

/** One reason a run ended as it did, with what to do; or what went wrong in a run that succeeded all the same. */
export const explanationSchema = z.object({
  code: z.number().int(),
  /**
   * `exit` for msiexec's exit code, `message` for what the log told on the way, `customAction` for a custom action whose
   * failure the installer passed over.
   */
  origin: z.enum(["exit", "message", "customAction"]),
  /** What it means; of a message that is the package's own, what it says. */
  cause: z.string(),
  /** Empty where nothing is known to do. */
  cure: z.string(),
  /** The line of the log that told it; null for an exit code. */
  line: z.number().int().nullable(),
  source: z.string(),
  /** The installer's own words, whole; null where there are none. */
  text: z.string().nullable(),
  /** The lines of the log around it. */
  around: z.array(logLineSchema),
});
export type Explanation = z.infer<typeof explanationSchema>;

/**
 * A run of the installer in Change mode as it is followed, under way or ended. Holds no secret. `preparing` until the
 * installer was started, `begun` before its first page, `pages` while the person goes through them, `installing` once
 * the server is being changed, `ended` when msiexec has ended.
 */
export const installerWatchSchema = z.object({
  phase: z.enum(["preparing", "begun", "pages", "installing", "ended"]),
  /** True for the practice server's installer, whose buttons are pressed here. */
  practice: z.boolean(),
  startedAt: momentSchema,
  endedAt: momentSchema.nullable(),
  /** Where its log lies; null before it was started. */
  log: z.string().nullable(),
  /** Null before the first page and once the pages are left. */
  page: followedPageSchema.nullable(),
  /** Numbers of the pages that are behind, by the log or ticked by hand. */
  ticked: z.array(z.number().int()),
  /** What is being done now, in words; null when nothing is to be told. */
  action: z.string().nullable(),
  /** How many actions of the install phase have ended, and how far that is (0 to 1, null when not known). */
  actionsEnded: z.number().int(),
  fraction: z.number().nullable(),
  /** msiexec's exit code; null while it runs. */
  exitCode: z.number().int().nullable(),
  restart: z.enum(["none", "needed", "begun"]),
  firstFailure: z
    .object({
      action: z.string(),
      line: z.number().int(),
      customAction: z.string().nullable(),
      /** True when it failed while an older version was removed. */
      nested: z.boolean(),
      /** What the custom action and what it runs said last. */
      said: z.array(logLineSchema),
      around: z.array(logLineSchema),
    })
    .nullable(),
  /** Why it did not succeed, nearest to the cause first; empty while it goes well. */
  explanations: z.array(explanationSchema),
  /** Sign-in refusals (AADSTS…) the installer met on the mailbox page, each with what it means. */
  signInErrors: z.array(z.object({ code: z.string(), meaning: z.string(), cure: z.string() })),
  secretsInLog: z.number().int(),
  /** What the log tells beside, once the run has ended: what was changed on the pages, features, what took long. */
  details: z.array(z.object({ title: z.string(), items: z.array(z.string()) })).optional(),
  /** What to know about the following itself: the log was replaced, cannot be read, … Null when all is well. */
  notice: z.string().nullable(),
});
export type InstallerWatch = z.infer<typeof installerWatchSchema>;

/**
 * What the process that runs the installer tells of it: what the log says, and nothing that needs the target. Which page
 * that is, what the person says of it and what a sign-in refusal means is added where the target is known.
 */
export const installerStepSchema = installerWatchSchema
  .omit({ practice: true, page: true, ticked: true, signInErrors: true })
  .extend({
    /** The names of the dialogs that were shown, in their order. */
    dialogs: z.array(z.string()),
    /** Codes of Microsoft Entra ID without their letters. */
    signInErrors: z.array(z.string()),
  });
export type InstallerStep = z.infer<typeof installerStepSchema>;

/** One thing that is looked at before the installer is started. */
export const readinessSchema = z.object({
  id: z.enum(["command", "media", "otherInstallation", "configCopy", "elevation"]),
  status: statusSchema,
  text: z.string(),
  /** What to do about it; null when nothing is. */
  cure: z.string().nullable(),
});
export type Readiness = z.infer<typeof readinessSchema>;

/** Everything the window shows of Change mode. */
export const changeModeSchema = z.object({
  /** Why the installer cannot be started from here; null when it can. */
  refusal: z.object({ message: z.string(), cure: z.string() }).nullable(),
  readiness: z.array(readinessSchema),
  /** What to have at hand before the start: the passwords it will ask for, and what else it stumbles over. */
  atHand: z.array(z.object({ id: z.string(), text: z.string() })),
  /** The run under way or ended last, this session; null for none. */
  watch: installerWatchSchema.nullable(),
  /** The runs that are kept, newest first. */
  runs: z.array(installerRunSchema),
  pictures: z.array(pictureSummarySchema),
  /** True where the program can take a picture of the installer's window itself. */
  takesPictures: z.boolean(),
});
export type ChangeMode = z.infer<typeof changeModeSchema>;
