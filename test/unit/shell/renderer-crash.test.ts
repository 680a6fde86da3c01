import { EventEmitter } from "node:events";
import { setImmediate as settled } from "node:timers/promises";
import { expect, test } from "vitest";
import { type PageQuestion, type WatchedWindow, watchPage } from "../../../electron/shell/renderer-crash.ts";
import { GrowingList } from "../../growing-list.ts";

function watched(answers: readonly number[]) {
  const told = new GrowingList<string>();
  const remaining = [...answers];
  const contents = Object.assign(new EventEmitter(), {
    reload: () => told.push("reload"),
    forcefullyCrashRenderer: () => {
      told.push("end its process");
      contents.emit("render-process-gone", {}, { reason: "killed", exitCode: 1 });
    },
  });
  const window = Object.assign(new EventEmitter(), {
    webContents: contents,
    isDestroyed: () => false,
    destroy: () => told.push("destroy"),
  });
  const ask = async (question: PageQuestion): Promise<number> => {
    told.push(question.message);
    return remaining.shift() ?? expect.unreachable("a question too many");
  };
  watchPage(window as unknown as WatchedWindow, ask);
  return { window, contents, told };
}

test("a page that does not answer is left alone when the person waits", async () => {
  const { window, told } = watched([0]);
  window.emit("unresponsive");
  await settled();
  expect(told).toEqual(["The window does not answer."]);
});

test("a page that does not answer is ended and opened again on demand, without a second question", async () => {
  const { window, told } = watched([1]);
  window.emit("unresponsive");
  await told.until((list) => list.includes("reload"));
  expect(told).toEqual(["The window does not answer.", "end its process", "reload"]);
});

test("one question at a time", async () => {
  const { window, contents, told } = watched([0]);
  contents.emit("render-process-gone", {}, { reason: "crashed", exitCode: 1 });
  window.emit("unresponsive");
  contents.emit("render-process-gone", {}, { reason: "crashed", exitCode: 1 });
  await told.until((list) => list.includes("reload"));
  expect(told).toEqual(["The window stopped working.", "reload"]);
});
