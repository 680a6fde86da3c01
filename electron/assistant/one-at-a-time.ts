import { InputProblem } from "../recording/input-problem.ts";

/** Work of which one goes on at a time, and which can be stopped. */
export interface OneAtATime {
  /** Does it. @throws InputProblem `busy` while another goes on */
  readonly run: <Value>(where: string, work: (signal: AbortSignal) => Promise<Value>) => Promise<Value>;
  /** Stops what goes on, if anything does, for a reason. */
  readonly stop: (reason: Error) => Promise<null>;
}

/** @param what what goes on, as a person calls it: "a check" */
export function oneAtATime(what: string): OneAtATime {
  let running: AbortController | null = null;
  return {
    run: async (where, work) => {
      if (running !== null) {
        throw new InputProblem("busy", `${what} is under way`, where, "Wait until it has ended, or cancel it.");
      }
      running = new AbortController();
      try {
        return await work(running.signal);
      } finally {
        running = null;
      }
    },
    stop: async (reason) => {
      running?.abort(reason);
      return null;
    },
  };
}
