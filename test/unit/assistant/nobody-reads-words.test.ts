import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createAssistant } from "../../../electron/assistant/assistant.ts";
import type { Checklist, Finding } from "../../../electron/contract/checklist.ts";
import type { Outcome } from "../../../electron/contract/outcome.ts";
import { progressOf, standingsOf } from "../../../electron/contract/standing.ts";
import type { State } from "../../../electron/contract/state.ts";
import { nextOf, timeOf, verdictOf } from "../../../renderer/overview/overview-labels.ts";
import { stepWord } from "../../../renderer/store/step-word.ts";

/** Stands in the place of every sentence: it has a full stop, a colon, a comma and figures like the real ones. */
const marker = "Marker: 0, 1. Marker; marker";
const marked = vi.hoisted(() => ({ on: false }));

vi.mock("../../../electron/checklist/judge.ts", async (original) => {
  const real = await original<typeof import("../../../electron/checklist/judge.ts")>();
  const withMarkers = (finding: Finding): Finding => ({
    ...finding,
    ...{ title: marker, actual: marker, expected: marker },
    advice: finding.advice.map(() => marker),
    evidence: finding.evidence.map(() => ({ address: marker, value: marker })),
    remedy:
      finding.remedy.kind === "confirm" && finding.remedy.points !== undefined
        ? { ...finding.remedy, points: finding.remedy.points.map(() => marker) }
        : finding.remedy,
  });
  return {
    ...real,
    judge: (input: Parameters<typeof real.judge>[0]): Checklist => {
      const checklist = real.judge(input);
      if (!marked.on) return checklist;
      const steps = checklist.steps.map((step) => ({
        ...step,
        title: marker,
        findings: step.findings.map(withMarkers),
      }));
      return { ...checklist, steps };
    },
  };
});

let homes: string[] = [];
beforeEach(() => {
  homes = [];
});
afterEach(async () => {
  marked.on = false;
  await Promise.all(homes.map((home) => rm(home, { recursive: true, force: true })));
});

async function assistant() {
  const home = await mkdtemp(join(tmpdir(), "words-"));
  homes.push(home);
  return createAssistant({
    home,
    assets: fileURLToPath(new URL("../../../assets", import.meta.url)),
    version: "0.0.0-test",
    platform: "linux",
    now: () => new Date("2026-11-23T12:00:00Z"),
    emit: () => {},
  });
}

function given<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.value;
}

/**
 * Everything of a state that decides something, and nothing of its sentences. A comparison of two looks is left out: what
 * it lists is what reads otherwise, as a whole.
 */
function decided(state: State) {
  const { checklist, changes, found } = state;
  const steps = checklist.steps.map(({ id, status, findings }) => ({
    ...{ id, status, word: stepWord(state, id) },
    findings: findings.map((finding) => {
      const { remedy } = finding;
      const points = remedy.kind === "confirm" ? (remedy.points ?? []).length : 0;
      return { ...{ id: finding.id, status: finding.status, sources: finding.sources }, kind: remedy.kind, points };
    }),
  }));
  const next = nextOf(state, changes.plan.rows.length);
  return {
    ...{ steps, found, verdict: checklist.verdict, verdictOf: verdictOf(state), time: timeOf(state) },
    plan: changes.plan.rows.map(({ id, from, to }) => ({ id, from, to })),
    offers: changes.offers.map(({ finding }) => finding),
    journals: changes.journals.map(({ kind, state: end, changes: made }) => ({ kind, end, made })),
    standings: [...standingsOf(checklist)],
    progress: progressOf(checklist),
    next: { to: next.to, button: next.button },
    ...{
      wizard: state.wizard,
      verification: state.verification,
    },
  };
}

/** A report without its sentences: as many rows, headings and signs. */
function shapeOf(text: string): Record<string, number> {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return { rows: count(/<tr/g), headings: count(/<h[1-6]/g), done: count(/class="[^"]*done/g) };
}

async function wholeJob() {
  const handlers = await assistant();
  const first = given(await handlers.getState(null));
  const confirmed = given(
    await handlers.setTarget({ ...first.target, backupConfirmed: true, tlsCostsConfirmed: true }),
  );
  const ids = confirmed.changes.plan.rows.map(({ id }) => id);
  const changed = given(await handlers.applyChanges({ ids, copyConfig: true, restartService: true }));
  const [journal] = changed.state.changes.journals;
  const undone = given(await handlers.undoChange({ journal: journal?.id ?? "", force: false }));
  const stuck = given(await handlers.openSample({ id: "stuck-on-dotnet-2" }));
  const html = given(
    await handlers.saveReport({
      format: "html",
      options: { maskNames: false, before: true, pictures: false },
    }),
  );
  return {
    states: [first, confirmed, changed.state, undone.state, stuck].map(decided),
    ends: [changed, undone].map(({ result }) => ({ outcome: result.outcome, changed: result.changed })),
    report: shapeOf("text" in html ? String(html.text) : ""),
  };
}

describe("with a marker in the place of every sentence of every rule", () => {
  test("plan, journal, window and report decide what they decide with the words", async () => {
    const withWords = await wholeJob();
    marked.on = true;
    const withMarkers = await wholeJob();
    expect(withMarkers).toEqual(withWords);
    expect(withWords.report["rows"]).toBeGreaterThan(40);
    expect(withWords.ends).toMatchObject([{ outcome: "applied" }, { outcome: "applied" }]);
  });
});
