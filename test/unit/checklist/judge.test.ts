import { describe, expect, test } from "vitest";
import { judge } from "../../../electron/checklist/judge.ts";
import { checklistSchema, findingIds, stepIds } from "../../../electron/contract/checklist.ts";
import { defaultTarget, type Target, targetSchema } from "../../../electron/contract/target.ts";
import type { Recording } from "../../../electron/recording/recording.ts";
import { goodServer, goodTarget, netKeys, setKey, today } from "./server-case.ts";

const judged = (recording: Recording, target: Target = goodTarget, day = today) =>
  judge({ recording, target, today: day, server: { name: "a.json" } });

const acceptance = { finding: "tls.dotnet.v2.64", reason: "replaced soon", by: "Ada", until: "2026-12-01" } as const;

describe("judge", () => {
  test("gives every finding of every step, in order, in the form outside programs read", () => {
    const checklist = judged(goodServer());
    expect(checklistSchema.parse(checklist)).toEqual(checklist);
    expect(checklist.steps.map(({ id }) => id)).toEqual(stepIds);
    for (const step of checklist.steps) expect(step.findings.map(({ id }) => id)).toEqual(findingIds[step.id]);
  });

  test("finds nothing to do on a server where everything is as wanted", () => {
    const checklist = judged(goodServer());
    expect(checklist.verdict).toBe("attention");
    const notDone = checklist.steps.flatMap(({ findings }) => findings).filter(({ status }) => status !== "done");
    expect(notDone.map(({ id, status }) => `${id} ${status}`)).toEqual([
      "server.elevation notApplicable",
      "tls.dotnet.update notApplicable",
      "smtp.relay notApplicable",
      "smtp.sender notApplicable",
      "exchange.ewsEnd attention",
      "change.log notApplicable",
    ]);
  });

  test("knows nothing of an empty recording and invents nothing", () => {
    const empty: Recording = {
      format: "mim-mail-recording",
      version: 1,
      recordedAt: "2026-11-23T10:00:00Z",
      computer: "MIM01",
      registry: {},
      services: {},
      files: {},
      texts: {},
      accounts: {},
      journal: [],
      installerRuns: [],
    };
    const checklist = judged(empty, defaultTarget);
    const statuses = new Map(checklist.steps.flatMap(({ findings }) => findings).map(({ id, status }) => [id, status]));
    expect(checklist.verdict).toBe("unknown");
    expect(statuses.get("server.product")).toBe("unknown");
    expect(statuses.get("tls.dotnet.v2.64")).toBe("unknown");
    expect(statuses.get("azure.secret")).toBe("unknown");
    expect([...statuses.values()]).not.toContain("action");
  });

  test("gives a step the worst status of its findings", () => {
    const recording = goodServer();
    setKey(recording, netKeys["v2.64"], { state: "absent" });
    const checklist = judged(recording);
    expect(checklist.steps.find(({ id }) => id === "tls")?.status).toBe("action");
    expect(checklist.verdict).toBe("action");
  });

  test("is deterministic and leaves the recording as it is", () => {
    const recording = goodServer();
    const before = structuredClone(recording);
    expect(judged(recording)).toEqual(judged(recording));
    expect(recording).toEqual(before);
  });
});

describe("an accepted finding", () => {
  const recording = goodServer();
  setKey(recording, netKeys["v2.64"], { state: "absent" });
  const target = targetSchema.parse({ ...goodTarget, accepted: [acceptance] });
  const tls = (day: string) => {
    const step = judged(recording, target, day).steps.find(({ id }) => id === "tls");
    return { status: step?.status, finding: step?.findings.find(({ id }) => id === "tls.dotnet.v2.64") };
  };

  test("stays visible with its status and does not count, until its last day", () => {
    const { status, finding } = tls("2026-12-01");
    expect(finding?.status).toBe("action");
    expect(finding?.accepted).toEqual({ reason: "replaced soon", by: "Ada", until: "2026-12-01" });
    expect(status).toBe("done");
  });

  test("comes back once that day has passed, and says so", () => {
    const { status, finding } = tls("2026-12-02");
    expect(finding?.accepted).toBeNull();
    expect(finding?.advice.at(-1)).toMatch(/2026-12-01; that date has passed/);
    expect(status).toBe("action");
  });
});
