import * as z from "zod";
import { type ChangeResult, changeResultSchema } from "../contract/change.ts";
import { explanationSchema, type InstallerStep, installerStepSchema } from "../contract/change-mode.ts";
import { type LogLine, logLineSchema } from "../contract/history.ts";

/** The largest plan a worker reads, in bytes; the longest real one is a tenth of that. */
export const planSizeLimit = 64 * 1024;

/** The longest message, in characters, its line end not counted. */
export const messageLimit = 256 * 1024;

/** The longest texts and lists of an installer's step; what is longer is cut before it is sent. */
const stepLimits = {
  text: 2000,
  name: 100,
  list: 1000,
  few: 60,
  reasons: 30,
  line: 300,
  lines: 12,
  shown: 8,
  item: 160,
  items: 12,
} as const;
const text = z.string().max(stepLimits.text + 1);
const name = z.string().max(stepLimits.name + 1);
const lines = z
  .array(logLineSchema.extend({ text: z.string().max(stepLimits.line + 1) }).strict())
  .max(stepLimits.lines);

/** How far the installer is. Every part is named, and none may be longer than a log can make it. */
const stepSchema = z.strictObject({
  ...installerStepSchema.shape,
  log: text.nullable(),
  action: text.nullable(),
  firstFailure: z
    .strictObject({
      action: name,
      line: z.number().int(),
      customAction: name.nullable(),
      nested: z.boolean(),
      said: lines,
      around: lines,
    })
    .nullable(),
  explanations: z
    .array(explanationSchema.extend({ cause: text, text: text.nullable(), around: lines }).strict())
    .max(stepLimits.reasons),
  details: z
    .array(z.strictObject({ title: name, items: z.array(z.string().max(stepLimits.item + 1)).max(stepLimits.items) }))
    .max(stepLimits.items)
    .optional(),
  notice: text.nullable(),
  dialogs: z.array(name).max(stepLimits.list),
  signInErrors: z.array(z.string().regex(/^\d{1,10}$/)).max(stepLimits.few),
});

/**
 * What a worker says over its pipe, one JSON text a line: any number of times how far it is, or how far the installer
 * is, then how it ended.
 */
export const workerMessageSchema = z.union([
  z.strictObject({ progress: z.strictObject({ text: z.string(), fraction: z.number().min(0).max(1) }) }),
  z.strictObject({ installer: stepSchema }),
  z.strictObject({ outcome: changeResultSchema.strict() }),
]);
export type WorkerMessage = z.infer<typeof workerMessageSchema>;

/** The longest message of a worker that looks, in characters: its recording goes in one. */
export const lookMessageLimit = 64 * 1024 * 1024;

/** What a worker that looks says: any number of times what it reads, then what was seen, or why nothing was. */
export const lookMessageSchema = z.union([
  z.strictObject({ progress: z.strictObject({ text: z.string(), fraction: z.number().min(0).max(1) }) }),
  /** Read as strictly as a file by whoever gets it. */
  z.strictObject({ recording: z.record(z.string(), z.unknown()) }),
  z.strictObject({ failed: z.string().max(2000) }),
]);
export type LookMessage = z.infer<typeof lookMessageSchema>;

/** A message of a worker that looks, as it goes over the pipe. */
export function lookMessageLine(message: LookMessage): string {
  const kept = "failed" in message ? { failed: truncate(message.failed, 1900) } : message;
  return `${JSON.stringify(kept)}\n`;
}

/**
 * What whoever started a worker says over the same pipe, one JSON text a line: that it may begin, and that it shall stop.
 * A worker that is not told to begin changes nothing.
 */
const requestSchema = z.union([
  z.strictObject({ begin: z.literal(true) }),
  z.strictObject({ cancel: z.literal(true) }),
]);
export type WorkerRequest = z.infer<typeof requestSchema>;

/** A request as it goes over the pipe. */
export function requestLine(request: WorkerRequest): string {
  return `${JSON.stringify(request)}\n`;
}

