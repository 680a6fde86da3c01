import { describe, expect, test } from "vitest";
import {
  type RenewalNotes,
  type RenewalWord,
  type RenewedServer,
  renewalOf,
  targetAfter,
  withWord,
} from "../../../electron/assistant/renewal.ts";
import { judge } from "../../../electron/checklist/judge.ts";
import { type RenewalStepId, renewalSchema } from "../../../electron/contract/renewal.ts";
import { type Target, targetSchema } from "../../../electron/contract/target.ts";
import type { Recording } from "../../../electron/recording/recording.ts";
import { goodServer, goodTarget } from "../checklist/server-case.ts";

const none: RenewalNotes = { format: "mim-mail-renewals", version: 1, renewals: {} };
const begun = new Date("2026-11-23T08:00:00Z");
const made = new Date("2026-11-23T08:05:00Z");
const wanted = targetSchema.parse({ ...goodTarget, secretExpires: "2026-12-01" });

function server(
  change: (recording: Recording) => void = () => {},
  { target = wanted, keptAs }: { readonly target?: Target; readonly keptAs?: string } = {},
): RenewedServer {
  const recording = goodServer();
  recording.installerRuns = [];
  recording.cloud = null;
  change(recording);
  const checklist = judge({ recording, target, today: "2026-11-23", server: { name: "a", elevated: true } });
  return { keptAs, recording, target, checklist };
}

const check = (ok: boolean) => (recording: Recording) => {
  recording.cloud = {
    at: "2026-11-23T08:10:00Z",
    signIn: ok ? { ok: true } : { error: "AADSTS7000215" },
    roles: ok ? ["full_access_as_app"] : [],
    ews: ok ? { ok: true } : null,
  };
};
const ran = (recording: Recording): void => {
  check(true)(recording);
  recording.installerRuns = [{ startedAt: "2026-11-23T08:20:00Z", endedAt: "2026-11-23T08:25:00Z", exitCode: 0 }];
};
const restarted = (recording: Recording): void => {
  ran(recording);
  recording.recordedAt = "2026-11-23T09:30:00Z";
  recording.services = {
    ...recording.services,
    FIMService: { state: "present", status: "running", startedAt: "2026-11-23T08:24:00Z" },
  };
  recording.events = { state: "present", from: "2026-11-16T10:00:00Z", items: [] };
};

const said = (...words: readonly (readonly [RenewalWord, Date])[]): RenewalNotes =>
  words.reduce((notes, [word, at]) => withWord(server(), notes, word, at), none);
const start = [{ say: "start" }, begun] as const;
const isMade = [{ say: "made", expires: "2028-11-20" }, made] as const;
const nextOn = (looked: RenewedServer, notes: RenewalNotes): RenewalStepId | undefined =>
  renewalOf(looked, notes).steps.find(({ state }) => state === "next")?.id;

describe("renewing the client secret", () => {
  test("is due as azure.secretExpiry says, and waits while nobody has begun", () => {
    const renewal = renewalOf(server(), none);
    expect(renewalSchema.parse(renewal)).toEqual(renewal);
    expect(renewal).toMatchObject({ startedAt: null, finished: false, due: { status: "attention" } });
    expect(renewal.steps.map(({ state }) => state)).toEqual(Array(6).fill("waiting"));
  });

  test.each([
    ["begun", server(), said(start), "made"],
    ["made", server(), said(start, isMade), "checked"],
    ["refused by Microsoft", server(check(false)), said(start, isMade), "checked"],
    ["taken by Microsoft", server(check(true)), said(start, isMade), "changeMode"],
    ["checked elsewhere", server(), said(start, isMade, [{ say: "checked" }, made]), "changeMode"],
    ["typed in Change mode", server(ran), said(start, isMade), "restarted"],
    ["read by the service", server(restarted), said(start, isMade), "removed"],
  ] as const)("%s: the next step is told", (_, looked, notes, next) => {
    expect(nextOn(looked, notes)).toBe(next);
  });

  test("takes nothing for a proof that is older than the new secret", () => {
    const later: RenewalNotes = said(start, [{ say: "made", expires: "2028-11-20" }, new Date("2026-11-23T10:00:00Z")]);
    expect(nextOn(server(restarted), later)).toBe("checked");
  });

  test("asks for a new token and no error before the old secret is removed", () => {
    const failing = (recording: Recording): void => {
      restarted(recording);
      recording.events = {
        state: "present",
        from: "2026-11-16T10:00:00Z",
        items: [
          {
            log: "Application",
            provider: "Microsoft.ResourceManagement.ServiceHealthSource",
            id: 12,
            level: "Error",
            at: "2026-11-23T08:40:00Z",
            text: "The Forefront Identity Manager Service cannot connect to the Exchange Web Service.",
          },
        ],
      };
    };
    expect(nextOn(server(failing), said(start, isMade))).toBe("verified");
    expect(() => withWord(server(failing), said(start, isMade), { say: "removed" }, made)).toThrow(
      /comes first: Verify/,
    );
  });

  test("ends when the old one is removed, stays ended, and the new day of expiry counts", () => {
    const notes = withWord(server(restarted), said(start, isMade), { say: "removed" }, made);
    const renewal = renewalOf(server(restarted), notes);
    expect(renewal.finished).toBe(true);
    expect(targetAfter(wanted, renewal).secretExpires).toBe("2028-11-20");
    expect(renewalOf(server(), notes).finished).toBe(true);
    expect(nextOn(server(), withWord(server(), notes, { say: "start" }, made))).toBe("made");
  });

  test("is filled in with the application's ID, and keeps the old secret beside the new one", () => {
    const { steps, applicationId } = renewalOf(server(), said(start));
    const commands = steps.flatMap((step) => step.commands.map(({ text }) => text)).join("\n");
    expect(commands).toContain(applicationId);
    expect(commands).toContain("--append");
    expect(commands).not.toMatch(/<application ID>|<tenant ID>/);
  });

  test("of the practice server stands by itself", () => {
    const practice = server(undefined, { keptAs: "practice" });
    const notes = withWord(practice, none, { say: "start" }, begun);
    expect(renewalOf(practice, notes).startedAt).not.toBeNull();
    expect(renewalOf(server(), notes).startedAt).toBeNull();
  });

  test.each([
    [{ say: "made", expires: "2026-02-30" }, said(start)],
    [{ say: "made", expires: "2026-11-23" }, said(start)],
    [{ say: "made", expires: "2028-01-01" }, none],
    [{ say: "checked" }, said(start)],
    [{ say: "removed" }, said(start)],
    [{ say: "removed" }, none],
    [{ say: "abandon" }, none],
    [{ say: "start" }, said(start)],
  ] as const)("refuses %j where it does not fit", (word, notes) => {
    expect(() => withWord(server(), notes, word, begun)).toThrow();
  });

  test("is refused where no secret is used", () => {
    const target = targetSchema.parse({ mailServer: "smtp", authentication: "integrated" });
    expect(() => renewalOf(server(undefined, { target }), none)).toThrow(/uses no client secret/);
  });
});
