import { expect, test } from "vitest";
import { shortWanted } from "../../../renderer/steps/tls/short-wanted.ts";

test.each([
  ["SchUseStrongCrypto 1, SystemDefaultTlsVersions 1. This is the one that decides mail", "1, 1"],
  ["On, set explicitly: Enabled 1, DisabledByDefault 0", "On: 1, 0"],
  ["Off, set explicitly: Enabled 0, DisabledByDefault 1", "Off: 0, 1"],
  ["On", "On"],
  ["Off is better; on is accepted", "Off is better"],
])("%s is shown as %s", (expected, short) => {
  expect(shortWanted(expected)).toBe(short);
});
