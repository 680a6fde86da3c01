// Runs a plan on a practice server slowly, so that a test can end this process in its midst. Its own program and not a
// switch of the product. Arguments: the home folder, the plan's text, the pause around each write in milliseconds.
import { setTimeout as pause } from "node:timers/promises";
import type { JournalStore } from "../../electron/changes/journal.ts";
import type { PlanFile } from "../../electron/changes/plan.ts";
import type { RegistryWriter } from "../../electron/changes/registry.ts";
import { exitCodeOf, planBytes, planDigest, runPlan } from "../../electron/changes/run-plan.ts";
import { createPracticeServer } from "../../electron/server/practice/practice-server.ts";

const [home = "", plan = "", milliseconds = "0"] = process.argv.slice(2);
const server = createPracticeServer({ home });

function slow<Given extends unknown[], Result>(work: (...given: Given) => Promise<Result>) {
  return async (...given: Given): Promise<Result> => {
    await pause(Number(milliseconds));
    const result = await work(...given);
    await pause(Number(milliseconds));
    return result;
  };
}

/** One by one, so that the process can be ended between any two. */
function oneByOne<One>(work: (ones: readonly One[]) => Promise<void>) {
  const one = slow(work);
  return async (ones: readonly One[]): Promise<void> => {
    for (const each of ones) await one([each]);
  };
}

const writer: RegistryWriter = {
  createKeys: oneByOne(server.registry.createKeys),
  writeValues: oneByOne(server.registry.writeValues),
  deleteEmptyKeys: oneByOne(server.registry.deleteEmptyKeys),
};
const journals: JournalStore = {
  ...server.journals,
  create: slow(server.journals.create),
  append: slow(server.journals.append),
};

const bytes = planBytes(JSON.parse(plan) as PlanFile);
process.stdout.write("begun\n");
const outcome = await server.journals.exclusive(() =>
  runPlan(
    { registry: { ...server.registry, ...writer }, journals, actions: server.actions, now: () => new Date() },
    bytes,
    planDigest(bytes),
  ),
);
process.exit(exitCodeOf(outcome));
