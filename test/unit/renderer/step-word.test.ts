import { describe, expect, test } from "vitest";
import { type FindingId, findingIds, type StepId, stepIds, stepTitles } from "../../../electron/contract/checklist.ts";
import type { State } from "../../../electron/contract/state.ts";
import { type Status, worstStatus } from "../../../electron/contract/status.ts";
import { stepWord } from "../../../renderer/store/step-word.ts";

type Shown = Pick<State, "found" | "checklist">;

/** A state in which every finding is done but those named. */
function stateWith(statuses: Partial<Record<FindingId, Status>>, found: Partial<State["found"]> = {}): Shown {
  const steps = stepIds.map((id) => {
    const findings = findingIds[id].map((finding: FindingId) => ({
      id: finding,
      status: statuses[finding] ?? ("done" as const),
      title: finding,
      actual: "",
      expected: "",
      advice: [],
      evidence: [],
      sources: [],
      remedy: { kind: "manual" as const, ready: true },
      accepted: null,
    }));
    return { id, title: stepTitles[id], status: worstStatus(findings.map(({ status }) => status)), findings };
  });
  return {
    found: {
      mailServer: null,
      mailHost: null,
      serviceEmail: null,
      authentication: null,
      applicationId: null,
      tenantId: null,
      serviceAccount: null,
      groupManaged: false,
      changeCommand: null,
      tls: [],
      ...found,
    },
    checklist: {
      server: "practice",
      today: "2026-11-23",
      verdict: worstStatus(steps.map(({ status }) => status)),
      steps,
    },
  };
}

const word = (state: Shown, step: StepId): string => stepWord(state, step).word;

describe("the word beside a step", () => {
  test("counts what is to be changed", () => {
    expect(word(stateWith({ "tls.dotnet.v2.64": "action", "tls.dotnet.v2.32": "action" }), "tls")).toBe("2 to change");
    expect(word(stateWith({ "tls.dotnet.v2.64": "action" }), "tls")).toBe("To change");
  });

  test("names the mail server that was found in place of the one wanted, and nothing when it was not", () => {
    const action = { "mail.serverType": "action" } as const;
    expect(word(stateWith(action, { mailServer: "smtp" }), "mailServer")).toBe("SMTP found");
    expect(word(stateWith(action), "mailServer")).toBe("To change");
  });

  test("tells what is to be entered from what is to be confirmed", () => {
    const ids = { "azure.applicationId": "pending", "azure.tenantId": "pending", "azure.signIn": "pending" } as const;
    expect(word(stateWith(ids), "azureIds")).toBe("2 to enter");
    expect(word(stateWith({ "azure.signIn": "pending" }), "azureIds")).toBe("Waiting");
    expect(word(stateWith({ "server.backup": "pending" }), "server")).toBe("1 to confirm");
    expect(word(stateWith({ "change.run": "pending" }), "changeMode")).toBe("Not run yet");
  });

  test("gives the days left once nothing else is open there", () => {
    expect(word(stateWith({ "exchange.ewsEnd": "attention" }), "exchange")).toBe("129 days left");
    const both = { "exchange.ewsEnd": "attention", "exchange.mailbox": "pending" } as const;
    expect(word(stateWith(both), "exchange")).toBe("1 to confirm");
  });

  test("asks for elevation only where that settles it", () => {
    const closed = { "verify.token": "unknown", "server.elevation": "attention" } as const;
    // A name that cannot be translated is translated no better with an administrator's rights.
    expect(word(stateWith(closed), "verify")).toBe("Not known");
    const elevate = { kind: "elevate", ready: true } as const;
    const { found, checklist } = stateWith(closed);
    const steps = checklist.steps.map((step) => ({
      ...step,
      findings: step.findings.map((one) => (one.id === "verify.token" ? { ...one, remedy: elevate } : one)),
    }));
    expect(word({ found, checklist: { ...checklist, steps } }, "verify")).toBe("Elevate");
  });

  test("does not count what is accepted", () => {
    const state = stateWith({ "tls.dotnet.v2.64": "action", "tls.dotnet.v2.32": "action" });
    const accepted = {
      ...state,
      checklist: {
        ...state.checklist,
        steps: state.checklist.steps.map((step) => ({
          ...step,
          findings: step.findings.map((finding) =>
            finding.id === "tls.dotnet.v2.32"
              ? { ...finding, accepted: { reason: "r", by: "b", until: "2027-01-01" } }
              : finding,
          ),
        })),
      },
    };
    expect(word(accepted, "tls")).toBe("To change");
  });
});
