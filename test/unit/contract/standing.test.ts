import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { valueChanges, wantedData } from "../../../electron/changes/catalogue.ts";
import { judge } from "../../../electron/checklist/judge.ts";
import type { Checklist } from "../../../electron/contract/checklist.ts";
import { progressOf, standingsOf } from "../../../electron/contract/standing.ts";
import { defaultTarget, type Target } from "../../../electron/contract/target.ts";
import type { Recording } from "../../../electron/recording/recording.ts";
import {
  account,
  applicationId,
  goodServer,
  goodTarget,
  hiveKey,
  mailKey,
  netKeys,
  protocols,
  setKey,
  tenantId,
  today,
} from "../checklist/server-case.ts";

/** What a person has come to: the server as it stands, and what was entered. */
interface Reached {
  readonly recording: Recording;
  readonly target: Target;
}

/** A server on which nothing of the job was done. */
function untouched(): Reached {
  const recording = goodServer();
  for (const key of Object.values(netKeys)) setKey(recording, key, { state: "present", values: {} });
  for (const version of ["1.0", "1.1", "1.2"]) {
    for (const side of ["Client", "Server"])
      setKey(recording, `${protocols}\\TLS ${version}\\${side}`, { state: "absent" });
  }
  setKey(recording, mailKey, { state: "present", values: {} });
  setKey(recording, hiveKey, { state: "absent" });
  return { recording: { ...recording, installerRuns: [], journal: [], cloud: null }, target: defaultTarget };
}

const judged = ({ recording, target }: Reached): Checklist =>
  judge({ recording, target, today, server: { name: "a.json" } });

const enter =
  (wish: Partial<Target>) =>
  ({ recording, target }: Reached): Reached => ({ recording, target: { ...target, ...wish } });

/** Sets all values of a finding, as the product does: with a journal. */
const apply =
  (finding: string) =>
  ({ recording, target }: Reached): Reached => {
    const copy = structuredClone(recording);
    const changes = valueChanges.filter((change) => change.finding === finding);
    for (const change of changes) {
      const before = copy.registry[change.key];
      const values = before?.state === "present" ? before.values : {};
      const to = { type: "REG_DWORD" as const, data: wantedData(change, "guide") ?? 0 };
      copy.registry[change.key] = { state: "present", values: { ...values, [change.name]: to } };
    }
    copy.journal.push({
      id: finding,
      at: "2026-11-22T12:00:00Z",
      state: "applied",
      changes: changes.map(({ key, name }) => ({ address: `${key}\\${name}` })),
    });
    return { recording: copy, target };
  };

const steps: readonly ((reached: Reached) => Reached)[] = [
  enter({ applicationId }),
  enter({ tenantId }),
  enter({ secretExpires: "2027-11-01" }),
  enter({ serviceAccount: account }),
  enter({ serviceEmail: "mim@contoso.com" }),
  enter({ backupConfirmed: today }),
  enter({ allowListConfirmed: today }),
  enter({ mailboxConfirmed: today }),
  enter({ tlsCostsConfirmed: today }),
  ...[...new Set(valueChanges.map(({ finding }) => finding))].map(apply),
];

describe("how far the job is", () => {
  test("no right step lowers it, in whatever order the steps are taken", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...steps], { minLength: steps.length }), (order) => {
        let reached = untouched();
        let before = progressOf(judged(reached));
        for (const step of order) {
          reached = step(reached);
          const now = progressOf(judged(reached));
          expect(now.settled / now.all).toBeGreaterThanOrEqual(before.settled / before.all);
          expect(now.settled + now.ready).toBeGreaterThanOrEqual(before.settled + before.ready);
          before = now;
        }
      }),
      { numRuns: 1000 },
    );
    // Some 20,000 judgements: no limit of a single test is meant for them.
  }, 300_000);

  test("counts every finding that applies once", () => {
    const checklist = judged(untouched());
    const { all, settled, ready, open, waiting } = progressOf(checklist);
    expect(settled + ready + open + waiting).toBe(all);
    const parts = (["prepare", "install", "prove"] as const).map((stage) => progressOf(checklist, stage).all);
    expect(parts.reduce((sum, part) => sum + part)).toBe(all);
  });

  test("what is entered and valid waits for Change mode, and what needs it waits with it", () => {
    const before = standingsOf(judged(untouched()));
    expect(before.get("azure.applicationId")).toBe("open");
    expect(before.get("azure.secret")).toBe("waiting");
    expect(before.get("verify.token")).toBe("waiting");
    const after = standingsOf(judged(enter({ applicationId, tenantId })(untouched())));
    expect(after.get("azure.applicationId")).toBe("ready");
    expect(after.get("azure.secret")).toBe("ready");
  });

  test("all of all once everything is as wanted", () => {
    const checklist = judged({ recording: goodServer(), target: goodTarget });
    const { all, settled } = progressOf(checklist);
    expect(settled).toBe(all);
  });
});
