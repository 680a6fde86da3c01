import type { ChangeResult } from "../contract/change.ts";
import { endOf, type Journal, type Journals } from "./journal.ts";
import type { PlanFile } from "./plan.ts";

/**
 * How a plan ended, from the journals as they were before it and as they are after it: for when whoever ran it can no
 * longer say so. Null when they do not tell: then it is not known.
 */
export function journalledEnd(
  plan: PlanFile,
  before: Journals,
  after: Journals,
  pathOf: (id: string) => string,
): ChangeResult | null {
  const journal = journalOf(plan, before, after);
  const end = journal === null ? null : endOf(journal);
  if (journal === null || end === null) return null;
  const actions = "entries" in plan ? plan.entries.filter((entry) => "action" in entry) : [];
  const rest = actions.length === 0 ? "" : " Whether everything else that was asked for was done is not known.";
  return {
    outcome: end.state,
    reason: `the connection to the process that changed the server broke; its journal says how it ended${
      end.reason === null ? "." : `: ${end.reason}.`
    }${rest}`,
    journal: journal.head.id,
    path: end.state === "stuck" ? pathOf(journal.head.id) : null,
    changed: end.state === "applied" ? journal.head.entries.length : 0,
    done: [],
    modifiedOutside: [],
  };
}

/** The one journal that the plan wrote, or went on with. */
function journalOf(plan: PlanFile, before: Journals, after: Journals): Journal | null {
  const known = new Map(before.readable.map((journal) => [journal.head.id, journal]));
  const changed = after.readable.filter(({ head, notes }) => known.get(head.id)?.notes.length !== notes.length);
  const kind = "entries" in plan ? "apply" : "undo";
  const isRecovery = "recover" in plan || "undo" in plan;
  const [journal, ...more] = changed.filter(({ head }) => head.kind === kind || (isRecovery && known.has(head.id)));
  return more.length === 0 ? (journal ?? null) : null;
}
