import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAssistant } from "../../../electron/assistant/assistant.ts";
import { bareShell, type WindowShell } from "../../../electron/assistant/window-shell.ts";
import { type InstallerWatch, installerWatchSchema } from "../../../electron/contract/change-mode.ts";
import { type StepId, stepIdSchema } from "../../../electron/contract/checklist.ts";
import { type EventName, type EventValue, type Handlers, methods } from "../../../electron/contract/methods.ts";
import type { Outcome } from "../../../electron/contract/outcome.ts";
import { type PageId, pageIds } from "../../../electron/contract/wizard.ts";
import type { PracticeFaultId } from "../../../electron/server/practice/practice-faults.ts";
import { createPracticeServer } from "../../../electron/server/practice/practice-server.ts";
import { GrowingList } from "../../growing-list.ts";

const assets = fileURLToPath(new URL("../../../assets", import.meta.url));
let home: string;
let watches: GrowingList<InstallerWatch>;
/** How often it was told that the installer was not started after all. */
let withdrawn: number;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "assistant-change-mode-"));
  watches = new GrowingList();
  withdrawn = 0;
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** The steps the program's window was turned to. */
const wentTo: StepId[] = [];

const assistant = (shell: Partial<WindowShell> = {}) =>
  createAssistant({
    home,
    assets,
    version: "0.0.0-test",
    platform: "linux",
    shell: { ...bareShell, ...shell },
    emit: <Name extends EventName>(name: Name, value: EventValue<Name>) => {
      if (name === "goTo") wentTo.push(stepIdSchema.parse(value));
      if (name !== "installer") return;
      if (value === null) withdrawn += 1;
      else watches.push(installerWatchSchema.parse(value));
    },
  });

function given<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.value;
}
const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? "ok" : outcome.error.code);
const fail = (what: PracticeFaultId) => createPracticeServer({ home }).fail(what);

/** Waits until the last that was told is so. */
async function told(isIt: (watch: InstallerWatch) => boolean): Promise<InstallerWatch> {
  const isLast = (list: readonly InstallerWatch[]): boolean => list.length > 0 && isIt(list.at(-1) as InstallerWatch);
  await watches.until(isLast);
  return watches.at(-1) as InstallerWatch;
}

const onPage = (page: PageId) => told((watch) => watch.page?.page === pageIds.indexOf(page) + 1);

async function press(handlers: Handlers, button: "next" | "cancel"): Promise<void> {
  // The log tells of a page a moment before the page waits for its buttons.
  while (!(await handlers.pressPractice({ button })).ok) await turn();
}

/** The pages that appear for Office 365 with Application Context Authentication. */
const shown: readonly PageId[] = [
  ...(["welcome", "maintenance", "customSetup", "database", "mailServer", "mailbox", "certificate"] as const),
  ...(["serviceAccount", "synchronization", "serviceAddress", "sharePoint", "registrationPortal", "firewall"] as const),
  "install",
];

