import { rename } from "node:fs/promises";
import { join } from "node:path";
import { readWhenFree } from "../../recording/busy-file.ts";
import { InputProblem } from "../../recording/input-problem.ts";
import { writeFault } from "../../recording/write-fault.ts";
import { replaceFile } from "../replace-file.ts";
import { newPracticeState } from "./new-practice-state.ts";
import { type PracticeState, practiceStateSchema } from "./practice-state.ts";

/** The practice server's file: `<home>/practice/server.json`. */
export interface PracticeStore {
  readonly path: string;
  /** The practice server as it stands. Sets it up first when there is none yet, or none that can be read. */
  open(): Promise<PracticeState>;
  save(state: PracticeState): Promise<void>;
  /** Puts a new practice server in the place of the old one. */
  reset(): Promise<void>;
}

export interface PracticeStoreOptions {
  readonly home: string;
  readonly now: () => Date;
  /** Told, in one line, when a damaged file was set aside. */
  readonly notice: (text: string) => void;
}

export function createPracticeStore({ home, now, notice }: PracticeStoreOptions): PracticeStore {
  const path = join(home, "practice", "server.json");

  const save = async (state: PracticeState): Promise<void> => {
    try {
      await replaceFile(path, `${JSON.stringify(state, null, 2)}\n`);
    } catch (error) {
      throw fileProblem("practice-not-written", "the practice server cannot be written", path, error);
    }
  };

  const reset = async (): Promise<void> => save(newPracticeState(now()));

  const setAside = async (): Promise<void> => {
    const aside = path.replace(/\.json$/, `.damaged-${now().toISOString().replace(/[:.]/g, "-")}.json`);
    try {
      await rename(path, aside);
    } catch (error) {
      throw fileProblem("practice-not-written", "the damaged practice server cannot be set aside", path, error);
    }
    notice(
      `The practice server's file was damaged. It was set aside as ${aside}, and the practice server starts over.`,
    );
  };

  return {
    path,
    save,
    reset,
    async open() {
      const text = await textOrNull(path);
      if (text !== null) {
        const state = stateIn(text);
        if (state !== null) return state;
        await setAside();
      }
      await reset();
      const written = stateIn((await textOrNull(path)) ?? "");
      if (written === null) {
        throw new InputProblem(
          "practice-not-written",
          "the practice server was written but cannot be read back",
          path,
          "Set MIM_MAIL_HOME to another folder.",
        );
      }
      return written;
    },
  };
}

async function textOrNull(path: string): Promise<string | null> {
  try {
    return (await readWhenFree(path)).toString("utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw fileProblem("practice-not-read", "the practice server cannot be read", path, error);
  }
}

/** The state a file's text holds, null when it is damaged or of another version. */
function stateIn(text: string): PracticeState | null {
  try {
    const parsed = practiceStateSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function fileProblem(code: string, what: string, path: string, error: unknown): InputProblem {
  const reason = writeFault(error);
  return new InputProblem(
    code,
    `${what}: ${reason}`,
    path,
    "Check that the folder may be read and written, or set MIM_MAIL_HOME to another folder.",
  );
}
