import type { ModifiedValue } from "../changes/change.ts";
import { type Journals, readJournals, setAsideSummary, summaryOf } from "../changes/journal.ts";
import { type PlanFile, planFor, planOffered } from "../changes/plan.ts";
import { type PlanOutcome, planBytes, planDigest, runPlan, type WatchedInstaller } from "../changes/run-plan.ts";
import type { ChangeResult, JournalSummary, Offer } from "../contract/change.ts";
import type { Checklist } from "../contract/checklist.ts";
import { findingsIn } from "../contract/findings.ts";
import type { State } from "../contract/state.ts";
import type { TlsProfile } from "../contract/target.ts";
import type { Recording } from "../recording/recording.ts";
import type { ChangeableServer, Server } from "../server/server.ts";
import { changeRefusals } from "./server-labels.ts";

/** A server's way to be changed; null for one that cannot be changed from here. */
export function changeable(server: Server): ChangeableServer | null {
  return "registry" in server && "journals" in server && "actions" in server ? (server as ChangeableServer) : null;
}

/** Why a server cannot be changed from here; null when it can. */
export function changeRefusal(server: Server): string | null {
  return changeable(server) === null ? changeRefusals[server.kind].sentence : null;
}

/** What the findings of a checklist offer to set besides the profile. */
export function offersOf(recording: Recording, checklist: Pick<Checklist, "steps">): Offer[] {
  return findingsIn(checklist)
    .filter(({ remedy }) => remedy.kind === "apply")
    .map(({ id }) => ({ finding: id, rows: planOffered(recording, id).rows }))
    .filter(({ rows }) => rows.length > 0);
}

/** What the window shows of changes: what would be changed, what else is offered, and what was changed. */
export async function changesOf(
  server: Server,
  recording: Recording,
  profile: TlsProfile,
  checklist: Pick<Checklist, "steps">,
): Promise<State["changes"]> {
  return {
    refusal: changeRefusal(server),
    plan: planFor(recording, profile),
    offers: offersOf(recording, checklist),
    journals: await journalsOf(server),
  };
}

/** A server's journals as they are listed, oldest first, and those that are set aside. */
export async function summariesOf({ journals }: ChangeableServer): Promise<{
  readonly summaries: readonly JournalSummary[];
  readonly setAside: Journals["setAside"];
}> {
  const { readable, setAside } = await readJournals(journals);
  return { summaries: readable.map((journal) => summaryOf(journal, readable)), setAside };
}

/** What was changed on a server so far, newest first. */
export async function journalsOf(server: Server): Promise<JournalSummary[]> {
  const able = changeable(server);
  if (able === null) return [];
  const { summaries, setAside } = await summariesOf(able);
  return [...summaries, ...setAside.map(setAsideSummary)].sort((one, other) => (one.id < other.id ? 1 : -1));
}

/** How a plan ended, as the window and the command line show it. */
export function resultOf(outcome: PlanOutcome): ChangeResult {
  const modifiedOutside: readonly ModifiedValue[] = outcome.outcome === "refused" ? outcome.modifiedOutside : [];
  return {
    outcome: outcome.outcome,
    reason: "reason" in outcome ? outcome.reason : "warning" in outcome ? outcome.warning : null,
    journal: "journal" in outcome ? outcome.journal : null,
    path: "path" in outcome ? outcome.path : null,
    changed: "changed" in outcome ? outcome.changed : 0,
    done: "done" in outcome ? [...(outcome.done ?? [])] : [],
    modifiedOutside: [...modifiedOutside],
  };
}

export interface RunOptions {
  readonly now: () => Date;
  readonly progress?: (text: string, fraction: number) => void;
  readonly signal?: AbortSignal;
  /** Who watches the installer, where the plan runs it. */
  readonly installer?: WatchedInstaller;
}

/** Runs a plan on a server as the worker does: alone, from its bytes and their hash. */
export function runOn(server: ChangeableServer, plan: PlanFile, options: RunOptions): Promise<PlanOutcome> {
  const bytes = planBytes(plan);
  const { registry, journals, actions } = server;
  return journals.exclusive(() => runPlan({ registry, journals, actions, ...options }, bytes, planDigest(bytes)));
}
