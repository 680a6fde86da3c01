import { describe, expect, test } from "vitest";
import type { InstallerRun } from "../../../electron/contract/history.ts";
import { lastChange } from "../../../electron/facts/history.ts";
import { installerExit, installerExits } from "../../../electron/facts/installer-exits.ts";
import { seenIn } from "../../../electron/recording/seen.ts";
import { goodServer } from "../checklist/server-case.ts";

const run: InstallerRun = { startedAt: "2026-11-23T10:00:00Z", endedAt: "2026-11-23T10:20:00Z", exitCode: 0 };

/** When a server was last changed whose installer ran so and whose service started then. */
function changed(runs: readonly InstallerRun[], startedAt: string | null): string | null {
  const recording = goodServer();
  recording.journal = [];
  recording.installerRuns = [...runs];
  recording.services = { FIMService: { state: "present", status: "running", startedAt } };
  return lastChange(seenIn(recording));
}

describe("when a server was last changed", () => {
  test("is the end of the installer's run, where the service started before or after it", () => {
    expect(changed([run], "2026-11-23T09:00:00Z")).toBe(run.endedAt);
    expect(changed([run], "2026-11-23T10:20:01Z")).toBe(run.endedAt);
    expect(changed([run], null)).toBe(run.endedAt);
  });

  test("is the run's beginning where the run itself started the service: it had written what the service reads", () => {
    expect(changed([run], "2026-11-23T10:19:00Z")).toBe(run.startedAt);
    expect(changed([run], "2026-11-23T10:20:00Z")).toBe(run.startedAt);
  });

  test("is not told by a run that failed", () => {
    expect(changed([{ ...run, exitCode: 1603 }], "2026-11-23T10:19:00Z")).toBeNull();
    expect(changed([{ ...run, exitCode: null }], "2026-11-23T10:19:00Z")).toBeNull();
  });
});

describe("msiexec's exit codes", () => {
  test("are in one table, each once, with a cause and a cure", () => {
    const codes = installerExits.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const { cause, cure } of installerExits)
      expect([cause, cure]).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\.$/)]);
  });

  test("are said to be unknown when they are", () => {
    expect(installerExit(4711)).toMatchObject({ code: 4711, cause: expect.stringMatching(/not known/) });
  });
});
