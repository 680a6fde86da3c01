import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { valueChange, valueChanges } from "../../../electron/changes/catalogue.ts";
import { applyChanges, type ChangePorts, recoverJournal, undoJournal } from "../../../electron/changes/change.ts";
import { endOf, readJournals } from "../../../electron/changes/journal.ts";
import { type ChosenValue, planFor } from "../../../electron/changes/plan.ts";
import type { RegistryEntry } from "../../../electron/changes/registry.ts";
import { sameValue } from "../../../electron/changes/stored-value.ts";
import type { TlsProfile } from "../../../electron/contract/target.ts";
import type { Recording, RegistryKey } from "../../../electron/recording/recording.ts";
import { type FaultTally, reportTally } from "./fault-tally.ts";
import { type Contents, Crash, type Fault, type Simulation, type Stranger, simulate } from "./simulation.ts";

/** How often each kind of fault is tried: eleven kinds, so together more than 10,000 times in CI. */
const runs = Number(process.env["MIM_MAIL_RUNS"] ?? (process.env["CI"] ? 1_000 : 300));
const seed = Number(process.env["MIM_MAIL_SEED"] ?? Math.floor(Math.random() * 0x7fff_ffff));
console.info(`changes: ${runs} runs a kind of fault (MIM_MAIL_RUNS), seed ${seed} (MIM_MAIL_SEED)`);
const timeLimit = 60_000 + runs * 60;

/** Tries a property that says whether its fault struck, and counts. Fails with the shrunken example and its seed. */
async function tried<Given>(
  numRuns: number,
  arbitrary: fc.Arbitrary<Given>,
  property: (given: Given) => Promise<boolean>,
): Promise<Omit<FaultTally, "fault">> {
  let [done, struck, failures] = [0, 0, 0];
  const details = await fc.check(
    fc.asyncProperty(arbitrary, async (given) => {
      done += 1;
      try {
        if (await property(given)) struck += 1;
      } catch (error) {
        failures += 1;
        throw error;
      }
    }),
    { numRuns, seed },
  );
  if (details.failed) console.error(fc.defaultReportMessage(details));
  return { runs: done, struck, failures };
}

const entry: fc.Arbitrary<RegistryEntry> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 1).map((data) => ({ type: "REG_DWORD" as const, data })) },
  fc.nat(0xffff_ffff).map((data) => ({ type: "REG_DWORD" as const, data })),
  fc.string().map((data) => ({ type: "REG_SZ" as const, data })),
  fc.array(fc.string({ minLength: 1 })).map((data) => ({ type: "REG_MULTI_SZ" as const, data })),
);

/** Any state of the keys the catalogue knows, other values beside them, and whether the keys are there at all. */
const contents: fc.Arbitrary<Contents> = fc
  .tuple(
    fc.array(fc.option(entry, { nil: null }), { minLength: valueChanges.length, maxLength: valueChanges.length }),
    fc.array(fc.boolean(), { minLength: valueChanges.length, maxLength: valueChanges.length }),
    fc.boolean(),
  )
  .map(([entries, keys, other]) => {
    const state: Contents = { "HKLM\\SOFTWARE": {}, "HKLM\\SYSTEM": { Setup: { type: "REG_DWORD", data: 0 } } };
    valueChanges.forEach(({ key, name }, index) => {
      const value = entries[index] ?? null;
      if (value === null && keys[index] !== true) return;
      for (let depth = 2; depth <= key.split("\\").length; depth += 1) {
        state[key.split("\\").slice(0, depth).join("\\")] ??= {};
      }
      if (value !== null) state[key] = { ...state[key], [name]: value };
      if (other) state[key] = { ...state[key], Other: { type: "REG_SZ", data: "kept" } };
    });
    return state;
  });

const faults: Readonly<Record<Exclude<Fault["kind"], "none">, string>> = {
  error: "a call fails and does nothing",
  errorAfter: "a call does its work, then says it failed",
  denied: "access denied from some write on",
  lost: "a write says it succeeded and does nothing",
  garbled: "a write stores something else",
  diskFull: "the journal's disk is full from some line on",
  cut: "a journal line is cut short, then the disk works again",
  torn: "the process ends amid a journal line",
  crash: "the process ends at any call",
};
const kinds = Object.entries(faults) as [Exclude<Fault["kind"], "none">, string][];
const none: Fault = { at: 0, kind: "none" };
const profile = fc.constantFrom<TlsProfile>("guide", "minimum");

const ports = (simulation: Simulation): ChangePorts => {
  let tick = 0;
  return {
    registry: simulation.registry,
    journals: simulation.journals,
    now: () => {
      tick += 1;
      return new Date(Date.UTC(2026, 10, 23, 10, 0, tick));
    },
  };
};

function recordingOf(state: Contents): Recording {
  const registry: Record<string, RegistryKey> = {};
  for (const { key } of valueChanges) {
    registry[key] = state[key] === undefined ? { state: "absent" } : { state: "present", values: { ...state[key] } };
  }
  return {
    format: "mim-mail-recording",
    version: 1,
    recordedAt: "2026-11-23T10:00:00Z",
    computer: "MIM01",
    registry,
    services: {},
    files: {},
    texts: {},
    accounts: {},
    journal: [],
    installerRuns: [],
  };
}

