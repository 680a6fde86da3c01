import { spawn } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { valueChanges, wantedData } from "../../electron/changes/catalogue.ts";
import { type Journal, readJournals } from "../../electron/changes/journal.ts";
import { createJournalFolder } from "../../electron/changes/journal-folder.ts";
import type { PlanFile } from "../../electron/changes/plan.ts";
import { createPracticeServer } from "../../electron/server/practice/practice-server.ts";
import { type PracticeState, practiceStateSchema } from "../../electron/server/practice/practice-state.ts";
import { reportTally } from "../property/changes/fault-tally.ts";
import { bundled, run, top } from "./program.ts";

/** How many times a change, and as many times an undo, is killed. */
const kills = Number(process.env["MIM_MAIL_KILLS"] ?? 16);
/** The pause around each write, in milliseconds: long enough to be hit, short enough that the writes are hit too. */
const slowness = 20;

const apply: PlanFile = {
  format: "mim-mail-plan",
  version: 1,
  entries: valueChanges.map((change) => ({ id: change.id, data: wantedData(change, "guide") ?? 0 })),
};
const undo: PlanFile = { format: "mim-mail-plan", version: 1, undo: { journal: null, force: false } };

let folder: string;
let program: string;
/** A home before the change, and one after it. */
let homes: { readonly old: string; readonly new: string };
let states: { readonly old: PracticeState; readonly new: PracticeState };

const mimMail = (home: string, ...argv: readonly string[]) =>
  run(process.execPath, [join(top, "out", "mim-mail.js"), ...argv], { env: { MIM_MAIL_HOME: home } });

/** What the practice server's file holds; a damaged one would throw, or have been set aside. */
async function stateIn(home: string): Promise<PracticeState> {
  const names = await readdir(join(home, "practice"));
  expect(names.filter((name) => name.includes("damaged"))).toEqual([]);
  return practiceStateSchema.parse(JSON.parse(await readFile(join(home, "practice", "server.json"), "utf8")));
}

async function journalsIn(home: string): Promise<readonly Journal[]> {
  const { readable, setAside } = await readJournals(createJournalFolder(join(home, "journal", "practice")));
  expect(setAside).toEqual([]);
  return readable;
}

interface Killed {
  /** Null when it was killed. */
  readonly code: number | null;
  /** How long it worked, in milliseconds. */
  readonly worked: number;
}

/** Starts the slow change in a process of its own and kills it `after` milliseconds of work; null lets it end. */
function changeSlowly(home: string, plan: PlanFile, after: number | null, pauses = slowness): Promise<Killed> {
  const child = spawn(process.execPath, [program, home, JSON.stringify(plan), String(pauses)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let begun = 0;
  child.stdout.once("data", () => {
    begun = performance.now();
    if (after !== null) void pause(after).then(() => child.kill("SIGKILL"));
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, worked: performance.now() - begun }));
  });
}

