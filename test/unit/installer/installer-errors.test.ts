import { describe, expect, test } from "vitest";
import { installerExit, installerExits } from "../../../electron/facts/installer-exits.ts";
import { installerMessage } from "../../../electron/facts/installer-messages.ts";
import { messageCures } from "../../../electron/installer/installer-errors.ts";
import { explanationsOf } from "../../../electron/installer/log-explanation.ts";
import { readLines } from "./logs.ts";

const engine = (text: string) => `MSI (s) (88:1C) [10:00:00:123]: ${text}`;
const codesIn = (lines: readonly string[]) => explanationsOf(readLines(lines)).map(({ code }) => code);

describe("the codes of Windows Installer", () => {
  test.each([
    2, 3, 5, 13, 87, 112, 120, 1259, 1392, 1601, 1602, 1603, 1604, 1605, 1606, 1607, 1608, 1609, 1610, 1611, 1612, 1613,
    1614, 1615, 1616, 1617, 1618, 1619, 1620, 1621, 1622, 1623, 1624, 1625, 1626, 1627, 1628, 1629, 1630, 1631, 1632,
    1633, 1634, 1635, 1636, 1637, 1638, 1639, 1640, 1642, 1643, 1644, 1645, 1646, 1647, 1648, 1649, 1650, 1651, 1652,
    1653, 1654,
  ])("exit code %i ends a run with its own cause and cure", (code) => {
    const [explanation, ...others] = explanationsOf(readLines([engine(`MainEngineThread is returning ${code}`)]));
    expect(others).toEqual([]);
    expect(explanation).toMatchObject({ code, origin: "exit", line: null, cause: installerExit(code).cause });
    expect(explanation?.cause).not.toContain("not known");
    expect(explanation?.cure).toMatch(/^[A-Z].*\.$/);
  });

  test.each([
    1304, 1311, 1316, 1335, 1500, 1625, 1704, 1706, 1719, 1720, 1721, 1722, 1723, 1920, 2203, 2503, 2738, 2755, 1926,
    1935, 2769, 2771, 25009, 26204,
  ])("error %i in a log that failed is told in its own words, with its line, before the exit code", (code) => {
    const told = explanationsOf(
      readLines([`Error ${code}. What the installer says.`, engine("MainEngineThread is returning 1603")]),
    );
    expect(told.map(({ code, origin, line, text }) => ({ code, origin, line, text }))).toEqual([
      { code, origin: "message", line: 1, text: "What the installer says." },
      { code: 1603, origin: "exit", line: null, text: null },
    ]);
    expect(told[0]?.cause).toBe(installerMessage(code) ?? "What the installer says.");
  });

  test.each([1316, 1500, 1706, 1720, 1722, 2755])("a mere note of %i explains a run that failed", (code) => {
    expect(codesIn([engine(`Note: 1: ${code} 2: a`), engine("MainEngineThread is returning 1603")])[0]).toBe(code);
  });

  test.each([1402, 1920, 2203])("a mere note of %i is harmless", (code) => {
    expect(codesIn([engine(`Note: 1: ${code} 2: a`), engine("MainEngineThread is returning 1603")])).toEqual([1603]);
  });

  test.each([0, 3010, 1641])("exit code %i needs no explanation, whatever was noted on the way", (code) => {
    expect(codesIn([engine("Note: 1: 1706 2: a"), engine(`MainEngineThread is returning ${code}`)])).toEqual([]);
  });

  test("1601 is the service as an exit code and the disk as a message", () => {
    expect(installerExit(1601).cause).toContain("service");
    expect(installerMessage(1601)).toContain("disk");
  });

  test("a code nobody knows is said to be one", () => {
    const reading = readLines([engine("MainEngineThread is returning 4711")]);
    expect(explanationsOf(reading)[0]?.cause).toBe("it failed with a code that is not known here");
  });

  test("each stands once in its table, with a cause and a cure", () => {
    for (const table of [installerExits, messageCures]) {
      expect(new Set(table.map(({ code }) => code)).size).toBe(table.length);
      for (const { cure, cureElsewhere = cure } of table) {
        for (const text of [cure, cureElsewhere]) expect(text.trim()).toMatch(/^[A-Z][^!]*\.$/);
      }
    }
    for (const { cause } of installerExits) expect(cause).toMatch(/^[^.!]+$/);
    for (const { code } of messageCures) expect(installerMessage(code)).not.toBeNull();
  });

  test("another product's run is not told of MIM's media", () => {
    for (const table of [installerExits, messageCures]) {
      for (const { cure, cureElsewhere = cure } of table) expect(cureElsewhere).not.toMatch(/MIM|Change mode|the step/);
    }
  });
});
