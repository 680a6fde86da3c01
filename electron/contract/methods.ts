import * as z from "zod";
import { aboutSchema } from "./about.ts";
import { changeResultSchema } from "./change.ts";
import { changeModeSchema, installerWatchSchema } from "./change-mode.ts";
import { findingIdSchema, stepIdSchema } from "./checklist.ts";
import { cloudAnswerSchema } from "./cloud.ts";
import { daySchema, momentSchema } from "./date.ts";
import type { Outcome } from "./outcome.ts";
import { pictureContentSchema, pictureMediaTypes } from "./picture.ts";
import { enteredSchema, practiceActs } from "./practice.ts";
import { renewalSchema } from "./renewal.ts";
import { reportFormatSchema, reportOptionsSchema } from "./report.ts";
import { settingsSchema } from "./settings.ts";
import { smtpPlanSchema } from "./smtp-plan.ts";
import { startSchema } from "./start.ts";
import { stateSchema } from "./state.ts";
import { nodeStepSchema, targetSchema } from "./target.ts";
import { pageIdSchema } from "./wizard.ts";

/** A file handed to the person to save: the trusted side writes the text, the window offers it. */
const offeredFileSchema = z.object({
  name: z.string(),
  mediaType: z.string(),
  text: z.string(),
  /** How the text is written into the file; `Bom` with a byte-order mark, `base64` for what is no text. */
  encoding: z.enum(["utf8", "utf8Bom", "utf16leBom", "base64"]),
});
export type OfferedFile = z.infer<typeof offeredFileSchema>;

const changedSchema = z.object({ result: changeResultSchema, state: stateSchema });

const nothing = z.null();

/**
 * The one table of what crosses the bridge: method → input and output. `preload`, `main`, `preview` and the
 * window's client are derived from it; a method missing anywhere does not compile. No method takes a command,
 * a script, a path to run or a registry address.
 */
