import { describe, expect, test } from "vitest";
import { valueChange, valueChanges } from "../../../electron/changes/catalogue.ts";
import { applyChanges, type ChangePorts, recoverJournal, undoJournal } from "../../../electron/changes/change.ts";
import {
  headLine,
  readJournal,
  readJournals,
  recordedJournal,
  setAsideSummary,
  summaryOf,
} from "../../../electron/changes/journal.ts";
import type { ChosenValue } from "../../../electron/changes/plan.ts";
import { type Contents, type Fault, simulate } from "../../property/changes/simulation.ts";
import { netKeys, protocols } from "../checklist/server-case.ts";

const dword = (data: number) => ({ type: "REG_DWORD" as const, data });
const client12 = `${protocols}\\TLS 1.2\\Client`;

const chosen = (...wishes: readonly (readonly [id: string, data: number])[]): ChosenValue[] =>
  wishes.map(([id, data]) => {
    const change = valueChange(id);
    if (change === null) throw new Error(id);
    return { change, data };
  });
const both = chosen(["tls.1.2.client.Enabled", 1], ["tls.dotnet.v2.64.SchUseStrongCrypto", 1]);

const start = (
  contents: Contents = { "HKLM\\SOFTWARE": {}, "HKLM\\SYSTEM": {} },
  fault: Fault = { at: 0, kind: "none" },
) => {
  const simulation = simulate(contents, fault);
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
};

describe("applyChanges", () => {
  test("creates the keys that are missing, sets and reads back, and undo takes the keys away again", async () => {
    const { contents, ports } = start();
    expect(await applyChanges(ports, both)).toMatchObject({ outcome: "applied", changed: 2 });
    expect(contents[client12]).toEqual({ Enabled: dword(1) });
    expect(await undoJournal(ports, null)).toMatchObject({ outcome: "applied" });
    expect(contents).toEqual({ "HKLM\\SOFTWARE": {}, "HKLM\\SYSTEM": {} });
  });

  test("keeps who had it made, in the journal, in its summary and in what is recorded of it", async () => {
    const { ports } = start();
    const person = { ...ports, journals: { ...ports.journals, by: "CONTOSO\\anna" } };
    await applyChanges(person, both);
    await undoJournal(ports, null);
    const { readable } = await readJournals(ports.journals);
    expect(readable.map((one) => summaryOf(one, readable).by)).toEqual(["CONTOSO\\anna", undefined]);
    const [told, untold] = readable.map((one) => recordedJournal(one, readable));
    expect(told).toMatchObject({ by: "CONTOSO\\anna" });
    // A journal of an earlier build says nothing of it.
    expect(untold).not.toHaveProperty("by");
  });

  test("undo leaves a created key that someone has used since", async () => {
    const { contents, ports } = start();
    await applyChanges(ports, both);
    contents[client12] = { ...contents[client12], Theirs: dword(1) };
    await undoJournal(ports, null);
    expect(contents[client12]).toEqual({ Theirs: dword(1) });
    expect(contents[netKeys["v2.64"]]).toBeUndefined();
  });

  test("puts back a value of another type exactly", async () => {
    const odd = { type: "REG_MULTI_SZ" as const, data: ["a,b", "c"] };
    const { contents, ports } = start({ [client12]: { Enabled: odd } });
    await applyChanges(ports, chosen(["tls.1.2.client.Enabled", 1]));
    await undoJournal(ports, null);
    expect(contents[client12]).toEqual({ Enabled: odd });
  });

  test("changes nothing when the journal cannot be written", async () => {
    for (const kind of ["diskFull", "error"] as const) {
      // Calls 0 and 1: journals, values; then the journal is created.
      const { contents, ports } = start(undefined, { at: 2, kind });
      expect(await applyChanges(ports, both)).toMatchObject({ outcome: "refused", code: "journal-unwritable" });
      expect(contents).toEqual({ "HKLM\\SOFTWARE": {}, "HKLM\\SYSTEM": {} });
    }
  });

  test.each([0, 0.2, 0.6, 0.9])(
    "that is cancelled at %f of its way writes no further value, and puts back what it set",
    async (from) => {
      const { contents, ports, registry } = start();
      const controller = new AbortController();
      const written: number[] = [];
      const progress = (_text: string, fraction: number): void => {
        if (fraction >= from) controller.abort(new Error("cancelled"));
      };
      const outcome = await applyChanges(
        {
          ...ports,
          registry: {
            ...registry,
            writeValues: (values) => {
              written.push(values.filter(({ to }) => to !== "absent").length);
              return registry.writeValues(values);
            },
          },
          progress,
          signal: controller.signal,
        },
        chosen(["tls.1.2.client.Enabled", 1], ["tls.1.2.client.DisabledByDefault", 0], ["tls.1.2.server.Enabled", 1]),
      );
      expect(outcome).toMatchObject({ outcome: "undone", reason: "cancelled" });
      expect(contents).toEqual({ "HKLM\\SOFTWARE": {}, "HKLM\\SYSTEM": {} });
      expect(written).toEqual(from <= 0.2 ? [] : [3, 0]);
    },
  );

  test("asks the registry three times, however many values are set", async () => {
    const { ports, registry } = start();
    const calls: string[] = [];
    const counted = Object.fromEntries(
      Object.entries(registry).map(([name, work]) => [
        name,
        (...given: unknown[]) => {
          calls.push(name);
          return (work as (...given: unknown[]) => unknown)(...given);
        },
      ]),
    ) as unknown as typeof registry;
    const all = valueChanges.map((change) => ({ change, data: 1 }));
    expect(await applyChanges({ ...ports, registry: counted }, all)).toMatchObject({ changed: 20 });
    expect(calls).toEqual(["readKeys", "writeValues", "readKeys"]);
    expect(await undoJournal({ ...ports, registry: counted }, null)).toMatchObject({ outcome: "applied" });
    expect(calls.slice(3)).toEqual(["readKeys", "writeValues", "readKeys", "deleteEmptyKeys", "readKeys"]);
  });

  test("refuses while an interrupted journal waits", async () => {
    const { ports, restart } = start(undefined, { at: 5, kind: "crash" });
    await applyChanges(ports, both);
    restart();
    expect(await applyChanges(ports, both)).toMatchObject({ outcome: "refused", code: "open-journal" });
  });
});