/** The values a profile would set here, as the plan gives them. */
function chosenFor(state: Contents, wanted: TlsProfile): ChosenValue[] {
  return planFor(recordingOf(state), wanted).rows.flatMap(({ id, to }) => {
    const change = valueChange(id);
    return change === null || to === "absent" ? [] : [{ change, data: Number(to.data) }];
  });
}

const stands = (state: Contents, key: string, name: string) => state[key]?.[name] ?? "absent";

function allNew(state: Contents, before: Contents, chosen: readonly ChosenValue[]): void {
  for (const { key, name } of valueChanges) {
    const choice = chosen.find(({ change }) => change.key === key && change.name === name);
    const expected =
      choice === undefined ? stands(before, key, name) : { type: "REG_DWORD" as const, data: choice.data };
    expect(stands(state, key, name)).toEqual(expected);
  }
  for (const [key, values] of Object.entries(before)) expect(state[key]?.["Other"]).toEqual(values["Other"]);
}

interface Given {
  readonly initial: Contents;
  readonly wanted: TlsProfile;
}
interface GivenFault extends Given {
  readonly at: number;
  /** How an interrupted journal is ended: forward, or else put back. */
  readonly finish: boolean;
}
const given = fc.record({ initial: contents, wanted: profile });
const givenFault = fc.record({ initial: contents, wanted: profile, at: fc.nat(140), finish: fc.boolean() });

async function undoGivesBack({ initial, wanted }: Given): Promise<boolean> {
  const before = structuredClone(initial);
  const simulation = simulate(initial, none);
  const chosen = chosenFor(before, wanted);
  const applied = await applyChanges(ports(simulation), chosen);
  if (chosen.length === 0) {
    expect(applied.outcome).toBe("nothing");
    expect(simulation.contents).toEqual(before);
    return false;
  }
  expect(applied.outcome).toBe("applied");
  allNew(simulation.contents, before, chosen);
  expect(planFor(recordingOf(simulation.contents), wanted).rows, "plan after apply is empty").toEqual([]);
  const after = structuredClone(simulation.contents);
  expect((await applyChanges(ports(simulation), chosen)).outcome, "applying twice equals once").toBe("nothing");
  expect(simulation.contents).toEqual(after);
  expect((await undoJournal(ports(simulation), null)).outcome).toBe("applied");
  expect(simulation.contents).toEqual(before);
  expect((await undoJournal(ports(simulation), null)).outcome, "nothing is left to undo").toBe("refused");
  const { readable } = await readJournals(simulation.journals);
  const undo = readable.find(({ head }) => head.kind === "undo");
  expect((await undoJournal(ports(simulation), undo?.head.id ?? "")).outcome, "undo of the undo").toBe("applied");
  expect(simulation.contents).toEqual(after);
  return true;
}

async function changeWithFault(bad: Fault, { initial, wanted, finish }: GivenFault): Promise<boolean> {
  const before = structuredClone(initial);
  const simulation = simulate(initial, bad);
  const chosen = chosenFor(before, wanted);
  let outcome: string;
  try {
    outcome = (await applyChanges(ports(simulation), chosen)).outcome;
  } catch (error) {
    // Reading the journals or the registry failed before anything was begun, or the process ended.
    outcome = error instanceof Crash ? "crash" : "threw";
  }
  const struck = simulation.struck();
  simulation.restart();
  const { readable, setAside } = await readJournals(simulation.journals);
  expect(setAside).toEqual([]);
  const journal = readable.at(-1);
  const end = journal === undefined ? null : endOf(journal);
  if (journal !== undefined && (end === null || end.state === "stuck" || outcome === "stuck")) {
    // The disk works again when the change is put back, so the journal must say that it was.
    expect(bad.kind === "cut" && outcome === "undone", "a line after a cut one is lost").toBe(false);
    for (const { key, name, found, to } of journal.head.entries) {
      const value = stands(simulation.contents, key, name);
      const garbled = bad.kind === "garbled" && value !== "absent" && value.data === "garbled";
      expect(garbled || sameValue(value, found) || sameValue(value, to), `${key}\\${name}`).toBe(true);
    }
    const how = finish ? "finish" : "putBack";
    const ended = await recoverJournal(ports(simulation), journal.head.id, how, { force: true });
    expect(ended.outcome).toBe(finish ? "applied" : "undone");
    if (finish) allNew(simulation.contents, before, chosen);
    else expect(simulation.contents).toEqual(before);
    return struck;
  }
  if (outcome === "applied" || end?.state === "applied") {
    allNew(simulation.contents, before, chosen);
    expect((await undoJournal(ports(simulation), null)).outcome).toBe("applied");
  }
  expect(simulation.contents).toEqual(before);
  return struck;
}

