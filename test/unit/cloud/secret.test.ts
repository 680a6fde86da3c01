import { format, inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { clientSecretFrom, Secret, saidWithout } from "../../../electron/cloud/secret.ts";
import { InputProblem } from "../../../electron/recording/input-problem.ts";

const text = "Xq~8Q.a+b/c=d_Value";
const secret = new Secret(text);

describe("a secret", () => {
  test.each<[string, () => string]>([
    ["joined to a text", () => `${secret}`],
    ["made a string", () => String(secret)],
    ["added to a text", () => `${"a "}${[secret]}`],
    ["as JSON", () => JSON.stringify({ secret, deep: [{ secret }] })],
    ["inspected", () => inspect({ secret }, { depth: 9, showHidden: true, getters: true })],
    ["formatted", () => format("%s %o %O %j %d", secret, secret, secret, secret, secret)],
    ["in an error", () => inspect(new Error(`failed: ${secret}`, { cause: secret }))],
    ["its properties", () => JSON.stringify([Object.entries(secret), Reflect.ownKeys(secret).map(String)])],
    ["cloned for another process", () => JSON.stringify(structuredClone({ secret }))],
  ])("%s does not show", (_how, show) => {
    expect(show()).not.toContain(text);
    expect(show()).not.toContain("Xq~8Q");
  });

  test("is revealed to who asks for it, whole", () => {
    expect(secret.reveal()).toBe(text);
    expect(String(secret)).toBe("•••");
  });
});

describe("a client secret that was typed", () => {
  test.each([text, ` ${text}\r\n`, `\uFEFF${text}\n`])("is taken without what stands around it", (typed) => {
    expect(clientSecretFrom(typed).reveal()).toBe(text);
  });

  test.each([
    ["nothing", "", "no-secret"],
    ["blanks", " \n", "no-secret"],
    ["a GUID", "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d", "secret-id"],
    ["a GUID in braces and upper case", " {1A2B3C4D-5E6F-4A1B-8C2D-3E4F5A6B7C8D} ", "secret-id"],
    ["two lines", "first\nsecond", "not-a-secret"],
    ["two words", "first second", "not-a-secret"],
    ["a control character", "first\u0000second", "not-a-secret"],
    ["a whole file", "x".repeat(1001), "not-a-secret"],
  ])("%s is refused by its code, and told without the text", (_what, typed, code) => {
    let problem: unknown;
    try {
      clientSecretFrom(typed);
    } catch (error) {
      problem = error;
    }
    expect(problem).toBeInstanceOf(InputProblem);
    expect(problem).toMatchObject({ code });
    const shown = inspect(problem);
    for (const part of ["1a2b3c4d", "1A2B3C4D", "first", "xxxx"]) expect(shown).not.toContain(part);
  });

  test("that is a Secret ID is told to be one, with where the Value is", () => {
    expect(() => clientSecretFrom("1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d")).toThrow(
      expect.objectContaining({
        message: "this is a Secret ID, not the secret: nothing was sent",
        cure: expect.stringMatching(/take the Value, not the Secret ID/),
      }),
    );
  });
});

describe("what a server said", () => {
  test.each([
    text,
    encodeURIComponent(text),
    new URLSearchParams({ text }).toString().slice(5),
    Buffer.from(text).toString("base64"),
    Buffer.from(text).toString("hex"),
  ])("is shown without the secret in the form %s", (form) => {
    expect(saidWithout(`refused: ${form} (${form})`, [secret])).toBe("refused: ••• (•••)");
  });

  test("is one line without hidden characters, and cut", () => {
    expect(saidWithout("a\r\n\tb\u202e\u001b[2Jc", [])).toBe("a b [2Jc");
    expect(saidWithout("y".repeat(5000), [])).toHaveLength(301);
  });

  test("is shown without tokens", () => {
    expect(saidWithout("Bearer eyJhbGciOiJub25lIn0.eyJyb2xlcyI6W119.c2ln", [])).toBe("Bearer •••");
  });
});
