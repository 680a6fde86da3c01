import { describe, expect, test } from "vitest";
import { compareChecklists } from "../../../electron/checklist/compare-checklists.ts";
import { judge } from "../../../electron/checklist/judge.ts";
import { type Checklist, findingIds } from "../../../electron/contract/checklist.ts";
import { comparedFindingSchema } from "../../../electron/contract/comparison.ts";
import { type Target, targetSchema } from "../../../electron/contract/target.ts";
import type { Recording } from "../../../electron/recording/recording.ts";
import { goodServer, goodTarget, netKeys, setKey, today } from "./server-case.ts";

/** The end of EWS is open whatever the server is like; accepted it is out of the way. */
const ewsEnd = { finding: "exchange.ewsEnd" as const, reason: "known", by: "Ada", until: "2027-12-31" };
const quietTarget = targetSchema.parse({ ...goodTarget, accepted: [ewsEnd] });

function checklist(change: (recording: Recording) => void = () => {}, target: Target = quietTarget): Checklist {
  const recording = goodServer();
  change(recording);
  return judge({ recording, target, today, server: { name: "a" } });
}
const withoutNet2 = (recording: Recording) => setKey(recording, netKeys["v2.64"], { state: "absent" });
const stopped = (recording: Recording) => {
  recording.services = { FIMService: { state: "present", status: "stopped" } };
};

describe("two checklists compared", () => {
  test("have nothing to tell when nothing is open and all reads the same", () => {
    expect(compareChecklists(checklist(), checklist())).toEqual([]);
  });

  test("tell what was fixed, with both verdicts and the checklist's title", () => {
    const found = compareChecklists(checklist(withoutNet2), checklist());
    expect(found).toEqual([
      {
        finding: "tls.dotnet.v2.64",
        title: ".NET Framework 2.x, 64-bit programs",
        became: "fixed",
        before: { status: "action", actual: expect.any(String) },
        now: { status: "done", actual: expect.any(String) },
      },
    ]);
    expect(comparedFindingSchema.parse(found[0])).toEqual(found[0]);
  });

  test("tell what is new, and what is open as before", () => {
    const became = (before: Checklist, now: Checklist) =>
      Object.fromEntries(compareChecklists(before, now).map((one) => [one.finding, one.became]));
    expect(became(checklist(), checklist(withoutNet2))).toEqual({ "tls.dotnet.v2.64": "new" });
    expect(became(checklist(withoutNet2), checklist(withoutNet2))).toEqual({ "tls.dotnet.v2.64": "open" });
    // From action to attention: still open, whatever it says now.
    const moved = became(checklist(stopped), checklist(withoutNet2));
    expect(moved["tls.dotnet.v2.64"]).toBe("new");
    expect(moved["server.service"]).toBe("fixed");
  });

  test("tell what reads otherwise although nothing is to do", () => {
    const found = compareChecklists(
      checklist(),
      checklist((recording) => {
        recording.windows = { ...recording.windows, caption: "Windows Server 2019 Standard" };
      }),
    );
    expect(found).toEqual([expect.objectContaining({ finding: "server.windows", became: "changed" })]);
  });

  test("do not count what someone has accepted", () => {
    const accepted = [ewsEnd, { finding: "tls.dotnet.v2.64" as const, reason: "r", by: "b", until: "2026-12-01" }];
    const target = targetSchema.parse({ ...goodTarget, accepted });
    expect(compareChecklists(checklist(withoutNet2, target), checklist(withoutNet2, target))).toEqual([]);
  });

  test("keep the checklist's order", () => {
    const order = compareChecklists(
      checklist((recording) => {
        stopped(recording);
        withoutNet2(recording);
        recording.accounts = {};
      }),
      checklist(),
    ).map(({ finding }) => finding);
    const all = Object.values(findingIds).flat() as string[];
    expect(order.length).toBeGreaterThan(3);
    expect(order).toEqual(order.toSorted((one, other) => all.indexOf(one) - all.indexOf(other)));
  });
});
