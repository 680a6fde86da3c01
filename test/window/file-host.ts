import { existsSync } from "node:fs";
import { join } from "node:path";
import { dispatch } from "../../electron/assistant/dispatch.ts";
import { createProblemNotes, type ProblemNotes } from "../../electron/assistant/problem-notes.ts";
import type { EventName, EventValue, Handlers } from "../../electron/contract/methods.ts";
import { recordingSizeLimit } from "../../electron/recording/recording.ts";
import { openPreviewHost } from "../../electron/shell/preview-host.ts";

export const top = join(import.meta.dirname, "..", "..");
const built = join(top, "out", "renderer");

/** What an assistant of these tests is made with. */
export interface Surroundings {
  readonly emit: <Name extends EventName>(name: Name, value: EventValue<Name>) => void;
  readonly problems: ProblemNotes["list"];
}

/**
 * The preview host of a test file. Each window of the file gets an assistant of its own behind it; the page stays at one
 * address, so that the browser need not load and compile the window anew.
 */
export interface FileHost {
  readonly address: string;
  /** From now on the page talks to this assistant; one that was served before tells nothing any more. */
  readonly serve: (make: (surroundings: Surroundings) => Handlers) => void;
  readonly close: () => Promise<void>;
}

/** Opens it at any free port of this computer, over the built window. */
export async function openFileHost(): Promise<FileHost> {
  if (!existsSync(join(built, "index.html"))) throw new Error("The window is not built. Run: node build/build.mjs");
  let served: { readonly handlers: Handlers; readonly problems: ProblemNotes } | null = null;
  const host = await openPreviewHost({
    folder: built,
    port: 0,
    largestMessage: 2.5 * recordingSizeLimit,
    dispatch: async (method, input) => {
      if (served === null) throw new Error("no window was opened");
      const { handlers, problems } = served;
      return problems.note(String(method), await dispatch(handlers, method, input));
    },
  });
  return {
    address: host.address,
    serve: (make) => {
      const problems = createProblemNotes(() => new Date());
      const handlers = make({
        emit: (name, value) => {
          if (served?.handlers === handlers) host.emit(name, value);
        },
        problems: problems.list,
      });
      served = { handlers, problems };
    },
    close: host.close,
  };
}
