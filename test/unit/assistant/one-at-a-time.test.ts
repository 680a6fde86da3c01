import { expect, test } from "vitest";
import { oneAtATime } from "../../../electron/assistant/one-at-a-time.ts";

test("a second one is refused while the first goes on, and not after it", async () => {
  const checks = oneAtATime("a check");
  let finish = (): void => {};
  const first = checks.run("relay", () => new Promise<string>((resolve) => (finish = () => resolve("answered"))));
  await expect(checks.run("relay", async () => "second")).rejects.toMatchObject({
    code: "busy",
    message: "a check is under way",
    where: "relay",
  });
  finish();
  expect(await first).toBe("answered");
  expect(await checks.run("relay", async () => "third")).toBe("third");
});

test("what goes on is stopped for the reason given; a failure leaves the next one free", async () => {
  const checks = oneAtATime("a check");
  const reason = new Error("stopped");
  const running = checks.run(
    "relay",
    (signal) => new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  );
  expect(await checks.stop(reason)).toBeNull();
  await expect(running).rejects.toBe(reason);
  expect(await checks.run("relay", async (signal) => signal.aborted)).toBe(false);
});
