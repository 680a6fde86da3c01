import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAssistant } from "../../../electron/assistant/assistant.ts";
import type { Handlers } from "../../../electron/contract/methods.ts";
import type { Outcome } from "../../../electron/contract/outcome.ts";
import { practiceActs } from "../../../electron/contract/practice.ts";
import type { State } from "../../../electron/contract/state.ts";

const assets = fileURLToPath(new URL("../../../assets", import.meta.url));
let home: string;
let time: number;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "practice-"));
  time = Date.parse("2026-11-23T12:00:00Z");
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** An assistant whose clock goes on by a second at each reading. */
function assistant(): Handlers {
  return createAssistant({
    home,
    assets,
    version: "0.0.0-test",
    platform: "linux",
    now: () => {
      time += 1000;
      return new Date(time);
    },
    emit: () => {},
  });
}

function given<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.value;
}

const finding = (state: State, id: string) =>
  state.checklist.steps.flatMap((step) => step.findings).find((one) => one.id === id);
const statusOf = (state: State, id: string): string | undefined => finding(state, id)?.status;

/** Makes every change of the target's profile. */
async function withTlsSet(handlers: Handlers): Promise<State> {
  const { changes } = given(await handlers.getState(null));
  const ids = changes.plan.rows.map(({ id }) => id);
  return given(await handlers.applyChanges({ ids, copyConfig: false, restartService: false })).state;
}

describe("on the practice server", () => {
  test("a restart of Windows is what TLS waited for, and it takes no time", async () => {
    const handlers = assistant();
    expect(statusOf(await withTlsSet(handlers), "tls.restart")).toBe("attention");
    const state = given(await handlers.rehearse({ act: "restartWindows" }));
    expect(statusOf(state, "tls.restart")).toBe("done");
    expect(statusOf(state, "verify.service")).toBe("done");
  });

  test("15 minutes pass at a press: the quiet time of the event log is over, and the order of things stays", async () => {
    const handlers = assistant();
    await withTlsSet(handlers);
    const before = given(await handlers.rehearse({ act: "restartService" }));
    expect(statusOf(before, "verify.events")).toBe("pending");
    const after = given(await handlers.rehearse({ act: "letTimePass" }));
    expect(statusOf(after, "verify.events")).toBe("done");
    expect(statusOf(after, "verify.service")).toBe("done");
    const [was, is] = [before, after].map(({ changes }) => Date.parse(changes.journals[0]?.at ?? ""));
    expect((was ?? 0) - (is ?? 0)).toBe(15 * 60_000);
    // The journal that was laid back is whole, and is undone as any other.
    const [journal] = after.changes.journals;
    const undone = given(await handlers.undoChange({ journal: journal?.id ?? "", force: false }));
    expect(undone.result).toMatchObject({ outcome: "applied", reason: null });
    expect(undone.state.changes.plan.rows).toHaveLength(journal?.changes.length ?? 0);
  });

  test("a notification arrives through SMTP, and does not while the service is stopped", async () => {
    const handlers = assistant();
    const sent = given(await handlers.rehearse({ act: "sendNotification" }));
    expect(sent.practice?.notification).toMatchObject({ arrived: true });
    const path = join(home, "practice", "server.json");
    const server = JSON.parse(await readFile(path, "utf8"));
    server.services.FIMService.status = "stopped";
    await writeFile(path, JSON.stringify(server));
    const lost = given(await handlers.rehearse({ act: "sendNotification" }));
    expect(lost.practice?.notification).toMatchObject({
      arrived: false,
      text: "The MIM Service is not running, so nothing was sent.",
    });
  });

  test("starting over takes back what was confirmed of it, and what is wanted only when that is asked", async () => {
    const handlers = assistant();
    const { target } = given(await handlers.getState(null));
    await handlers.setTarget({ ...target, serviceEmail: "mim@contoso.com", backupConfirmed: "2026-11-23" });
    const kept = given(await handlers.resetPractice({ wishes: false })).target;
    expect(kept).toMatchObject({ serviceEmail: "mim@contoso.com" });
    expect(kept.backupConfirmed).toBeUndefined();
    expect(given(await handlers.resetPractice({ wishes: true })).target).toEqual(target);
  });
});

test("a recording is acted on in no way", async () => {
  const handlers = assistant();
  expect(given(await handlers.openSample({ id: "configured" })).practice).toBeNull();
  for (const act of practiceActs) {
    expect(await handlers.rehearse({ act })).toMatchObject({ ok: false, error: { code: "not-practice" } });
  }
});
