import { expect, test, vi } from "vitest";
import { lookUseCases } from "../../../electron/assistant/look.ts";
import type { State } from "../../../electron/contract/state.ts";

const wait = { from: "2026-11-23T10:00:00Z", until: "2026-11-23T10:15:00Z" };

function stateWith(changes: {
  readonly wait: State["wait"];
  readonly status?: string;
  readonly computer?: string;
}): State {
  const events = { id: "verify.events", status: changes.status ?? "pending", actual: "No error event" };
  return {
    wait: changes.wait,
    server: { computer: changes.computer ?? "MIM01" },
    checklist: { steps: [{ findings: [events] }] },
  } as unknown as State;
}

/** Looks that see these states one after the other, at 10:06. */
function lookingAt(states: readonly State[]) {
  const notify = vi.fn();
  const showProgress = vi.fn();
  let next = 0;
  const { look } = lookUseCases({
    now: () => new Date("2026-11-23T10:06:00Z"),
    shell: { notify, showProgress },
    session: { look: async () => ({}) },
    stateOf: async () => states[next++],
  } as unknown as Parameters<typeof lookUseCases>[0]);
  return { notify, showProgress, look: () => look() };
}

test("the wait stands in the taskbar, and its end is told once", async () => {
  const { notify, showProgress, look } = lookingAt([
    stateWith({ wait }),
    stateWith({ wait: null, status: "done" }),
    stateWith({ wait: null, status: "done" }),
  ]);
  await look();
  expect(showProgress).toHaveBeenLastCalledWith(0.4);
  expect(notify).not.toHaveBeenCalled();
  await look();
  await look();
  expect(showProgress).toHaveBeenLastCalledWith(null);
  expect(notify.mock.calls).toEqual([
    [{ title: "The quiet quarter of an hour is over", text: "MIM01: No error event" }],
  ]);
});

test("an error that ends the wait is told as such, and turning to another server tells nothing", async () => {
  const broken = lookingAt([stateWith({ wait }), stateWith({ wait: null, status: "action" })]);
  await broken.look();
  await broken.look();
  expect(broken.notify.mock.calls[0]?.[0].title).toBe("Verify needs a look");
  const turned = lookingAt([stateWith({ wait }), stateWith({ wait: null, status: "done", computer: "MIM02" })]);
  await turned.look();
  await turned.look();
  expect(turned.notify).not.toHaveBeenCalled();
  expect(turned.showProgress).toHaveBeenLastCalledWith(null);
});
