import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judge } from "../../../electron/checklist/judge.ts";
import { checklistSchema } from "../../../electron/contract/checklist.ts";
import { type Target, targetSchema } from "../../../electron/contract/target.ts";
import { foundIn } from "../../../electron/facts/found.ts";
import type { Recording, RegistryKey } from "../../../electron/recording/recording.ts";
import { redactRecording } from "../../../electron/recording/redact.ts";
import { goodServer, goodTarget, present } from "../../unit/checklist/server-case.ts";

const value = fc.oneof(
  fc.record({ type: fc.constant("REG_SZ" as const), data: fc.string() }),
  fc.record({ type: fc.constant("REG_DWORD" as const), data: fc.nat(0xffff_ffff) }),
  fc.record({ type: fc.constant("REG_MULTI_SZ" as const), data: fc.array(fc.string()) }),
);
const keyState = (key: RegistryKey): fc.Arbitrary<RegistryKey | undefined> =>
  fc.oneof(
    fc.constant(key),
    fc.constant(undefined),
    fc.constant({ state: "absent" as const }),
    fc.constant({ state: "unreadable" as const, reason: "access denied" }),
    key.state === "present"
      ? fc
          .record(
            Object.fromEntries(Object.keys(key.values).map((name) => [name, fc.option(value, { nil: undefined })])),
          )
          .map((values) =>
            present(Object.fromEntries(Object.entries(values).flatMap(([name, one]) => (one ? [[name, one]] : [])))),
          )
      : fc.constant(key),
  );

/** The good server with any of its keys, files, texts, services and accounts in any state. */
const recordings: fc.Arbitrary<Recording> = fc
  .tuple(
    ...Object.entries(goodServer().registry).map(([path, key]) => keyState(key).map((state) => [path, state] as const)),
  )
  .chain((keys) =>
    fc.record({
      registry: fc.constant(
        Object.fromEntries(
          keys.flatMap(([path, key]) => (key === undefined ? [] : [[path, key]])),
        ) as Recording["registry"],
      ),
      services: fc.constantFrom<Recording["services"]>(goodServer().services, {}, { FIMService: { state: "absent" } }),
      files: fc.constantFrom<Recording["files"]>(goodServer().files, {}),
      texts: fc.constantFrom<Recording["texts"]>(goodServer().texts, {}),
      accounts: fc.constantFrom<Recording["accounts"]>(goodServer().accounts, {}),
      windows: fc.option(fc.record({ caption: fc.string() }), { nil: null }),
    }),
  )
  .map((changes) => ({ ...goodServer(), ...changes }));

const targets: fc.Arbitrary<Target> = fc
  .record({
    mailServer: fc.constantFrom("exchange", "office365", "office365China", "smtp", "none"),
    authentication: fc.constantFrom("applicationContext", "basic", "integrated"),
    applicationId: fc.string(),
    tenantId: fc.string(),
    serviceAccount: fc.string(),
    serviceEmail: fc.string(),
    tlsProfile: fc.constantFrom("guide", "minimum"),
  })
  .map((changes) => targetSchema.parse({ ...goodTarget, ...changes }));

const judged = (recording: Recording, target: Target) =>
  judge({ recording, target, today: "2026-11-23", server: { name: "a" } });

describe("whatever was seen", () => {
  test("every finding is judged, says something, and names what to do where something is to do", () => {
    fc.assert(
      fc.property(recordings, targets, (recording, target) => {
        const checklist = judged(recording, target);
        expect(() => checklistSchema.parse(checklist)).not.toThrow();
        expect(() => foundIn(recording, target)).not.toThrow();
        for (const finding of checklist.steps.flatMap(({ findings }) => findings)) {
          expect(finding.actual, finding.id).not.toBe("");
          expect(finding.expected, finding.id).not.toBe("");
          if (["action", "unknown", "pending"].includes(finding.status)) {
            expect(finding.advice.length, `${finding.id} ${finding.status}`).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test("redacting it again changes nothing, and no verdict with it", () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const once = redactRecording(recording);
        expect(redactRecording(once)).toEqual(once);
        const statuses = (given: Recording) =>
          judged(given, goodTarget).steps.flatMap(({ findings }) => findings.map(({ id, status }) => [id, status]));
        expect(statuses(once)).toEqual(statuses(recording));
      }),
      { numRuns: 300 },
    );
  });
});
