import { describe, expect, test } from "vitest";
import type { PlanRow } from "../../../electron/contract/change.ts";
import { byKey } from "../../../renderer/changes/by-key.ts";
import { shownValue } from "../../../renderer/changes/shown-value.ts";
import { afterChange } from "../../../renderer/steps/tls/after-change.ts";

const values = ["Enabled", "DisabledByDefault"];

const planned = (name: string, data: number): PlanRow => ({
  id: `tls.1.0.client.${name}`,
  finding: "tls.1.0.client",
  key: "HKLM\\TLS 1.0\\Client",
  name,
  from: "absent",
  to: { type: "REG_DWORD", data },
  why: "w",
  restart: true,
});

const row = (found: string, figures: string[] | null = null) => ({
  ...{ finding: "tls.1.0.client" as const, group: "Windows", name: "TLS 1.0 client", values, figures, found },
  ...{ wanted: "Off: 0, 1", effect: "On" },
});

describe("a row after the planned change", () => {
  test("has both figures in their order, however the plan orders them", () => {
    expect(afterChange(row("not set"), [planned("DisabledByDefault", 1), planned("Enabled", 0)])).toBe("0, 1");
  });

  test("keeps what was found where the plan leaves one of the two alone", () => {
    expect(afterChange(row("4294967295, not set", ["4294967295", "not set"]), [planned("DisabledByDefault", 0)])).toBe(
      "4294967295, 0",
    );
    expect(afterChange(row("not set"), [planned("Enabled", 0)])).toBe("0, not set");
  });

  test("is unchanged where nothing is planned for it", () => {
    expect(afterChange(row("0, 1"), [{ ...planned("Enabled", 0), finding: "tls.1.1.client" }])).toBeNull();
  });
});

test("changes are gathered by their key, in the order they came", () => {
  const change = (address: string) => ({ address, from: "absent" as const, to: { type: "REG_DWORD", data: 1 } });
  const keys = byKey(["HKLM\\B\\x", "HKLM\\A\\y", "HKLM\\B\\z"].map(change));
  expect(keys.map(({ key, values: inKey }) => [key, inKey.map(({ name }) => name)])).toEqual([
    ["HKLM\\B", ["x", "z"]],
    ["HKLM\\A", ["y"]],
  ]);
});

test("a value is shown with its type where that is not the usual one", () => {
  expect(shownValue("absent")).toBe("not set");
  expect(shownValue({ type: "REG_DWORD", data: 0 })).toBe("0");
  expect(shownValue({ type: "REG_SZ", data: "1" })).toBe("1 (REG_SZ)");
  expect(shownValue({ type: "REG_MULTI_SZ", data: ["a", "b"] })).toBe("a | b (REG_MULTI_SZ)");
});
