import { expect, test } from "vitest";
import { rawValue } from "../../../electron/recording/seen.ts";
import { reportOf, sample } from "../report/report-case.ts";

test("a registry value's evidence has its type and raw data beside the value it always had", async () => {
  const document = reportOf([{ name: "configured.json", ...(await sample("configured")) }]);
  const findings = document.servers.flatMap(({ steps }) => steps.flatMap((step) => step.findings));
  const found = findings.find(({ id }) => id === "tls.dotnet.v2.64")?.evidence[0];
  expect(found).toMatchObject({ value: "1", raw: "REG_DWORD 0x00000001" });
  expect(findings.find(({ id }) => id === "tls.restart")?.evidence.every(({ raw }) => raw === undefined)).toBe(true);
});

test("the raw form is the type's own, and a redacted value has none", () => {
  expect(rawValue({ type: "REG_DWORD", data: 0xffff_ffff })).toBe("REG_DWORD 0xffffffff");
  expect(rawValue({ type: "REG_SZ", data: "x" })).toBe("REG_SZ");
  expect(rawValue({ type: "REG_SZ", redacted: true, looksEncrypted: true })).toBeNull();
});