describe("Change mode on the practice server", () => {
  test("is ready before it is started, and says what is looked at", async () => {
    const { changeMode, wizard } = given(await assistant().getState(null));
    expect(changeMode).toMatchObject({ refusal: null, watch: null, runs: [], pictures: [], takesPictures: false });
    expect(changeMode.readiness.map(({ id, status }) => [id, status])).toEqual([
      ["command", "done"],
      ["media", "done"],
      ["otherInstallation", "pending"],
      ["configCopy", "done"],
      ["elevation", "notApplicable"],
    ]);
    expect(wizard.pages).toHaveLength(18);
  });

  test("is walked page by page to its end; the server then shows what is wanted", async () => {
    const handlers = assistant();
    await handlers.getState(null);
    const ended = handlers.startChangeMode({ copyConfig: true });
    for (const page of shown) {
      const watch = await onPage(page);
      expect(watch).toMatchObject({ phase: "pages", practice: true, page: { known: "name" }, exitCode: null });
      const before = shown.slice(0, shown.indexOf(page)).map((one) => pageIds.indexOf(one) + 1);
      expect(watch.ticked).toEqual(before);
      await press(handlers, "next");
    }
    const { watch, state } = given(await ended);
    expect(methods.startChangeMode.output.parse({ watch, state })).toEqual({ watch, state });
    expect(watch).toMatchObject({
      phase: "ended",
      exitCode: 0,
      page: null,
      explanations: [],
      notice: null,
      fraction: 1,
    });
    expect(watch.ticked).toHaveLength(shown.length);
    expect(state.changeMode.watch).toEqual(watch);
    expect(state.changeMode.runs).toMatchObject([{ exitCode: 0, log: watch.log }]);
    expect(state.found.authentication).toBe("applicationContext");
    expect(state.changes.journals).toEqual([]);
    // What lasts less than a fifth of a second may be left out.
    const phases = [...new Set(watches.map(({ phase }) => phase))].filter((phase) => phase !== "begun");
    expect(phases).toEqual(["preparing", "pages", "installing", "ended"]);
    // The configuration was copied before.
    expect(Object.keys(JSON.parse(await readFile(join(home, "practice", "server.json"), "utf8")).texts)).toHaveLength(
      2,
    );
  });

  test("tells what a refused sign-in means while the page waits, and is cancelled there", async () => {
    await fail("wrongSecret");
    const handlers = assistant();
    await handlers.getState(null);
    const ended = handlers.startChangeMode({ copyConfig: false });
    for (const page of shown.slice(0, 6)) {
      await onPage(page);
      await press(handlers, "next");
    }
    const refused = await told(({ signInErrors }) => signInErrors.length > 0);
    expect(refused).toMatchObject({
      page: { page: 8 },
      signInErrors: [
        { code: "AADSTS7000215", meaning: "the client secret is wrong", cure: expect.stringMatching(/Value/) },
      ],
    });
    expect(codeOf(await handlers.cancelChangeMode(null))).toBe("installer-open");
    await press(handlers, "cancel");
    const { watch, state } = given(await ended);
    expect(watch).toMatchObject({ exitCode: 1602, page: null, explanations: [{ code: 1602 }] });
    expect(watch.ticked).toEqual([1, 2, 4, 5, 7]);
    expect(state.found.authentication).not.toBe("applicationContext");
  });

  test.each([
    ["missingMedia", 1603, 1706],
    ["customActionFails", 1603, 1722],
  ] as const)("explains %s with what to do", async (what, exitCode, code) => {
    await fail(what);
    const handlers = assistant();
    await handlers.getState(null);
    const ended = handlers.startChangeMode({ copyConfig: false });
    for (const page of shown) {
      await onPage(page);
      await press(handlers, "next");
    }
    const { watch, state } = given(await ended);
    expect(watch.exitCode).toBe(exitCode);
    expect(watch.explanations[0]).toMatchObject({ code, origin: "message", line: expect.any(Number) });
    expect(watch.firstFailure).not.toBeNull();
    expect(state.changeMode.runs).toMatchObject([{ exitCode }]);
  });

  test("is refused while another installation runs, and can be started again", async () => {
    await fail("another");
    const handlers = assistant();
    await handlers.getState(null);
    const outcome = await handlers.startChangeMode({ copyConfig: false });
    expect(outcome).toMatchObject({ ok: false, error: { code: "refused", message: expect.stringMatching(/another/) } });
    expect(withdrawn).toBe(1);
    expect(given(await handlers.getState(null)).changeMode).toMatchObject({ watch: null, runs: [] });
    const ended = handlers.startChangeMode({ copyConfig: false });
    await onPage("welcome");
    await press(handlers, "cancel");
    expect(given(await ended).watch.exitCode).toBe(1602);
  });

  test("runs once at a time, and keeps its watch while another look is made", async () => {
    const handlers = assistant();
    await handlers.getState(null);
    const ended = handlers.startChangeMode({ copyConfig: false });
    await onPage("welcome");
    expect(codeOf(await handlers.startChangeMode({ copyConfig: false }))).toBe("busy");
    expect(codeOf(await handlers.cleanLog(null))).toBe("busy");
    expect(given(await handlers.look(null)).changeMode.watch).toMatchObject({ phase: "pages", page: { page: 1 } });
    await press(handlers, "cancel");
    await ended;
    expect(codeOf(await handlers.pressPractice({ button: "next" }))).toBe("no-page");
    expect(codeOf(await handlers.cancelChangeMode(null))).toBe("ok");
  });

  test("takes the person's word for the page and the ticks, over what the log says", async () => {
    const handlers = assistant();
    await handlers.getState(null);
    expect(codeOf(await handlers.moveToPage({ page: "mailbox" }))).toBe("no-run");
    expect(codeOf(await handlers.tickPage({ page: "mailbox", ticked: true }))).toBe("no-run");
    const ended = handlers.startChangeMode({ copyConfig: false });
    await onPage("welcome");
    const moved = given(await handlers.moveToPage({ page: "mailServer" }));
    expect(moved.watch?.page).toEqual({ page: 7, known: "person" });
    expect(watches.at(-1)?.page).toEqual({ page: 7, known: "person" });
    const ticked = given(await handlers.tickPage({ page: "mailbox", ticked: true }));
    expect(ticked.watch?.ticked).toContain(8);
    const taken = given(await handlers.tickPage({ page: "welcome", ticked: false }));
    expect(taken.watch?.ticked).not.toContain(1);
    await press(handlers, "next");
    // The log names the next page: that counts again.
    expect((await onPage("maintenance")).page).toEqual({ page: 2, known: "name" });
    await press(handlers, "cancel");
    await ended;
    expect(codeOf(await handlers.moveToPage({ page: "mailbox" }))).toBe("no-pages");
  });

  test("is forgotten when the practice server starts over", async () => {
    const handlers = assistant();
    await handlers.getState(null);
    const ended = handlers.startChangeMode({ copyConfig: false });
    await onPage("welcome");
    await press(handlers, "cancel");
    expect(given(await ended).state.changeMode.watch).not.toBeNull();
    expect(given(await handlers.resetPractice({ wishes: false })).changeMode).toMatchObject({ watch: null, runs: [] });
  });

  test("cleans its log, once", async () => {
    await fail("passwordInLog");
    const handlers = assistant();
    await handlers.getState(null);
    expect(codeOf(await handlers.cleanLog(null))).toBe("nothing-to-clean");
    const ended = handlers.startChangeMode({ copyConfig: false });
    for (const page of shown) {
      await onPage(page);
      await press(handlers, "next");
    }
    const { watch } = given(await ended);
    expect(watch.secretsInLog).toBeGreaterThan(0);
    const { result, state } = given(await handlers.cleanLog(null));
    expect(result).toMatchObject({ outcome: "nothing", done: [expect.stringContaining(watch.log ?? "?")] });
    expect(state.changeMode).toMatchObject({ watch: { secretsInLog: 0 }, runs: [{ secretsInLog: 0 }] });
    expect(await readFile(watch.log ?? "", "utf16le")).not.toContain("Practice-only-1");
    expect(codeOf(await handlers.cleanLog(null))).toBe("nothing-to-clean");
  });
});

