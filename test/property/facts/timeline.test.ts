import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verificationOf } from "../../../electron/assistant/verification.ts";
import { type Target, targetSchema } from "../../../electron/contract/target.ts";
import { verificationSchema } from "../../../electron/contract/verify.ts";
import { timelineLimit } from "../../../electron/facts/timeline.ts";
import { type Recording, recordingSchema } from "../../../electron/recording/recording.ts";
import { config, goodServer } from "../../unit/checklist/server-case.ts";

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("", "\u202E", "a\r\n\u0000b", "Could not get access token for office365 mailbox", "x".repeat(5000)),
);
const moment = fc
  .date({ min: new Date("2026-11-01T00:00:00Z"), max: new Date("2026-11-30T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString());
const offset = fc.constantFrom("Z", "+02:00", "-11:30");
const anyMoment = fc.oneof(
  moment,
  fc.tuple(moment, offset).map(([at, zone]) => at.replace("Z", zone)),
);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const attempt = maybe(fc.record({ ok: fc.boolean(), error: text }, { requiredKeys: [] }));

const changes = fc.record({
  recordedAt: anyMoment,
  windows: maybe(fc.record({ startedAt: maybe(anyMoment) })),
  services: fc.oneof(
    fc.constant({}),
    fc.record({
      FIMService: fc.record({ state: fc.constant("present"), status: text, startedAt: maybe(anyMoment) }),
    }),
    fc.constant({ FIMService: { state: "absent" } }),
  ),
  texts: fc.oneof(
    fc.constant({}),
    fc.record({ [config]: fc.record({ state: fc.constant("present"), text }) }),
    fc
      .tuple(text, text)
      .map(([mode, level]) => `<configuration><dynamicLogging mode="${mode}" loggingLevel="${level}"/></configuration>`)
      .map((xml) => ({ [config]: { state: "present", text: xml } })),
  ),
  events: fc.oneof(
    fc.constant(null),
    fc.constant({ state: "unreadable", reason: "access denied" }),
    fc.record({
      state: fc.constant("present"),
      items: fc.array(
        fc.record({
          log: text,
          provider: fc.oneof(text, fc.constant("Microsoft.ResourceManagement")),
          id: fc.constantFrom(12, 3),
          at: anyMoment,
          text,
        }),
        { maxLength: 400, size: "max" },
      ),
    }),
  ),
  journal: fc.array(
    fc.record(
      {
        id: maybe(text),
        at: maybe(anyMoment),
        startedAt: maybe(anyMoment),
        endedAt: maybe(anyMoment),
        state: maybe(fc.oneof(text, fc.constantFrom("applied", "undone", "open", "stuck"))),
        changes: maybe(fc.array(fc.record({ address: text }))),
      },
      { requiredKeys: [] },
    ),
  ),
  installerRuns: fc.array(
    fc.record(
      {
        startedAt: maybe(anyMoment),
        endedAt: maybe(anyMoment),
        exitCode: maybe(fc.integer()),
        log: maybe(text),
        firstFailure: maybe(text),
        secretsInLog: maybe(fc.nat()),
      },
      { requiredKeys: [] },
    ),
  ),
  cloud: maybe(fc.record({ at: anyMoment, signIn: attempt, ews: attempt, roles: maybe(fc.array(text)) })),
});
const recordings: fc.Arbitrary<Recording> = changes.map((changed) =>
  recordingSchema.parse({ ...goodServer(), ...changed }),
);
const targets: fc.Arbitrary<Target> = maybe(
  fc.date({ min: new Date("2026-01-01"), max: new Date("2027-12-31"), noInvalidDate: true }),
).map((day) => targetSchema.parse(day === null ? {} : { mailConfirmed: day.toISOString().slice(0, 10) }));

/** How many things with a time are recorded: no more entries can there be. */
function happened(recording: Recording, target: Target): number {
  const events = recording.events?.state === "present" ? recording.events.items.length : 0;
  const service = recording.services["FIMService"]?.state === "present" ? 1 : 0;
  const others = [recording.cloud, recording.windows?.startedAt, target.mailConfirmed].filter(Boolean).length;
  return 1 + others + service + events + recording.journal.length + recording.installerRuns.length;
}

describe("whatever was recorded", () => {
  test("the line of time is sorted, capped, short and fit for the bridge", () => {
    fc.assert(
      fc.property(recordings, targets, (recording, target) => {
        const verification = verificationOf({ recording, target });
        expect(verificationSchema.parse(verification)).toEqual(verification);
        const { timeline, leftOut } = verification;
        const moments = timeline.map(({ at }) => Date.parse(at));
        expect(moments).toEqual(moments.toSorted((one, other) => other - one));
        expect(timeline.length).toBeLessThanOrEqual(timelineLimit);
        if (leftOut > 0) expect(timeline).toHaveLength(timelineLimit);
        expect(timeline.length + leftOut).toBeLessThanOrEqual(happened(recording, target));
        expect(timeline.length + leftOut).toBeGreaterThan(0);
        for (const { title, detail, address } of timeline) {
          expect(`${title}${detail ?? ""}${address ?? ""}`.length).toBeLessThan(1200);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("it is the same for the same recording, and leaves the recording as it is", () => {
    fc.assert(
      fc.property(recordings, targets, (recording, target) => {
        const before = structuredClone(recording);
        expect(verificationOf({ recording, target })).toEqual(verificationOf({ recording, target }));
        expect(recording).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });
});
