import { describe, expect, test } from "vitest";
import { bind, type UseCases } from "../../../electron/assistant/bind.ts";
import { dispatch } from "../../../electron/assistant/dispatch.ts";
import { createProblemNotes } from "../../../electron/assistant/problem-notes.ts";
import { type Handlers, methodNames } from "../../../electron/contract/methods.ts";
import { InputProblem } from "../../../electron/recording/input-problem.ts";

/** Use cases that note their input and answer it. */
function handlersWith(change: Partial<Record<keyof UseCases, (input: never) => Promise<unknown>>> = {}): Handlers {
  const echo = methodNames.map((name) => [name, async (input: unknown) => ({ name, input })]);
  return bind({ ...Object.fromEntries(echo), ...change } as UseCases);
}

describe("a call", () => {
  test("reaches its handler with the parsed input", async () => {
    const outcome = await dispatch(handlersWith(), "setTarget", { mailServer: "smtp" });
    expect(outcome).toEqual({
      ok: true,
      value: {
        name: "setTarget",
        input: { mailServer: "smtp", authentication: "applicationContext", tlsProfile: "guide" },
      },
    });
  });

  test("without an input is one with none", async () => {
    expect(await dispatch(handlersWith(), "look", undefined)).toMatchObject({ ok: true, value: { input: null } });
  });

  test.each(["run", "", "constructor", "__proto__", "toString", "on", null, 5, {}, ["look"]])(
    "to %j, which is no method, is refused",
    async (name) => {
      expect(await dispatch(handlersWith(), name, null)).toMatchObject({
        ok: false,
        error: { code: "unknown-method" },
      });
    },
  );

  test.each([
    ["chooseServer", { kind: "recorded" }],
    ["chooseServer", null],
    ["openSample", { id: 5 }],
    ["openRecording", "text"],
    ["saveReport", { format: "exe" }],
    ["setTarget", { clientSecret: "s3cr3t-text" }],
    ["look", { command: "calc.exe" }],
  ])("to %s with %j is refused without repeating what it held", async (name, input) => {
    const outcome = await dispatch(handlersWith(), name, input);
    expect(outcome).toMatchObject({ ok: false, error: { code: "bad-input", cure: expect.any(String) } });
    expect(JSON.stringify(outcome)).not.toContain("s3cr3t-text");
    expect(JSON.stringify(outcome)).not.toContain("calc.exe");
  });

  test("with an input that cannot even be looked at is refused", async () => {
    const throwing = new Proxy(
      {},
      {
        get: () => {
          throw new RangeError("Maximum call stack size exceeded");
        },
      },
    );
    for (const name of methodNames) {
      expect(await dispatch(handlersWith(), name, throwing)).toHaveProperty("ok");
      let deep: unknown = 1;
      for (let depth = 0; depth < 20_000; depth += 1) deep = { deep: [deep] };
      expect(await dispatch(handlersWith(), name, deep)).toHaveProperty("ok");
    }
  });

  test("that was refused is noted whatever the page called it", async () => {
    const notes = createProblemNotes(() => new Date(0));
    const strange: unknown[] = [{ toString: null }, Object.create(null), [[]], 1n, Symbol("x"), "x".repeat(100), null];
    for (const method of strange) notes.note(method, await dispatch(handlersWith(), method, null));
    expect(notes.list().map(({ method, code }) => [method, code])).toEqual(
      strange.map(() => ["unknown", "unknown-method"]),
    );
  });

  test("whose handler throws an input problem gives its code, place and cure", async () => {
    const problem = new InputProblem("too-large", "the recording is larger than 64 MB", "big.json", "Choose another.");
    const handlers = handlersWith({ look: () => Promise.reject(problem) });
    expect(await dispatch(handlers, "look", null)).toEqual({
      ok: false,
      error: {
        code: "too-large",
        message: "the recording is larger than 64 MB (big.json)",
        cure: "Choose another.",
      },
    });
  });

  test.each([new Error("Password=hunter2; lost"), "Password=hunter2; lost"])(
    "whose handler throws anything else gives an outcome without secrets",
    async (thrown) => {
      const handlers = handlersWith({ look: () => Promise.reject(thrown) });
      const outcome = await dispatch(handlers, "look", null);
      expect(outcome).toMatchObject({ ok: false, error: { code: "unexpected" } });
      expect(JSON.stringify(outcome)).not.toContain("hunter2");
    },
  );

  test("whose handler throws before it gives a promise is an outcome too", async () => {
    const broken = {
      ...handlersWith(),
      look: () => {
        throw new Error("at once");
      },
    } as Handlers;
    expect(await dispatch(broken, "look", null)).toMatchObject({ ok: false, error: { code: "unexpected" } });
  });
});
