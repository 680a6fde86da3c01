import type { RunAction } from "./log-reading.ts";

type Mutable<Value> = { -readonly [Name in keyof Value]: Value[Name] };

/** An action that has begun and not ended. */
export interface OpenAction {
  readonly action: Mutable<RunAction>;
  readonly isKept: boolean;
  readonly startedAt: string;
  /** True when a run within the run is under way in it: the removal of an older version, or a package's own. */
  holdsRun: boolean;
}

const keptOpen = 100;
/** The action a whole run is in, and the one in which the pages' side hands over to the service. */
export const outermost = "INSTALL";
const handsOver = "ExecuteAction";
/** The action in which older versions are removed, each in a run of its own. */
const removesOlder = "RemoveExistingProducts";

/** Which actions are open, the innermost last, and whether a line belongs to a run within the run. */
export class OpenActions {
  readonly #open: OpenAction[] = [];

  start(action: Mutable<RunAction>, startedAt: string, isKept: boolean): void {
    if (action.name === outermost) this.beginRun();
    this.#open.push({ action, isKept, startedAt, holdsRun: action.name === removesOlder });
    if (this.#open.length <= keptOpen) return;
    this.#open.splice(
      Math.max(
        0,
        this.#open.findIndex((open) => open.action.name !== outermost),
      ),
      1,
    );
  }

  /** A run begins: within the run, unless it is the service's side of it. */
  beginRun(): void {
    const top = this.#open.at(-1);
    if (top === undefined || !this.isRunOpen) return;
    if (top.action.name !== outermost && top.action.name !== handsOver) top.holdsRun = true;
  }

  /** Takes away an action that has ended, and what was open in it; null for one whose beginning the log does not have. */
  end(name: string): OpenAction | null {
    const at = this.#open.findLastIndex(({ action }) => action.name === name);
    return at === -1 ? null : (this.#open.splice(at)[0] ?? null);
  }

  get isNested(): boolean {
    return this.#open.some(({ holdsRun }) => holdsRun);
  }

  /** True while an older version is removed. */
  get isRemovingOlder(): boolean {
    return this.#open.some(({ action }) => action.name === removesOlder);
  }

  /** True while a run has not ended. */
  get isRunOpen(): boolean {
    return this.#open.some(({ action }) => action.name === outermost);
  }

  /** The innermost action that is no mere frame of others. */
  get innermost(): OpenAction | null {
    return this.#open.findLast(({ action }) => action.name !== outermost && action.name !== handsOver) ?? null;
  }
}