async function undoWithFault(bad: Fault, { initial, wanted, finish }: GivenFault): Promise<boolean> {
  const before = structuredClone(initial);
  const chosen = chosenFor(before, wanted);
  if (chosen.length === 0) return false;
  const whole = simulate(structuredClone(before), none);
  await applyChanges(ports(whole), chosen);
  const after = structuredClone(whole.contents);
  // The same journal in a simulation whose faults begin now.
  const simulation = simulate(whole.contents, bad);
  const [[id, text] = ["", ""]] = await whole.journals.readAll();
  const merged: ChangePorts["journals"] = {
    ...simulation.journals,
    readAll: async () => new Map([[id, text], ...(await simulation.journals.readAll())]),
  };
  const faulty = { ...ports(simulation), journals: merged };
  try {
    await undoJournal(faulty, null);
  } catch {
    // Nothing was begun, or the process ended: what is left is judged below.
  }
  const struck = simulation.struck();
  simulation.restart();
  const journal = (await readJournals(merged)).readable.find(({ head }) => head.kind === "undo");
  const end = journal === undefined ? null : endOf(journal);
  if (journal !== undefined && (end === null || end.state === "stuck")) {
    const ended = await recoverJournal(faulty, journal.head.id, finish ? "finish" : "putBack", { force: true });
    expect(ended.outcome).toBe(finish ? "applied" : "undone");
    expect(simulation.contents).toEqual(finish ? before : after);
    return struck;
  }
  expect(simulation.contents).toEqual(end?.state === "applied" ? before : after);
  return struck;
}

const stranger: fc.Arbitrary<Stranger> = fc
  .record({ at: fc.nat(120), which: fc.constantFrom(...valueChanges) })
  .map(({ at, which: { key, name } }) => ({
    at,
    key,
    name,
    entry: { type: "REG_SZ" as const, data: "someone else's" },
  }));

/** Struck when an undo met a value that someone else had changed. */
async function withStranger({ initial, wanted, other }: Given & { readonly other: Stranger }): Promise<boolean> {
  const simulation = simulate(initial, none, other);
  const chosen = chosenFor(structuredClone(initial), wanted);
  const first = await applyChanges(ports(simulation), chosen);
  const cameDuring = simulation.strangerCame();
  if (!cameDuring) {
    const key = other.key;
    if (simulation.contents[key] === undefined) return false;
    simulation.contents[key] = { ...simulation.contents[key], [other.name]: other.entry };
  }
  const touched = (await readJournals(simulation.journals)).readable
    .at(-1)
    ?.head.entries.find(({ key, name }) => key === other.key && name === other.name);
  if (touched === undefined) return false;
  // Before the journal it was the value found, and is put back as such; after it, it is the stranger's to keep.
  const undone = await undoJournal(ports(simulation), null);
  const met = first.outcome === "applied" && undone.outcome === "refused";
  if (met) expect(undone).toMatchObject({ code: expect.stringMatching(/modified-outside|no-journal/) });
  expect(stands(simulation.contents, other.key, other.name)).toEqual(other.entry);
  return met;
}

describe("changes", () => {
  test(
    "undo after apply gives back the same registry, down to types and created keys",
    async () => {
      const tally = await tried(runs, given, undoGivesBack);
      reportTally({ fault: "none: apply, apply again, undo, undo of the undo", ...tally, struck: null });
      expect(tally).toMatchObject({ runs, failures: 0 });
    },
    timeLimit,
  );

  test.each(kinds)(
    "with the fault '%s' the end is all old, all new, or exactly what the journal says: %s",
    async (kind, words) => {
      const [one, other] = [Math.ceil(runs / 2), Math.floor(runs / 2)];
      const change = await tried(one, givenFault, (how) => changeWithFault({ at: how.at, kind }, how));
      const undo = await tried(other, givenFault, (how) => undoWithFault({ at: how.at, kind }, how));
      const struck = (change.struck ?? 0) + (undo.struck ?? 0);
      const failures = change.failures + undo.failures;
      reportTally({ fault: words, runs: change.runs + undo.runs, struck, failures });
      expect({ change: change.failures, undo: undo.failures }, `seed ${seed}`).toEqual({ change: 0, undo: 0 });
      expect(change.struck, "times it struck a change").toBeGreaterThan(one / 10);
      expect(undo.struck, "times it struck an undo").toBeGreaterThan(other / 10);
    },
    timeLimit,
  );

  test(
    "a value someone else changed is never written over unless told",
    async () => {
      const tally = await tried(runs, fc.record({ initial: contents, wanted: profile, other: stranger }), withStranger);
      reportTally({ fault: "someone else changes a value meanwhile", ...tally });
      expect(tally).toMatchObject({ runs, failures: 0 });
      expect(tally.struck, "times an undo was refused").toBeGreaterThan(runs / 100);
    },
    timeLimit,
  );

  test("planning and listing never write", async () => {
    await fc.assert(
      fc.asyncProperty(contents, profile, async (initial, wanted) => {
        const before = structuredClone(initial);
        const simulation = simulate(initial, none);
        planFor(recordingOf(initial), wanted);
        await readJournals(simulation.journals);
        expect(simulation.writes()).toBe(0);
        expect(simulation.contents).toEqual(before);
      }),
      { numRuns: 200, seed },
    );
  });
});
