import { describe, expect, test } from "vitest";
import { relayAnswer } from "../../../electron/checklist/relay-rows.ts";
import type { RelayCheck } from "../../../electron/contract/history.ts";
import type { RelayStepId } from "../../../electron/contract/relay.ts";
import { relayStates } from "../../../electron/facts/relay.ts";

const taken = { taken: true, text: "250 ok" };
const refused = { taken: false, text: "550 5.7.1 no" };
const bare: RelayCheck = {
  at: "2026-11-22T08:00:00Z",
  host: "relay.contoso.com",
  port: 25,
  useSsl: false,
  state: "ready",
  sender: "mim@contoso.com",
  inside: "mim@contoso.com",
  outside: "postmaster@example.com",
  addresses: ["192.0.2.25"],
  startTls: false,
  mechanisms: [],
};
const greeted = { banner: "220 relay" };
const whole = { ...greeted, senderReply: taken, insideReply: taken, outsideReply: taken };

/** The steps by how they ended: `+` done, `!` failed, `-` not reached. */
function told(changed: Partial<RelayCheck>): string {
  const sign = { done: "+", action: "!", notApplicable: "-", unknown: "u" } as Readonly<Record<string, string>>;
  return relayAnswer({ ...bare, ...changed })
    .rows.map(({ status }) => sign[status] ?? "?")
    .join("");
}

describe("a conversation with a relay, step by step", () => {
  test.each<[string, Partial<RelayCheck>]>([
    ["+++++++", whole],
    ["++++++++", { ...whole, windows: { state: "ready", tls: "Tls12" } }],
    ["+++++++!", { ...whole, windows: { state: "tlsFailed" } }],
    ["+++++++u", { ...whole, windows: { state: "untried", detail: "blocked" } }],
    ["+++++++!", { ...whole, windows: { state: "a later build's" } }],
    ["+!-----+", { state: "noConnection", windows: { state: "ready" } }],
    ["!------", { state: "notFound", addresses: [] }],
    ["+!-----", { state: "noConnection" }],
    ["+!-----", { state: "refused" }],
    ["++!----", { state: "slowGreeting" }],
    ["++!----", { state: "notSmtp", banner: null }],
    ["++!----", { state: "blocked", ...greeted }],
    ["+++!---", { state: "tlsMissing", useSsl: true, ...greeted }],
    ["+++!---", { state: "tlsFailed", useSsl: true, ...greeted }],
    // The conversation went on to ask sender and recipients; MIM's own would have ended.
    ["+++!+++", { ...whole, state: "certificate", useSsl: true }],
    ["++++!--", { state: "tlsWanted", ...greeted, senderReply: refused }],
    ["++++!--", { state: "senderRefused", ...greeted, senderReply: refused }],
    ["++++!--", { state: "brokenOff", ...greeted }],
    ["+++++!-", { state: "insideRefused", ...greeted, senderReply: taken, insideReply: refused }],
    ["++++++!", { ...whole, state: "tenantAttribution", outsideReply: refused }],
  ])("%s", (steps, changed) => {
    expect(told(changed)).toBe(steps);
  });

  test("names what failed with the relay's own words and a cure, in every state", () => {
    for (const state of relayStates) {
      if (state === "ready") continue;
      const failed = relayAnswer({ ...bare, state, detail: "550 words of its own" }).rows.filter(
        ({ status }) => status === "action",
      );
      expect(failed, state).toHaveLength(1);
      expect(failed[0]?.text, state).toContain("words of its own");
      expect(failed[0]?.cure.length, state).toBeGreaterThan(0);
    }
  });

  test("tells of a certificate that was only looked at, and of a test mail only where one was sent", () => {
    const tls = { protocol: "TLSv1.2", name: "relay", issuer: "CA", validTo: "2030-01-01", fault: "SELF_SIGNED" };
    const row = (check: Partial<RelayCheck>, id: RelayStepId) =>
      relayAnswer({ ...bare, ...whole, ...check }).rows.find((one) => one.id === id);
    expect(row({ startTls: true, tls }, "tls")).toMatchObject({
      status: "done",
      text: "Not wanted; the relay offers it: TLSv1.2, relay, by CA, until 2030-01-01 (SELF_SIGNED)",
    });
    expect(row({}, "testMail")).toBeUndefined();
    expect(row({ sent: { to: "ada@contoso.com", ...taken } }, "testMail")).toMatchObject({ status: "done" });
    const lost = row({ sent: { to: "ada@contoso.com", ...refused } }, "testMail");
    expect(lost).toMatchObject({ status: "action", text: "ada@contoso.com: 550 5.7.1 no" });
  });
});
