import { setImmediate as settled } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { firstAnswer } from "../../../electron/shell/first-answer.ts";

test("the call begins before anyone asks, and its answer is given to the first", async () => {
  const call = vi.fn(async () => call.mock.calls.length);
  const ask = firstAnswer(call);
  expect(call).toHaveBeenCalledTimes(1);
  expect([await ask(), await ask(), await ask()]).toEqual([1, 2, 3]);
});

test("a rejection waits for whoever asks", async () => {
  const ask = firstAnswer(() => Promise.reject(new Error("no server")));
  await settled();
  await expect(ask()).rejects.toThrow("no server");
});
