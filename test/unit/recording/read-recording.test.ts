import { describe, expect, test } from "vitest";
import { InputProblem } from "../../../electron/recording/input-problem.ts";
import { readRecording, readRecordingText } from "../../../electron/recording/read-recording.ts";
import { goodServer, mailKey, text } from "../checklist/server-case.ts";

const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);
const good = (): Record<string, unknown> => JSON.parse(JSON.stringify(goodServer())) as Record<string, unknown>;

function problemOf(value: unknown): InputProblem {
  const given = value instanceof Uint8Array ? value : bytes(typeof value === "string" ? value : JSON.stringify(value));
  try {
    readRecording(given, "a.json");
  } catch (error) {
    if (error instanceof InputProblem) return error;
    throw error;
  }
  throw new Error("was accepted");
}

describe("readRecording", () => {
  test("reads what it wrote, to the letter", () => {
    expect(readRecording(bytes(JSON.stringify(goodServer())), "a.json")).toEqual(goodServer());
  });

  test("accepts a byte-order mark and ignores extra keys", () => {
    const extra = { ...good(), report: { version: "1" } };
    expect(readRecordingText(`\uFEFF${JSON.stringify(extra)}`, "a.json")).toEqual(goodServer());
  });

  test("reads the example of the format, values of every type", () => {
    const recording = {
      ...good(),
      registry: {
        A: {
          state: "present",
          values: {
            a: { type: "REG_SZ", data: "x" },
            b: { type: "REG_DWORD", data: 4_294_967_295 },
            c: { type: "REG_QWORD", data: "18446744073709551615" },
            d: { type: "REG_MULTI_SZ", data: ["a,b", "c"] },
            e: { type: "REG_BINARY", data: "00ff" },
            f: { type: "REG_EXPAND_SZ", data: "%SystemRoot%" },
          },
        },
        B: { state: "absent" },
        C: { state: "unreadable", reason: "access denied" },
      },
    };
    expect(readRecording(bytes(JSON.stringify(recording)), "a.json").registry).toEqual(recording.registry);
  });

  test("says where a file cut in half ends", () => {
    const whole = JSON.stringify(goodServer(), null, 2);
    const problem = problemOf(whole.slice(0, whole.length / 2));
    expect(problem.message).toMatch(/ends before it is complete/);
    expect(problem.where).toMatch(/^a\.json, line \d+, column \d+$/);
  });

  test("says where a file is no JSON", () => {
    const problem = problemOf('{\n  "format": nonsense }');
    expect(problem.message).toMatch(/not JSON/);
    expect(problem.where).toBe("a.json, line 2, column 13");
  });

  test("refuses other formats and versions by name", () => {
    expect(problemOf({ ...good(), version: 2 })).toMatchObject({
      message: expect.stringMatching(/version 2, this product reads version 1/),
      where: "a.json, at version",
    });
    expect(problemOf({ ...good(), version: "1" }).where).toBe("a.json, at version");
    expect(problemOf({ format: "other" }).where).toBe("a.json, at format");
    expect(problemOf("[]").where).toBe("a.json, at format");
    expect(problemOf("null").where).toBe("a.json, at format");
  });

  test("names the place of a number where a string belongs", () => {
    expect(problemOf({ ...good(), computer: 7 }).where).toBe("a.json, at computer");
  });

  test("names the place of a malformed registry value", () => {
    const registry = { [mailKey]: { state: "present", values: { Enabled: { type: "REG_DWORD", data: "1" } } } };
    const problem = problemOf({ ...good(), registry });
    expect(problem.where).toBe(`a.json, at registry[${JSON.stringify(mailKey)}].values.Enabled.data`);
    expect(problem.message).toMatch(/REG_DWORD/);
  });

  test.each([
    ["REG_DWORD", -1],
    ["REG_DWORD", 4_294_967_296],
    ["REG_DWORD", 1.5],
    ["REG_SZ", 1],
    ["REG_MULTI_SZ", "a"],
    ["REG_BINARY", "0"],
    ["REG_BINARY", "zz"],
    ["REG_QWORD", "-1"],
    ["REG_UNKNOWN", ""],
  ])("refuses %s with %j", (type, data) => {
    expect(
      problemOf({ ...good(), registry: { A: { state: "present", values: { v: { type, data } } } } }).where,
    ).toMatch(/registry\.A\.values\.v/);
  });

  test("refuses a state, a service and a moment that do not exist", () => {
    expect(problemOf({ ...good(), registry: { A: { state: "gone" } } }).where).toBe("a.json, at registry.A.state");
    expect(problemOf({ ...good(), services: { FIMService: { state: "present" } } }).where).toMatch(
      /services\.FIMService/,
    );
    expect(problemOf({ ...good(), recordedAt: "yesterday" }).where).toBe("a.json, at recordedAt");
  });

  test("refuses UTF-16 with and without a mark, and bytes that are no text", () => {
    expect(problemOf(new Uint8Array(Buffer.from('\uFEFF{"a":1}', "utf16le"))).code).toBe("utf16");
    expect(problemOf(new Uint8Array(Buffer.from('{"a":1}', "utf16le"))).code).toBe("utf16");
    expect(problemOf(Uint8Array.from([0x7b, 0xc3, 0x28, 0x7d])).code).toBe("not-utf8");
  });

  test("refuses more than 64 MB before reading it", () => {
    const problem = problemOf(new Uint8Array(64 * 1024 * 1024 + 1));
    expect(problem.code).toBe("too-large");
  });

  test("never keeps a secret the file should not have held", () => {
    const recording = goodServer();
    recording.registry[mailKey] = {
      state: "present",
      values: { EncryptedExchangeOnlineClientSecret: text("AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAAsecret") },
    };
    const read = readRecording(bytes(JSON.stringify(recording)), "a.json");
    expect(read.registry[mailKey]).toEqual({
      state: "present",
      values: { EncryptedExchangeOnlineClientSecret: { type: "REG_SZ", redacted: true, looksEncrypted: true } },
    });
  });
});
