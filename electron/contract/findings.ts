import type { Checklist, Finding, FindingId } from "./checklist.ts";
import type { Status } from "./status.ts";

/** Every finding of a checklist, in its order. */
export function findingsIn({ steps }: Pick<Checklist, "steps">): Finding[] {
  return steps.flatMap(({ findings }) => findings);
}

/** What a finding counts for: what someone accepts stays visible and asks for nothing. */
export function countingStatus({ status, accepted }: Finding): Status {
  return accepted === null ? status : "done";
}

/** The finding of an id; undefined in a checklist that has none of it. */
export function findingIn(checklist: Pick<Checklist, "steps">, id: FindingId): Finding | undefined {
  return findingsIn(checklist).find((one) => one.id === id);
}
