import { describe, expect, test } from "vitest";
import type { JournalSummary } from "../../../electron/contract/change.ts";
import type { State } from "../../../electron/contract/state.ts";
import type { Status } from "../../../electron/contract/status.ts";
import { restartOffer } from "../../../renderer/steps/verify/restart-offer.ts";

function state(
  service: Status,
  started: Status,
  { refusal = null, journals = [] }: { refusal?: string | null; journals?: readonly JournalSummary[] } = {},
): Pick<State, "checklist" | "changes"> {
  const finding = (id: string, status: Status) => ({ id, status, actual: `${id} ${status}` });
  return {
    checklist: {
      steps: [{ findings: [finding("server.service", service)] }, { findings: [finding("verify.service", started)] }],
    },
    changes: { refusal, plan: { rows: [], notKnown: [] }, offers: [], journals },
  } as unknown as Pick<State, "checklist" | "changes">;
}

const interrupted: JournalSummary = {
  id: "1",
  kind: "apply",
  of: null,
  at: "2026-11-23T10:00:00Z",
  state: "open",
  reason: null,
  changes: [],
};

describe("a restart of the service", () => {
  test("is needed when the service has not started since the last change", () => {
    expect(restartOffer(state("done", "action"))).toEqual({
      refusal: null,
      needed: true,
      found: "verify.service action",
    });
  });

  test("is possible and not needed otherwise", () => {
    expect(restartOffer(state("done", "done"))?.needed).toBe(false);
    expect(restartOffer(state("attention", "unknown"))?.needed).toBe(false);
  });

  test("is not offered where there is no such service", () => {
    expect(restartOffer(state("action", "action"))).toBeNull();
  });

  test("is refused with the reason where the server cannot be changed, or a change was interrupted", () => {
    expect(restartOffer(state("done", "action", { refusal: "A recording cannot be changed." }))?.refusal).toBe(
      "A recording cannot be changed.",
    );
    expect(restartOffer(state("done", "action", { journals: [interrupted] }))?.refusal).toContain("interrupted");
  });
});
