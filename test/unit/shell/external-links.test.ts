import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { judge } from "../../../electron/checklist/judge.ts";
import { defaultTarget } from "../../../electron/contract/target.ts";
import { readRecording } from "../../../electron/recording/read-recording.ts";
import { isExternalLink } from "../../../electron/shell/external-links.ts";

describe("a link that opens in the person's browser", () => {
  test("is https on a host of the list", () => {
    expect(isExternalLink("https://learn.microsoft.com/en-us/microsoft-identity-manager/preparing-tls")).toBe(true);
    expect(isExternalLink("https://azurecloudai.blog/2022/04/29/")).toBe(true);
  });

  test.each([
    "http://learn.microsoft.com/",
    "https://learn.microsoft.com.example/",
    "https://example.com/?https://learn.microsoft.com/",
    "https://learn.microsoft.com@example.com/",
    "https://name:word@learn.microsoft.com/",
    "https://learn.microsoft.com:8443/",
    "file:///C:/Windows/System32/calc.exe",
    "ms-msdt:/id",
    "javascript:alert(1)",
    "\\\\server\\share\\file.exe",
    "learn.microsoft.com",
    "",
  ])("is not %s", (address) => {
    expect(isExternalLink(address)).toBe(false);
  });

  test("is every page the checklist refers to", async () => {
    const path = fileURLToPath(new URL("../../../assets/practice/old-build.json", import.meta.url));
    const checklist = judge({
      recording: readRecording(await readFile(path), path),
      target: defaultTarget,
      today: "2026-11-23",
      server: { name: "old-build" },
    });
    const links = checklist.steps.flatMap((step) => step.findings.flatMap((finding) => finding.sources));
    expect(links.length).toBeGreaterThan(10);
    for (const { url } of links) expect(isExternalLink(url), url).toBe(true);
  });
});
