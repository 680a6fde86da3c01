import { expect, test } from "vitest";
import type { Checklist, Finding } from "../../../electron/contract/checklist.ts";
import { ewsDatesIn } from "../../../renderer/store/ews-dates.ts";

const judged = (status: Finding["status"], today: string): { checklist: Checklist } => ({
  checklist: {
    server: "practice",
    today,
    verdict: status,
    steps: [
      {
        id: "exchange",
        title: "Exchange Online",
        status,
        findings: [
          {
            ...{ id: "exchange.ewsEnd", status, title: "t", actual: "a", expected: "e" },
            ...{
              advice: [],
              evidence: [],
              sources: [],
              remedy: { kind: "manual" as const, ready: true },
              accepted: null,
            },
          },
        ],
      },
    ],
  },
});

test("the days left are counted from the day of the verdict to the end of EWS", () => {
  expect(ewsDatesIn(judged("attention", "2026-11-23"))).toEqual({
    blocks: "2026-10-01",
    ends: "2027-04-01",
    daysLeft: 129,
  });
  expect(ewsDatesIn(judged("action", "2027-04-02"))?.daysLeft).toBe(-1);
});

test("there are no dates for a mail server they do not concern", () => {
  expect(ewsDatesIn(judged("notApplicable", "2026-11-23"))).toBeNull();
});
