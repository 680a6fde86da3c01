import { describe, expect, test } from "vitest";
import { installerError, installerErrors } from "../../../electron/installer/installer-errors.ts";
import { explanationsOf } from "../../../electron/installer/log-explanation.ts";
import { readLines } from "./logs.ts";

const engine = (text: string) => `MSI (s) (88:1C) [10:00:00:123]: ${text}`;

describe("the codes of Windows Installer", () => {
  test.each([1601, 1602, 1603, 1605, 1612, 1618, 1619, 1620, 1622, 1624, 1625, 1633, 1638, 1639, 1642, 1645])(
    "exit code %i ends a run with its own cause and cure",
    (code) => {
      const reading = readLines([engine(`MainEngineThread is returning ${code}`)]);
      const [explanation, ...others] = explanationsOf(reading);
      expect(others).toEqual([]);
      expect(explanation).toMatchObject({ code, origin: "exit", line: null });
      expect(explanation?.cause).toBe(installerError(code, "exit")?.cause);
      expect(explanation?.cure).toMatch(/^[A-Z].*\.$/);
    },
  );

  test.each([
    1304, 1311, 1316, 1335, 1500, 1625, 1704, 1706, 1719, 1720, 1721, 1722, 1723, 1920, 2203, 2503, 2738, 2755,
  ])("error %i in a log that failed is explained, with its line, before the exit code", (code) => {
    const reading = readLines([
      `Error ${code}. What the installer says.`,
      engine("MainEngineThread is returning 1603"),
    ]);
    expect(explanationsOf(reading).map(({ code, origin, line }) => ({ code, origin, line }))).toEqual([
      { code, origin: "message", line: 1 },
      { code: 1603, origin: "exit", line: null },
    ]);
  });

  test.each([1316, 1500, 1706, 1720, 1722, 2755])("a mere note of %i explains a run that failed", (code) => {
    const reading = readLines([engine(`Note: 1: ${code} 2: a`), engine("MainEngineThread is returning 1603")]);
    expect(explanationsOf(reading)[0]).toMatchObject({ code, origin: "message" });
  });

  test.each([1402, 1920, 2203])("a mere note of %i is harmless", (code) => {
    const reading = readLines([engine(`Note: 1: ${code} 2: a`), engine("MainEngineThread is returning 1603")]);
    expect(explanationsOf(reading).map(({ code }) => code)).toEqual([1603]);
  });

  test.each([0, 3010, 1641])("exit code %i needs no explanation, whatever was noted on the way", (code) => {
    const reading = readLines([engine("Note: 1: 1706 2: a"), engine(`MainEngineThread is returning ${code}`)]);
    expect(explanationsOf(reading)).toEqual([]);
  });

  test("1601 is the service as an exit code and the disk as a message", () => {
    expect(installerError(1601, "exit")?.cause).toContain("service");
    expect(installerError(1601, "message")?.cause).toContain("disk");
  });

  test("a code nobody knows is said to be one", () => {
    const reading = readLines([engine("MainEngineThread is returning 4711")]);
    expect(explanationsOf(reading)[0]?.cause).toBe("it failed with a code that is not known here");
  });

  test("each code stands once for each origin, with a cause and a cure", () => {
    const keys = installerErrors.flatMap(({ code, origins }) => origins.map((origin) => `${origin} ${code}`));
    expect(new Set(keys).size).toBe(keys.length);
    for (const { cause, cure } of installerErrors) {
      expect(cause).toMatch(/^[^.!]+$/);
      expect(cure).toMatch(/^[A-Z][^!]*\.$/);
    }
  });
});