describe("the first recorded original", () => {
  test("wins over a later run that found what the first one wrote", async () => {
    const { contents, ports } = start({ [client12]: { Enabled: dword(7) } });
    await applyChanges(ports, chosen(["tls.1.2.client.Enabled", 0]));
    await applyChanges(ports, chosen(["tls.1.2.client.Enabled", 1]));
    expect(await undoJournal(ports, null)).toMatchObject({ outcome: "applied" });
    expect(contents[client12]).toEqual({ Enabled: dword(7) });
  });

  test("does not win over what someone else has written since", async () => {
    const { contents, ports } = start({ [client12]: { Enabled: dword(7) } });
    await applyChanges(ports, chosen(["tls.1.2.client.Enabled", 0]));
    contents[client12] = { Enabled: dword(9) };
    await applyChanges(ports, chosen(["tls.1.2.client.Enabled", 1]));
    await undoJournal(ports, null);
    expect(contents[client12]).toEqual({ Enabled: dword(9) });
  });
});

describe("undoJournal", () => {
  test("refuses before changing anything when someone else changed a value, unless told", async () => {
    const { contents, ports } = start();
    await applyChanges(ports, both);
    contents[client12] = { Enabled: dword(9) };
    const before = structuredClone(contents);
    expect(await undoJournal(ports, null)).toMatchObject({
      outcome: "refused",
      code: "modified-outside",
      modifiedOutside: [{ address: `${client12}\\Enabled`, stands: "REG_DWORD 9" }],
    });
    expect(contents).toEqual(before);
    expect(await undoJournal(ports, null, { force: true })).toMatchObject({ outcome: "applied" });
    expect(contents[client12]).toBeUndefined();
  });

  test("of an unknown, undone or damaged journal is refused", async () => {
    const { ports, journals } = start();
    expect(await undoJournal(ports, null)).toMatchObject({ code: "no-journal" });
    expect(await undoJournal(ports, "2026")).toMatchObject({ code: "no-journal" });
    const applied = await applyChanges(ports, both);
    const id = applied.outcome === "applied" ? applied.journal : "";
    await undoJournal(ports, id);
    expect(await undoJournal(ports, id)).toMatchObject({ code: "no-journal" });
    await journals.create("broken", "{}", "");
    expect(await undoJournal(ports, "broken")).toMatchObject({ code: "damaged-journal" });
  });
});

describe("a change that could not be put back whole", () => {
  const stuck = async () => {
    const given = start(undefined, { at: 5, kind: "denied" });
    expect(await applyChanges(given.ports, both)).toMatchObject({ outcome: "stuck" });
    return given;
  };

  test("is what an undo without a journal's id puts back, once the cause is gone", async () => {
    const { ports, contents, restart } = await stuck();
    restart();
    expect(await undoJournal(ports, null)).toMatchObject({ outcome: "undone" });
    expect(contents).toEqual({ "HKLM\\SOFTWARE": {}, "HKLM\\SYSTEM": {} });
  });

  test("can be finished instead", async () => {
    const { ports, contents, journals, restart } = await stuck();
    restart();
    const [id = ""] = (await journals.readAll()).keys();
    expect(await recoverJournal(ports, id, "finish")).toMatchObject({ outcome: "applied" });
    expect(contents[client12]).toEqual({ Enabled: dword(1) });
  });
});

