import type { InstallerStep } from "../contract/change-mode.ts";
import type { WizardPage } from "../contract/wizard.ts";
import { momentBefore } from "../server/practice/practice-time.ts";
import type { Server } from "../server/server.ts";
import type { PersonsHand } from "./installer-watch.ts";

/** A run as it is followed in this session. */
export interface FollowedRun {
  readonly step: InstallerStep;
  readonly hand: PersonsHand;
  readonly pages: readonly WizardPage[];
}

/** The runs of one session. */
export interface FollowedInstallers {
  /** The run under way; one at a time, whatever the server. */
  running: { readonly server: Server; readonly controller: AbortController } | null;
  /** The last run of each server. */
  readonly followed: WeakMap<Server, FollowedRun>;
  /** The runs of an earlier start of this program that were looked for, by their beginning. */
  readonly resumed: Set<string>;
}

export function createFollowedInstallers(): FollowedInstallers {
  return { running: null, followed: new WeakMap(), resumed: new Set() };
}

/** Lays the last run on a made-up server further back, as everything else there once time has passed on it. */
export function followedTimePassed({ followed }: FollowedInstallers, server: Server, milliseconds: number): void {
  const run = followed.get(server);
  if (run === undefined) return;
  const earlier = (at: string): string => momentBefore(at, milliseconds);
  const { startedAt, endedAt } = run.step;
  const step = { ...run.step, startedAt: earlier(startedAt), endedAt: endedAt === null ? null : earlier(endedAt) };
  followed.set(server, { ...run, step });
}
