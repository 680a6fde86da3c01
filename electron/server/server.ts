import type { JournalFolder } from "../changes/journal-folder.ts";
import type { Registry } from "../changes/registry.ts";
import type { ServerActions } from "../changes/run-plan.ts";
import type { ServerKind } from "../contract/state.ts";
import type { Recording } from "../recording/recording.ts";

/** What a look tells while it goes on: what is being read, and how far (0 to 1). */
export type LookProgress = (text: string, fraction: number) => void;

/** The one interface behind which the live, the practice and the recorded server stand. */
export interface Server {
  readonly kind: ServerKind;
  /** "This server", "Practice server", or the recording's name: what a person reads. */
  readonly label: string;
  /** True or false on a live server, null elsewhere: whether the program runs elevated. */
  readonly elevated: boolean | null;
  /** Reads everything the checklist asks about. Never writes. Rejects with the signal's reason when cancelled. */
  look(options?: { readonly signal?: AbortSignal; readonly progress?: LookProgress }): Promise<Recording>;
}

/** A server that can be changed as well: its registry, its journals, and what else may be done to it. */
export interface ChangeableServer extends Server {
  readonly registry: Registry;
  readonly journals: JournalFolder;
  readonly actions: ServerActions;
}