describe("an undo that fails", () => {
  test("does not bring back a key that someone else had removed before it", async () => {
    const simulation = start();
    await applyChanges(simulation.ports, both);
    for (const key of Object.keys(simulation.contents)) {
      if (key.includes("SCHANNEL")) delete simulation.contents[key];
    }
    const before = structuredClone(simulation.contents);
    const [[id, text] = ["", ""]] = await simulation.journals.readAll();
    let outcome = "";
    // At every call of the undo once; those from the end of the work on have nothing left to put back.
    for (let at = 0; at < 40; at += 1) {
      const failing = start(structuredClone(before), { at, kind: "error" });
      const readAll = async () => new Map([[id, text], ...(await failing.journals.readAll())]);
      outcome = (
        await undoJournal({ ...failing.ports, journals: { ...failing.journals, readAll } }, null).catch(() => ({
          outcome: "threw",
        }))
      ).outcome;
      if (outcome === "undone") expect(failing.contents).toEqual(before);
    }
    expect(outcome).toBe("applied");
  });
});

describe("recoverJournal", () => {
  const interrupted = async (at: number) => {
    const given = start(undefined, { at, kind: "crash" });
    // What the call answers is lost with its process; only what was kept counts.
    await applyChanges(given.ports, both);
    given.restart();
    const { readable } = await readJournals(given.journals);
    return { ...given, id: readable[0]?.head.id ?? "", all: readable };
  };

  test.each([4, 5, 6, 7, 8])("finishes, or puts back, what a crash at call %i left", async (at) => {
    const finish = await interrupted(at);
    expect(summaryOf(finish.all[0] as never, finish.all).state).toBe("open");
    expect(await recoverJournal(finish.ports, finish.id, "finish")).toMatchObject({ outcome: "applied" });
    expect(finish.contents[client12]).toEqual({ Enabled: dword(1) });
    const putBack = await interrupted(at);
    expect(await recoverJournal(putBack.ports, putBack.id, "putBack")).toMatchObject({ outcome: "undone" });
    expect(putBack.contents).toEqual({ "HKLM\\SOFTWARE": {}, "HKLM\\SYSTEM": {} });
  });

  test("refuses when someone else has changed a value since, and leaves it, unless told", async () => {
    for (const how of ["finish", "putBack"] as const) {
      const { ports, contents, id } = await interrupted(7);
      contents[client12] = { Enabled: dword(9) };
      expect(await recoverJournal(ports, id, how)).toMatchObject({ outcome: "refused", code: "modified-outside" });
      expect(contents[client12]).toEqual({ Enabled: dword(9) });
      expect((await recoverJournal(ports, id, how, { force: true })).outcome).toBe(
        how === "finish" ? "applied" : "undone",
      );
    }
  });

  test("is refused for a journal that is not open", async () => {
    const { ports } = start();
    const applied = await applyChanges(ports, both);
    const id = applied.outcome === "applied" ? applied.journal : "";
    expect(await recoverJournal(ports, id, "finish")).toMatchObject({ code: "no-journal" });
  });
});

describe("readJournal", () => {
  const head = {
    format: "mim-mail-journal",
    version: 1,
    id: "a",
    kind: "apply",
    of: null,
    at: "2026-11-23T10:00:00.000Z",
    entries: [],
    creates: [],
    removes: [],
  } as const;
  const line = headLine({ ...head, entries: [], creates: [], removes: [] });

  test("leaves out a note that was torn off, and reads those after it", () => {
    const end = '{"at":"2026-11-23T10:00:01.000Z","note":"end","state":"applied","reason":null}\n';
    expect(readJournal(`${line}{"at":"2026-11-2`)?.notes).toEqual([]);
    expect(readJournal(`${line}{"at":"2026-11-2\n${end}`)?.notes).toHaveLength(1);
  });

  test("refuses a head that was altered or cut", () => {
    expect(readJournal(line.replace("apply", "undo"))).toBeNull();
    expect(readJournal(line.slice(0, 40))).toBeNull();
    expect(readJournal("")).toBeNull();
  });
});

describe("a journal that cannot be read", () => {
  test("is listed by the moment in its id, and its id is never given again", async () => {
    const { ports, journals } = start();
    await journals.create("2026-11-23T10-00-01Z-001", "{}", "");
    const [aside] = (await readJournals(journals)).setAside;
    if (aside === undefined) throw new Error("it was taken for a journal");
    expect(setAsideSummary(aside)).toMatchObject({
      reason: "its file is not whole",
      state: "damaged",
      at: "2026-11-23T10:00:01Z",
    });
    const applied = await applyChanges(ports, both);
    expect(applied).toMatchObject({ outcome: "applied", journal: "2026-11-23T10-00-01Z-002" });
    expect((await journals.readAll()).get("2026-11-23T10-00-01Z-001")).toBe("{}");
  });
});
