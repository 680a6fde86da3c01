import * as z from "zod";
import { changeResultSchema } from "./change.ts";
import type { Outcome } from "./outcome.ts";
import { settingsSchema } from "./settings.ts";
import { stateSchema } from "./state.ts";
import { targetSchema } from "./target.ts";

/** A file handed to the person to save: the trusted side writes the text, the window offers it. */
const offeredFileSchema = z.object({
  name: z.string(),
  mediaType: z.string(),
  text: z.string(),
  /** How the text is written into the file; `Bom` with a byte-order mark. */
  encoding: z.enum(["utf8", "utf8Bom", "utf16leBom"]),
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
  /** The state as it is; the first call looks at the server. */
  getState: { input: nothing, output: stateSchema },
  /** Looks at the server again. */
  look: { input: nothing, output: stateSchema },
  /** Stops a look that is under way. */
  cancelLook: { input: nothing, output: nothing },
  /** Turns to this server or the practice server. */
  chooseServer: { input: z.object({ kind: z.enum(["live", "practice"]) }), output: stateSchema },
  /** Turns to a recording that ships with the product. */
  openSample: { input: z.object({ id: z.string() }), output: stateSchema },
  /** Turns to a recording the person chose; the text is what the file held. */
  openRecording: { input: z.object({ name: z.string(), text: z.string() }), output: stateSchema },
  /** Starts the practice server over. */
  resetPractice: { input: nothing, output: stateSchema },
  /** Keeps what the administrator wants and judges anew. */
  setTarget: { input: targetSchema, output: stateSchema },
  /** Takes the target from a file the person chose. */
  openTarget: { input: z.object({ name: z.string(), text: z.string() }), output: stateSchema },
  /** The target as a file. */
  saveTarget: { input: nothing, output: offeredFileSchema },
  /** What was seen, as a recording. */
  saveRecording: { input: nothing, output: offeredFileSchema },
  /** The configuration report. */
  saveReport: { input: z.object({ format: z.enum(["html", "json"]) }), output: offeredFileSchema },
  /** Makes the planned changes with these ids, journalled. */
  applyChanges: {
    input: z.object({ ids: z.array(z.string()), copyConfig: z.boolean(), restartService: z.boolean() }),
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
  saveScript: { input: z.object({ format: z.enum(["ps1", "reg", "undoReg"]) }), output: offeredFileSchema },
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
  progress: z.object({ task: z.enum(["look", "change"]), text: z.string(), fraction: z.number().nullable() }),
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
