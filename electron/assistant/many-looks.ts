import type { Farm } from "../contract/comparison.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { Recording } from "../recording/recording.ts";
import type { Server } from "../server/server.ts";

/** So many other computers are looked at at once: each takes a PowerShell of its own here. */
export const looksAtOnce = 5;

/** How a look ended: what was seen, or why nothing was. */
export type LookEnd =
  | { readonly recording: Recording; readonly problem: null }
  | { readonly recording: null; readonly problem: InputProblem };

export interface ManyLooksOptions {
  readonly signal?: AbortSignal;
  /** Told after each look how many have ended, and which one just did. */
  readonly ended?: (count: number, server: Server, end: LookEnd) => void;
}

/**
 * Looks at servers, a few at a time, and gives how each ended, in their order. One that fails leaves the others alone;
 * stopped by the signal, those that have ended are kept. Never rejects but for a fault nobody foresaw.
 */
export function manyLooks(servers: readonly Server[], options: ManyLooksOptions = {}): readonly Promise<LookEnd>[] {
  const { signal, ended = () => {} } = options;
  let free = looksAtOnce;
  const waiting: (() => void)[] = [];
  const turn = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const passOn = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  let count = 0;
  const looks = servers.map(async (server) => {
    await turn();
    try {
      const end = await lookAt(server, signal);
      count += 1;
      ended(count, server, end);
      return end;
    } finally {
      passOn();
    }
  });
  // Who waits for one of them alone must not end the process over another.
  for (const look of looks) look.catch(() => {});
  return looks;
}

async function lookAt(server: Server, signal: AbortSignal | undefined): Promise<LookEnd> {
  try {
    if (signal?.aborted) throw lookCancelled(server);
    return { recording: await server.look(signal === undefined ? {} : { signal }), problem: null };
  } catch (error) {
    if (error instanceof InputProblem) return { recording: null, problem: error };
    if (signal?.aborted) return { recording: null, problem: lookCancelled(server) };
    throw error;
  }
}

/** A server that could not be looked at, as it stands beside the others. */
export function lookFailure(name: string, { message, cure }: InputProblem): Farm["failed"][number] {
  return { name, message, cure };
}

/** The problem of a look that someone stopped. */
export function lookCancelled({ label }: Pick<Server, "label">): InputProblem {
  return new InputProblem("look-cancelled", "the look was cancelled", label, "Check again when you want to.");
}
