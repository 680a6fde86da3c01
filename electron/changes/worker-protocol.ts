import * as z from "zod";
import { type ChangeResult, changeResultSchema } from "../contract/change.ts";

/** The largest plan a worker reads, in bytes; the longest real one is a tenth of that. */
export const planSizeLimit = 64 * 1024;

/** The longest message, in characters, its line end not counted. */
export const messageLimit = 256 * 1024;

/** What a worker says over its pipe, one JSON text a line: any number of times how far it is, then how it ended. */
export const workerMessageSchema = z.union([
  z.strictObject({ progress: z.strictObject({ text: z.string(), fraction: z.number().min(0).max(1) }) }),
  z.strictObject({ outcome: changeResultSchema.strict() }),
]);
export type WorkerMessage = z.infer<typeof workerMessageSchema>;

const cut = (text: string, limit: number): string => (text.length <= limit ? text : `${text.slice(0, limit)}…`);

/** A result in which no text is so long that its message would be: a value of the registry can be a megabyte. */
function shortened(result: ChangeResult): ChangeResult {
  return {
    ...result,
    reason: result.reason === null ? null : cut(result.reason, 20_000),
    done: result.done.map((text) => cut(text, 1000)),
    foreign: result.foreign.map(({ address, stands }) => ({ address, stands: cut(stands, 1000) })),
  };
}

/** A message as it goes over the pipe. */
export function messageLine(message: WorkerMessage): string {
  const kept = "outcome" in message ? { outcome: shortened(message.outcome) } : message;
  return `${JSON.stringify(kept)}\n`;
}

/**
 * Takes what comes over the pipe, in whatever pieces, and gives the messages that are whole. Throws for anything that
 * is no message: the rest of what comes cannot be trusted then either.
 */
export function createMessageReader(): (piece: string) => WorkerMessage[] {
  let rest = "";
  return (piece) => {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    if ([...lines, rest].some((line) => line.length > messageLimit)) throw new Error("a message is too long");
    return lines.map((line) => workerMessageSchema.parse(JSON.parse(line)));
  };
}
