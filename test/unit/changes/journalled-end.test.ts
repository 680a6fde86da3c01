import { describe, expect, test } from "vitest";
import { valueChange } from "../../../electron/changes/catalogue.ts";
import { applyChanges, type ChangePorts, recoverJournal, undoJournal } from "../../../electron/changes/change.ts";
import { readJournals } from "../../../electron/changes/journal.ts";
import { journalledEnd } from "../../../electron/changes/journalled-end.ts";
import type { PlanFile } from "../../../electron/changes/plan.ts";
import { type Fault, simulate } from "../../property/changes/simulation.ts";

const change = valueChange("tls.1.2.client.Enabled");
const chosen = change === null ? [] : [{ change, data: 1 }];
const apply: PlanFile = {
  format: "mim-mail-plan",
  version: 1,
  entries: [{ id: "tls.1.2.client.Enabled", data: 1 }],
};
const undo: PlanFile = { format: "mim-mail-plan", version: 1, undo: { journal: null, force: false } };

function start(fault: Fault = { at: 0, kind: "none" }) {
  const simulation = simulate({ "HKLM\\SOFTWARE": {}, "HKLM\\SYSTEM": {} }, fault);
  let tick = 0;
  const ports: ChangePorts = {
    registry: simulation.registry,
    journals: simulation.journals,
    now: () => {
      tick += 1;
      return new Date(Date.UTC(2026, 10, 23, 10, 0, tick));
    },
  };
  return { ...simulation, ports };
}

const path = (id: string): string => `C:\\journal\\${id}`;

describe("how a plan ended, from its journal alone", () => {
  test("is told for a change, an undo and a recovery", async () => {
    const { ports, journals } = start();
    const none = await readJournals(journals);
    await applyChanges(ports, chosen);
    const made = await readJournals(journals);
    expect(journalledEnd(apply, none, made, path)).toMatchObject({ outcome: "applied", changed: 1 });
    await undoJournal(ports, null);
    const undone = await readJournals(journals);
    expect(journalledEnd(undo, made, undone, path)).toMatchObject({ outcome: "applied", changed: 1 });
    // Another's journal says nothing of this plan, and neither does none.
    expect(journalledEnd(apply, made, undone, path)).toBeNull();
    expect(journalledEnd(apply, undone, undone, path)).toBeNull();
  });

  test("says what it does not know: whether the service was restarted as well", async () => {
    const { ports, journals } = start();
    const none = await readJournals(journals);
    await applyChanges(ports, chosen);
    const plan = {
      ...apply,
      entries: [{ id: "tls.1.2.client.Enabled", data: 1 }, { action: "restartService" }],
    } as PlanFile;
    expect(journalledEnd(plan, none, await readJournals(journals), path)?.reason).toMatch(/else .* is not known\.$/);
  });

  test("is not known while the journal is open, and known once it was ended", async () => {
    const { ports, journals, restart } = start({ at: 6, kind: "crash" });
    const none = await readJournals(journals);
    await applyChanges(ports, chosen);
    restart();
    const open = await readJournals(journals);
    expect(open.readable).toHaveLength(1);
    expect(journalledEnd(apply, none, open, path)).toBeNull();
    const id = open.readable[0]?.head.id ?? "";
    await recoverJournal(ports, id, "putBack");
    const recover: PlanFile = {
      format: "mim-mail-plan",
      version: 1,
      recover: { journal: id, how: "putBack", force: false },
    };
    expect(journalledEnd(recover, open, await readJournals(journals), path)).toMatchObject({
      outcome: "undone",
      journal: id,
      changed: 0,
    });
  });
});