beforeAll(async () => {
  const build = await run(process.execPath, [join(top, "build/build.mjs"), "node"]);
  expect(build.code, build.stderr).toBe(0);
  folder = await mkdtemp(join(tmpdir(), "mim-kill-"));
  program = await bundled("slow-change.ts", folder);

  homes = { old: join(folder, "old"), new: join(folder, "new") };
  await createPracticeServer({ home: homes.old }).reset();
  await cp(homes.old, homes.new, { recursive: true });
  expect((await changeSlowly(homes.new, apply, null)).code).toBe(0);
  states = { old: await stateIn(homes.old), new: await stateIn(homes.new) };
  expect(states.new).not.toEqual(states.old);
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

/** Kills one change and ends what it left; says how it was found. */
async function killOnce(
  home: string,
  { plan, from, to }: { readonly plan: PlanFile; readonly from: "old" | "new"; readonly to: "old" | "new" },
  after: number,
  finish: boolean,
): Promise<{ readonly interrupted: boolean }> {
  await cp(homes[from], home, { recursive: true });
  const journalsBefore = (await journalsIn(home)).length;
  const { code } = await changeSlowly(home, plan, after);
  const left = await stateIn(home);
  const journals = await journalsIn(home);
  const journal = journals.length > journalsBefore ? journals.at(-1) : undefined;
  const interrupted = journal !== undefined && !journal.notes.some(({ note }) => note === "end");

  if (!interrupted) {
    expect(left).toEqual(states[journal === undefined ? from : to]);
    if (code !== null) expect({ code, journal: journal !== undefined }).toEqual({ code: 0, journal: true });
  } else {
    // Each value is what the journal found or what it writes, and nothing else has changed.
    const changed = new Set(journal.head.entries.map(({ key, name }) => `${key}\\${name}`));
    for (const { key, name, found, to: wanted } of journal.head.entries) {
      const value = left.registry[key]?.[name] ?? "absent";
      expect([found, wanted], `${key}\\${name}`).toContainEqual(value);
    }
    for (const [key, values] of Object.entries(states.old.registry)) {
      for (const [name, value] of Object.entries(values)) {
        if (!changed.has(`${key}\\${name}`)) expect(left.registry[key]?.[name]).toEqual(value);
      }
    }
    const ended = await mimMail(home, "undo", "--server", "practice", ...(finish ? ["--finish"] : []));
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(await stateIn(home)).toEqual(states[finish ? to : from]);
  }
  // Nothing is in the way of the next change.
  const next = await mimMail(home, "apply", "--server", "practice", "--yes");
  expect(next, next.stderr).toMatchObject({ code: 0 });
  expect((await stateIn(home)).registry).toEqual(states.new.registry);
  return { interrupted };
}

describe("a process that is killed for real", () => {
  test.each([
    { what: "change", plan: apply, from: "old", to: "new" },
    { what: "undo", plan: undo, from: "new", to: "old" },
  ] as const)(
    "in the midst of a $what leaves what its journal says, and a new process ends it, all old or all new",
    async (given) => {
      // The quickest of three: one that was slow by chance would put the later kills after the end.
      let worked = Number.POSITIVE_INFINITY;
      for (const round of [1, 2, 3]) {
        const whole = join(folder, `whole-${given.what}-${round}`);
        await cp(homes[given.from], whole, { recursive: true });
        worked = Math.min(worked, (await changeSlowly(whole, given.plan, null)).worked);
      }
      let [interrupted, failures] = [0, 0];
      for (let kill = 0; kill < kills; kill += 1) {
        const home = join(folder, `${given.what}-${kill}`);
        // Spread over the whole of the work, at a random moment of each part.
        const after = (worked * (kill + Math.random())) / kills;
        try {
          const found = await killOnce(home, given, after, kill % 2 === 0);
          if (found.interrupted) interrupted += 1;
        } catch (error) {
          failures += 1;
          console.error(`${given.what}: killed after ${after.toFixed(1)} of ${worked.toFixed(1)} ms`, error);
        }
        await rm(home, { recursive: true, force: true, maxRetries: 10 });
      }
      console.info(`${given.what}: ${kills} kills over ${worked.toFixed(0)} ms, ${interrupted} left a journal open`);
      reportTally({
        fault: `the process is killed for real amid ${given.what === "undo" ? "an undo" : "a change"}`,
        runs: kills,
        struck: interrupted,
        failures,
      });
      expect(failures).toBe(0);
      expect(interrupted, "kills that left a journal open").toBeGreaterThan(kills / 3);
    },
    60_000 + kills * 15_000,
  );

  test("while it ends an interrupted journal leaves one that can be ended again", async () => {
    const home = join(folder, "again");
    await cp(homes.old, home, { recursive: true });
    // So slow that it takes seconds: it is certainly hit.
    expect((await changeSlowly(home, apply, 500, 100)).code).toBeNull();
    const [journal] = await journalsIn(home);
    const recover: PlanFile = {
      format: "mim-mail-plan",
      version: 1,
      recover: { journal: journal?.head.id ?? "", how: "finish", force: false },
    };
    for (const after of [50, 100, 200]) expect((await changeSlowly(home, recover, after, 100)).code).toBeNull();
    expect((await journalsIn(home)).length).toBe(1);
    const ended = await mimMail(home, "undo", "--server", "practice");
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(await stateIn(home)).toEqual(states.old);
  });
});