/** Takes what comes over the pipe, in whatever pieces, and gives the requests in it; what is none is left out. */
export function createRequestReader(): (piece: string) => WorkerRequest[] {
  let rest = "";
  return (piece) => {
    const lines = (rest + piece).split("\n");
    // No request is that long: what is will be none when its end comes.
    rest = (lines.pop() ?? "").slice(0, requestLimit);
    return lines.flatMap((line) => {
      try {
        return [requestSchema.parse(JSON.parse(line))];
      } catch {
        return [];
      }
    });
  };
}

const requestLimit = 1000;

const truncate = (text: string, limit: number): string => (text.length <= limit ? text : `${text.slice(0, limit)}…`);

/** A result in which no text is so long that its message would be: a value of the registry can be a megabyte. */
function shortened(result: ChangeResult): ChangeResult {
  return {
    ...result,
    reason: result.reason === null ? null : truncate(result.reason, 20_000),
    done: result.done.map((text) => truncate(text, 1000)),
    modifiedOutside: result.modifiedOutside.map(({ address, stands }) => ({ address, stands: truncate(stands, 1000) })),
  };
}

const shortLines = (around: readonly LogLine[]): LogLine[] =>
  around.slice(0, stepLimits.lines).map(({ line, text: shown }) => ({ line, text: truncate(shown, stepLimits.line) }));

/** A step in which nothing is longer than the other side takes: names come from a log. */
function shortStep(step: InstallerStep): InstallerStep {
  const { text: long, name: short, list, few, reasons, shown } = stepLimits;
  const failure = step.firstFailure;
  return {
    ...step,
    log: step.log === null ? null : truncate(step.log, long),
    action: step.action === null ? null : truncate(step.action, long),
    firstFailure:
      failure === null
        ? null
        : {
            ...failure,
            action: truncate(failure.action, short),
            customAction: failure.customAction === null ? null : truncate(failure.customAction, short),
            said: shortLines(failure.said),
            around: shortLines(failure.around),
          },
    // The exit code's meaning stands last, and is always told.
    explanations: [...step.explanations.slice(0, -1).slice(0, reasons - 1), ...step.explanations.slice(-1)].map(
      (reason, index) => ({
        ...reason,
        cause: truncate(reason.cause, long / 4),
        text: reason.text === null ? null : truncate(reason.text, long / 2),
        around: index < shown ? shortLines(reason.around) : [],
      }),
    ),
    ...(step.details === undefined
      ? {}
      : {
          details: step.details.slice(0, stepLimits.items).map(({ title, items }) => ({
            title: truncate(title, short),
            items: items.slice(0, stepLimits.items).map((item) => truncate(item, stepLimits.item)),
          })),
        }),
    notice: step.notice === null ? null : truncate(step.notice, long),
    dialogs: step.dialogs.slice(0, list).map((dialog) => truncate(dialog, short)),
    signInErrors: step.signInErrors.slice(0, few),
  };
}

/** A message as it goes over the pipe. */
export function messageLine(message: WorkerMessage): string {
  const kept =
    "outcome" in message
      ? { outcome: shortened(message.outcome) }
      : "installer" in message
        ? { installer: shortStep(message.installer) }
        : message;
  return `${JSON.stringify(kept)}\n`;
}

/**
 * Takes what comes over the pipe, in whatever pieces, and gives the messages that are whole. Throws for anything that
 * is no message: the rest of what comes cannot be trusted then either.
 */
export function createMessageReader(): (piece: string) => WorkerMessage[] {
  return readerOf(workerMessageSchema, messageLimit);
}

/** The same for a worker that looks. */
export function createLookReader(): (piece: string) => LookMessage[] {
  return readerOf(lookMessageSchema, lookMessageLimit);
}

function readerOf<Message>(schema: z.ZodType<Message>, limit: number): (piece: string) => Message[] {
  // Kept apart until a line is whole: joining a long one anew with each piece would take ever longer.
  let pieces: string[] = [];
  let length = 0;
  return (piece) => {
    const [first = "", ...others] = piece.split("\n");
    pieces.push(first);
    length += first.length;
    if (length > limit || others.some((line) => line.length > limit)) throw new Error("a message is too long");
    if (others.length === 0) return [];
    const lines = [pieces.join(""), ...others];
    const rest = lines.pop() ?? "";
    pieces = [rest];
    length = rest.length;
    return lines.map((line) => schema.parse(JSON.parse(line)));
  };
}