export const methods = {
  /** What there is to begin with. Looks at no server. */
  getStart: { input: nothing, output: startSchema },
  /** Remembers the screen on show, so that the next start begins there. */
  notePlace: { input: z.object({ screen: z.string().max(40) }), output: nothing },
  /** Turns to a recording that was opened before. */
  openRecent: { input: z.object({ id: z.string() }), output: stateSchema },
  /** Takes a recording off the list of those opened before, and its copy away. */
  forgetRecent: { input: z.object({ id: z.string() }), output: startSchema },
  /** The state as it is; the first call looks at the server. */
  getState: { input: nothing, output: stateSchema },
  /** Looks at the server again. */
  look: { input: nothing, output: stateSchema },
  /** Looks at this computer again with an administrator's rights, for which Windows asks once. */
  lookElevated: { input: nothing, output: stateSchema },
  /** Opens the program anew as an administrator, for which Windows asks once; this window ends when that one is there. */
  openElevated: { input: nothing, output: nothing },
  /** Stops a look that is under way. */
  cancelLook: { input: nothing, output: nothing },
  /** Turns to this server or the practice server. */
  chooseServer: { input: z.object({ kind: z.enum(["live", "practice"]) }), output: stateSchema },
  /** Turns to a recording that ships with the product. */
  openSample: { input: z.object({ id: z.string() }), output: stateSchema },
  /** Turns to a recording the person chose; the text is what the file held. */
  openRecording: { input: z.object({ name: z.string(), text: z.string() }), output: stateSchema },
  /**
   * Starts the practice server over, with what was confirmed and accepted of it; with `wishes` also what is wanted, which
   * counts for every server.
   */
  resetPractice: { input: z.object({ wishes: z.boolean() }), output: stateSchema },
  /** Does on the practice server what a person does on a real one: a restart, a wait, a notification. */
  rehearse: { input: z.object({ act: z.enum(practiceActs) }), output: stateSchema },
  /** Makes something go wrong on the practice server, by the fault's id, or takes it back. */
  setPracticeFault: { input: z.object({ fault: z.string(), set: z.boolean() }), output: stateSchema },
  /** Keeps what the administrator wants and judges anew. */
  setTarget: { input: targetSchema, output: stateSchema },
  /** Takes the target from a file the person chose. */
  openTarget: { input: z.object({ name: z.string(), text: z.string() }), output: stateSchema },
  /** The target as a file. */
  saveTarget: { input: nothing, output: offeredFileSchema },
  /** What was seen, as a recording. */
  saveRecording: { input: nothing, output: offeredFileSchema },
  /** The servers side by side as a table. */
  saveFarm: { input: nothing, output: offeredFileSchema },
  /** The dates ahead as a calendar file, with alarms. */
  saveCalendar: { input: nothing, output: offeredFileSchema },
  /** The configuration report. */
  saveReport: {
    input: z.object({ format: reportFormatSchema, options: reportOptionsSchema }),
    output: offeredFileSchema,
  },
  /** The report as it would be saved, in HTML. */
  previewReport: { input: reportOptionsSchema, output: z.object({ html: z.string() }) },
  /** Shows the file that was saved last in its folder. */
  showSaved: { input: nothing, output: nothing },
  /** Compares with an earlier recording or report the person chose, and not with the session's first look. */
  openBefore: { input: z.object({ name: z.string(), text: z.string() }), output: stateSchema },
  /** Compares with the session's first look again. */
  closeBefore: { input: nothing, output: stateSchema },
  /** Puts recordings the person chose beside the server on show. */
  openFarm: {
    input: z.object({ files: z.array(z.object({ name: z.string(), text: z.string() })).max(50) }),
    output: stateSchema,
  },
  /** Looks at other computers through PowerShell remoting and puts them beside the server on show. */
  addServers: { input: z.object({ names: z.array(z.string().max(300)).min(1).max(50) }), output: stateSchema },
  cancelAddServers: { input: nothing, output: nothing },
  /** Ticks what was done for Change mode on a computer, or takes the tick away. */
  tickNode: {
    input: z.object({ computer: z.string().min(1).max(300), step: nodeStepSchema, ticked: z.boolean() }),
    output: stateSchema,
  },
  closeFarm: { input: nothing, output: stateSchema },
  /** Makes the planned changes with these ids, journalled; with `offer` those that finding offers. */
  applyChanges: {
    input: z.object({
      ids: z.array(z.string()),
      offer: findingIdSchema.optional(),
      copyConfig: z.boolean(),
      restartService: z.boolean(),
    }),
    output: changedSchema,
  },
  /** Puts back what a journal found; `force` writes over what someone else has changed since. */
  undoChange: { input: z.object({ journal: z.string(), force: z.boolean() }), output: changedSchema },
  /** Ends a journal that was interrupted. */
  recoverChange: {
    input: z.object({ journal: z.string(), how: z.enum(["finish", "putBack"]), force: z.boolean() }),
    output: changedSchema,
  },
  /** Stops a change that is under way; what it set is put back. */
  cancelChange: { input: nothing, output: nothing },
  /** The target's TLS profile as a file that does the same as applyChanges; `undoReg` puts back what stands now. */
  saveScript: {
    input: z.object({ format: z.enum(["ps1", "reg", "undoReg", "dsc", "ansible"]) }),
    output: offeredFileSchema,
  },
  /** Starts the installer in Change mode and follows it; answers when it has ended and the server was looked at. */
  startChangeMode: {
    input: z.object({ copyConfig: z.boolean() }),
    output: z.object({ watch: installerWatchSchema, state: stateSchema }),
  },
  /** Stops preparing the installer; once its window is open it is cancelled there. */
  cancelChangeMode: { input: nothing, output: nothing },
  /** A button of the practice installer, with what stands on its page; without it the page has what is wanted. */
  pressPractice: {
    input: z.object({ button: z.enum(["next", "cancel"]), entered: z.array(enteredSchema).max(20).optional() }),
    output: nothing,
  },
  /** The person says on which page the wizard is. */
  moveToPage: { input: z.object({ page: pageIdSchema }), output: changeModeSchema },
  /** The person ticks a page as done, or takes the tick away. */
  tickPage: { input: z.object({ page: pageIdSchema, ticked: z.boolean() }), output: changeModeSchema },
  /** Replaces the last run's log by a copy without its secrets. */
  cleanLog: { input: nothing, output: changedSchema },
  /** Shows the log of the run that began at that moment in its folder. */
  showLog: { input: z.object({ run: momentSchema }), output: nothing },
  /** Shows or hides the companion; answers where it is shown. */
  showCompanion: {
    /** `goTo`: the step the program's window turns to with it. */
    input: z.object({ shown: z.boolean(), goTo: stepIdSchema.optional() }),
    output: z.object({ where: z.enum(["window", "panel"]) }),
  },
  /** Takes a picture of the installer's window; never of a page that shows a secret. */
  takePicture: { input: z.object({ page: pageIdSchema }), output: changeModeSchema },
  /** Keeps a picture the person chose or pasted; of a page that shows a secret only when it was masked. */
  addPicture: {
    input: z.object({
      page: pageIdSchema,
      mediaType: z.enum(pictureMediaTypes),
      base64: z.string(),
      masked: z.boolean(),
    }),
    output: changeModeSchema,
  },
  removePicture: { input: z.object({ id: z.string() }), output: changeModeSchema },
  getPicture: { input: z.object({ id: z.string() }), output: pictureContentSchema },
  /** Signs in to Microsoft's cloud and asks the mailbox. The secret is in memory for this call alone. */
  checkCloud: {
    input: z.object({ secret: z.string().min(1).max(1000), dod: z.boolean() }),
    output: z.object({ answer: cloudAnswerSchema, state: stateSchema }),
  },
  /** Where the renewal of the client secret stands. */
  getRenewal: { input: nothing, output: renewalSchema },
  /** What the person says of it; never a secret. */
  tellRenewal: {
    input: z.object({
      word: z.discriminatedUnion("say", [
        z.object({ say: z.enum(["start", "checked", "removed", "abandon"]) }),
        z.object({ say: z.literal("made"), expires: daySchema }),
      ]),
    }),
    output: z.object({ renewal: renewalSchema, state: stateSchema }),
  },
  cancelCloudCheck: { input: nothing, output: nothing },
  /** Asks the relay up to RCPT TO; with `testMail` one mail goes to the target's recipient for it, else nothing is sent. */
  checkRelay: {
    input: z.object({ port: z.number().int().min(1).max(65_535), testMail: z.boolean() }),
    output: stateSchema,
  },
  cancelRelayCheck: { input: nothing, output: nothing },
  /** The plan from Exchange Web Services to another way, of what is answered and ticked in the target. */
  getSmtpPlan: { input: nothing, output: smtpPlanSchema },
  getAbout: { input: nothing, output: aboutSchema },
  /** What helps whoever looks into a fault; without secrets, names and addresses. */
  getDiagnostics: { input: nothing, output: z.object({ text: z.string() }) },
  getSettings: { input: nothing, output: settingsSchema },
  setSettings: { input: settingsSchema, output: settingsSchema },
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type MethodInput<Name extends MethodName> = z.infer<Methods[Name]["input"]>;
export type MethodOutput<Name extends MethodName> = z.infer<Methods[Name]["output"]>;

/** What the trusted side tells without being asked. */
export const events = {
  /** Long work goes on: what is being done, and how far (0 to 1, null when not known). */
  progress: z.object({
    task: z.enum(["look", "change", "cloud", "relay", "servers"]),
    text: z.string(),
    fraction: z.number().nullable(),
  }),
  /** The installer goes on; null when it was not started after all. */
  installer: installerWatchSchema.nullable(),
  /** The companion, in a window of its own, leads on to a step. */
  goTo: stepIdSchema,
  /** What became of a file that the window handed out at an address of its own: only then it is known to be saved. */
  handedOut: z.object({ address: z.string(), ended: z.enum(["saved", "cancelled", "failed"]) }),
} as const;

export type Events = typeof events;
export type EventName = keyof Events;
export type EventValue<Name extends EventName> = z.infer<Events[Name]>;

/** The trusted side's half of the table: one handler a method. */
export type Handlers = {
  readonly [Name in MethodName]: (input: MethodInput<Name>) => Promise<Outcome<MethodOutput<Name>>>;
};

/** The bridge as the window sees it: methods by name, and a way to listen. */
export type Bridge = Handlers & {
  /** Calls the listener at each event of that name; gives the function that stops it. */
  readonly on: <Name extends EventName>(name: Name, listener: (value: EventValue<Name>) => void) => () => void;
};

export const methodNames = Object.keys(methods) as readonly MethodName[];
export const eventNames = Object.keys(events) as readonly EventName[];