describe("the log of a run", () => {
  test("is shown in its folder by the run's beginning, and nothing else is", async () => {
    const shownFiles: string[] = [];
    const handlers = assistant({ showFile: (path) => void shownFiles.push(path) });
    await handlers.getState(null);
    const ended = handlers.startChangeMode({ copyConfig: false });
    for (const page of shown) {
      await onPage(page);
      await press(handlers, "next");
    }
    const { watch } = given(await ended);
    expect(codeOf(await handlers.showLog({ run: watch.startedAt }))).toBe("ok");
    expect(shownFiles).toEqual([watch.log]);
    expect(codeOf(await handlers.showLog({ run: "2020-01-01T00:00:00Z" }))).toBe("not-available");
    const file = join(home, "practice", "server.json");
    const state = JSON.parse(await readFile(file, "utf8"));
    const run = "2026-01-01T00:00:00Z";
    for (const log of ["\\\\elsewhere\\share\\x.log", "//elsewhere/share/x.log", "relative.log", null]) {
      await writeFile(
        file,
        JSON.stringify({ ...state, installerRuns: [{ startedAt: run, endedAt: run, exitCode: 0, log }] }),
      );
      await handlers.look(null);
      expect(codeOf(await handlers.showLog({ run }))).toBe("not-available");
    }
    expect(shownFiles).toHaveLength(1);
  });

  test("cannot be shown for a recording, nor where there is no window", async () => {
    const handlers = assistant({ showFile: () => expect.unreachable() });
    const { changeMode } = given(await handlers.openSample({ id: "configured" }));
    expect(codeOf(await handlers.showLog({ run: changeMode.runs[0]?.startedAt ?? "" }))).toBe("not-available");
    expect(codeOf(await assistant().showLog({ run: "2026-01-01T00:00:00Z" }))).toBe("not-available");
  });
});

describe("Change mode elsewhere", () => {
  test("is refused for a recording, with what to do", async () => {
    const handlers = assistant();
    const { changeMode } = given(await handlers.openSample({ id: "configured" }));
    expect(changeMode.refusal).toMatchObject({ message: expect.stringMatching(/recording/) });
    expect(changeMode.runs).toHaveLength(1);
    expect(codeOf(await handlers.startChangeMode({ copyConfig: false }))).toBe("refused");
    expect(codeOf(await handlers.cleanLog(null))).toBe("refused");
  });

  test("is refused where the product is not there", async () => {
    await createPracticeServer({ home }).reset();
    const file = join(home, "practice", "server.json");
    const state = JSON.parse(await readFile(file, "utf8"));
    for (const key of Object.keys(state.registry)) if (key.includes("Uninstall\\{5A7C")) delete state.registry[key];
    await writeFile(file, JSON.stringify(state));
    const handlers = assistant();
    const { changeMode } = given(await handlers.getState(null));
    expect(changeMode.refusal?.message).toMatch(/not found/);
    expect(changeMode.readiness[0]).toMatchObject({ id: "command", status: "action" });
    expect(codeOf(await handlers.startChangeMode({ copyConfig: false }))).toBe("refused");
  });

  test("shows its companion in a window where there is one, else in a panel", async () => {
    expect(given(await assistant().showCompanion({ shown: true }))).toEqual({ where: "panel" });
    const asked: boolean[] = [];
    const handlers = assistant({ showCompanion: (one) => void asked.push(one) });
    expect(given(await handlers.showCompanion({ shown: true }))).toEqual({ where: "window" });
    expect(given(await handlers.showCompanion({ shown: false }))).toEqual({ where: "window" });
    expect(asked).toEqual([true, false]);
  });

  test("turns the program's window to a step where the companion has a window of its own", async () => {
    wentTo.length = 0;
    expect(given(await assistant().showCompanion({ shown: false, goTo: "verify" }))).toEqual({ where: "panel" });
    expect(wentTo).toEqual([]);
    const handlers = assistant({ showCompanion: () => undefined });
    expect(given(await handlers.showCompanion({ shown: false, goTo: "verify" }))).toEqual({ where: "window" });
    expect(wentTo).toEqual(["verify"]);
  });
});
