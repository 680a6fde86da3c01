import { createConnection, type Socket } from "node:net";
import * as z from "zod";
import { InputProblem } from "../recording/input-problem.ts";
import { readStrictJson } from "../recording/strict-json.ts";
import type { UseCases } from "./bind.ts";
import { chosenHome } from "./home.ts";
import type { Uses } from "./parts.ts";
import { createPlaceStore, lastPlace } from "./place.ts";
import { type StartWorker, startWindow } from "./run-change.ts";
import { giveToNext, type WorkerCall } from "./run-worker.ts";
import { createTargetStore, readTargetText, writeTarget } from "./target-file.ts";

/**
 * What a window hands to the next one. The next may run under another account, whose home folder is another: what is
 * wanted, confirmed and ticked goes over the pipe, and no folder of the first account is read with the other's rights.
 */
const handedSchema = z.strictObject({ screen: z.string().max(40).nullable(), target: z.string() });

/** How long a window waits for what it takes over, in milliseconds. */
const patience = 10_000;

/** The most characters that are taken over; a target of a large farm has some thousand. */
const handedLimit = 2 ** 20;

/** The one window's lock, and the end of this program. */
export interface OneWindow {
  readonly release: () => void;
  /** Takes the lock again; false when another start has it. */
  readonly take: () => boolean;
  readonly leave: () => void;
}

/**
 * Opens the program anew as an administrator, for which Windows asks once, and ends this one when the next has taken
 * over. When it does not come to that this one goes on: the lock is taken again, and an InputProblem says why.
 */
export async function handOver(
  handed: z.infer<typeof handedSchema>,
  one: OneWindow,
  start: WorkerCall["start"],
): Promise<void> {
  one.release();
  try {
    await giveToNext(`${JSON.stringify(handed)}\n`, { start });
  } catch (problem) {
    // Somebody started it a second time while Windows asked: that one is the window now.
    if (!one.take()) one.leave();
    throw problem;
  }
  one.leave();
}

/** Opening the program anew as an administrator, on the screen this one is on. */
export function handOverUseCases(
  { session, farmTarget, place, installers, shell }: Uses<"session" | "farmTarget" | "place" | "installers" | "shell">,
  start: StartWorker = startWindow,
): Pick<UseCases, "openElevated"> {
  let asking = false;
  return {
    openElevated: async () => {
      const shown = await session.shown();
      const refuse = (what: string, cure: string) => new InputProblem("refused", what, shown.server.label, cure);
      if (shown.server.askElevated === undefined || shell.oneWindow === undefined) {
        throw refuse("only this computer is worked on as an administrator", "Choose This server first.");
      }
      if (installers.running !== null) {
        throw refuse("an installer is under way", "Wait until it has ended; it is followed in this window.");
      }
      if (chosenHome() !== null) {
        throw refuse(
          "an elevated window would look for journals elsewhere: MIM_MAIL_HOME is set for this one alone",
          "Start the program as an administrator, or without MIM_MAIL_HOME.",
        );
      }
      if (asking) {
        throw new InputProblem(
          "busy",
          "Windows is asking already",
          shown.server.label,
          "Answer the question of Windows.",
        );
      }
      asking = true;
      try {
        const { screen = null } = await lastPlace(place);
        await handOver({ screen, target: writeTarget(await farmTarget(shown)) }, shell.oneWindow, start);
        return null;
      } finally {
        asking = false;
      }
    },
  };
}

/**
 * Takes over from the window that listens on a pipe: keeps in this account's home what it hands over, and says so. That
 * window is gone, or says something else: then this one begins as any other.
 */
export async function takeOver(pipe: string, home: string, now: () => Date): Promise<void> {
  // A pipe of another computer would be told who we are.
  if (process.platform === "win32" && !/^\\\\\.\\pipe\\[\w-]+$/.test(pipe)) return;
  const socket = createConnection(pipe);
  // A broken connection ends it: "close" follows.
  socket.on("error", () => {});
  socket.setTimeout(patience, () => socket.destroy());
  try {
    const text = await firstLine(socket);
    if (text === null) return;
    const { screen, target } = readStrictJson(text, handedSchema, "state", pipe);
    const given = readTargetText(target, pipe);
    const [places, targets] = [createPlaceStore(home, now), createTargetStore(home, now)];
    if (writeTarget(await targets.read()) !== target) await targets.write(given);
    await places.write({ server: { kind: "live" }, ...(screen === null ? {} : { screen }) });
    socket.end("taken\n");
  } catch (problem) {
    if (!(problem instanceof InputProblem)) throw problem;
  } finally {
    socket.destroySoon();
  }
}

/** The first line that comes; null when the connection ends before, or it is longer than what a window hands over. */
async function firstLine(socket: Socket): Promise<string | null> {
  let text = "";
  socket.setEncoding("utf8");
  const closed = new Promise<null>((resolve) => socket.once("close", () => resolve(null)));
  const line = new Promise<string>((resolve) => {
    socket.on("data", (piece: string) => {
      text += piece;
      const end = text.indexOf("\n");
      if (end >= 0) resolve(text.slice(0, end));
      else if (text.length > handedLimit) socket.destroy();
    });
  });
  return Promise.race([line, closed]);
}
