import { type Checklist, type Finding, type FindingId, findingIds, type StageId, stages } from "./checklist.ts";

/**
 * How a finding stands in the job: `open` something is to be done · `ready` it is entered and waits for Change mode ·
 * `waiting` something else comes first: what Change mode needs is not entered, or the installer has not run yet ·
 * `settled` done, accepted, or right with a remark · `none` it does not apply here.
 */
export type Standing = "open" | "ready" | "waiting" | "settled" | "none";

const provedAfterwards: ReadonlySet<FindingId> = new Set(findingIds.verify);

function standingOf({ id, status, accepted, remedy }: Finding, installed: boolean): Standing {
  if (status === "notApplicable") return "none";
  // What was right before the installer has run proves nothing, and every change before it asks again.
  if (!installed && provedAfterwards.has(id) && accepted === null) return "waiting";
  // Attention works, and what there is to decide goes on being shown.
  if (accepted !== null || status === "done" || status === "attention") return "settled";
  if (status !== "action" || remedy.kind !== "changeMode") return "open";
  return remedy.ready ? "ready" : "waiting";
}

/** How each finding of a checklist stands in the job. */
export function standingsOf({ steps }: Pick<Checklist, "steps">): ReadonlyMap<FindingId, Standing> {
  const findings = steps.flatMap((step) => step.findings);
  const run = findings.find(({ id }) => id === "change.run");
  const installed = run === undefined || standingOf(run, true) === "settled";
  return new Map(findings.map((finding) => [finding.id, standingOf(finding, installed)]));
}

/** How far a part of the job is: the findings that apply, and how many of them stand which way. */
export interface Progress extends Readonly<Record<Exclude<Standing, "none">, number>> {
  readonly all: number;
}

/** How far the job is, or one stage of it. */
export function progressOf(checklist: Pick<Checklist, "steps">, stage: StageId | null = null): Progress {
  const standings = standingsOf(checklist);
  const findings = stage === null ? checklist.steps.flatMap((step) => step.findings) : findingsOf(checklist, stage);
  const count = (wanted: Standing): number => findings.filter(({ id }) => standings.get(id) === wanted).length;
  const counts = { open: count("open"), ready: count("ready"), waiting: count("waiting"), settled: count("settled") };
  return { ...counts, all: findings.length - count("none") };
}

/** The findings of a stage, in their order. */
export function findingsOf({ steps }: Pick<Checklist, "steps">, stage: StageId): readonly Finding[] {
  const ids: readonly string[] = stages.find(({ id }) => id === stage)?.steps ?? [];
  return steps.filter(({ id }) => ids.includes(id)).flatMap(({ findings }) => findings);
}
