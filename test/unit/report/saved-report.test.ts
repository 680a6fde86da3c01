import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAssistant } from "../../../electron/assistant/assistant.ts";
import type { Outcome } from "../../../electron/contract/outcome.ts";
import { reportFormats } from "../../../electron/contract/report.ts";
import { bytesOf } from "../../../renderer/store/file-bytes.ts";
import { readCsv } from "./csv-reading.ts";
import { png } from "./report-case.ts";

const assets = fileURLToPath(new URL("../../../assets", import.meta.url));
const options = { maskNames: false, before: true, pictures: true };
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "saved-report-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const assistant = () =>
  createAssistant({
    home,
    assets,
    version: "0.0.0-test",
    platform: "linux",
    now: () => new Date("2026-11-23T12:00:00Z"),
    emit: () => {},
  });

function given<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.value;
}

describe("a report saved from the window", () => {
  test("is a file in each form, named by what it is, the computer and the day", async () => {
    const handlers = assistant();
    const computer = given(await handlers.getState(null)).server.computer;
    const endings = { html: "html", pdf: "pdf", json: "json", csv: "csv", plan: "csv" };
    for (const format of reportFormats) {
      const file = given(await handlers.saveReport({ format, options }));
      const what = format === "plan" ? "plan" : "report";
      expect(file.name).toBe(`mim-mail-${what}-${computer}-2026-11-23.${endings[format]}`);
    }
  });

  test("is a PDF in its bytes, and CSV that Excel takes for UTF-8", async () => {
    const handlers = assistant();
    const pdf = bytesOf(given(await handlers.saveReport({ format: "pdf", options })));
    expect(new TextDecoder("latin1").decode(pdf.subarray(0, 8))).toBe("%PDF-1.7");
    expect(new TextDecoder("latin1").decode(pdf.subarray(-6))).toContain("%%EOF");
    for (const format of ["csv", "plan"] as const) {
      const csv = bytesOf(given(await handlers.saveReport({ format, options })));
      expect([...csv.subarray(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 0x22]);
      expect(readCsv(new TextDecoder().decode(csv)).length).toBeGreaterThan(5);
    }
  });

  test("is what the preview shows", async () => {
    const handlers = assistant();
    const { html } = given(await handlers.previewReport(options));
    expect(html).toBe(given(await handlers.saveReport({ format: "html", options })).text);
  });

  test("opens again with the target it was made with, also when that is not the person's own any more", async () => {
    const handlers = assistant();
    const { target } = given(await handlers.getState(null));
    given(await handlers.setTarget({ ...target, serviceEmail: "mim@contoso.com", backupConfirmed: true }));
    const checklist = given(await handlers.getState(null)).checklist;
    const file = given(await handlers.saveReport({ format: "json", options }));
    given(await handlers.setTarget(target));
    const opened = given(await handlers.openRecording({ name: file.name, text: file.text }));
    expect(opened.target.serviceEmail).toBe("mim@contoso.com");
    const statuses = (steps: typeof checklist.steps) =>
      steps.flatMap(({ findings }) => findings.map(({ id, status }) => [id, status]));
    expect(statuses(opened.checklist.steps)).toEqual(statuses(checklist.steps));
    // What is changed now is the report's target on show, not the person's own.
    given(await handlers.setTarget({ ...opened.target, serviceEmail: "other@contoso.com" }));
    expect(given(await handlers.chooseServer({ kind: "practice" })).target.serviceEmail).toBeUndefined();
  });

  test("refuses a report whose target was tampered with, and shows what it showed", async () => {
    const handlers = assistant();
    const file = given(await handlers.saveReport({ format: "json", options }));
    const text = JSON.stringify({ ...JSON.parse(file.text), target: { clientSecret: "x" } });
    expect(await handlers.openRecording({ name: "bad.json", text })).toMatchObject({
      ok: false,
      error: { code: "secret-in-target" },
    });
    expect(given(await handlers.getState(null)).server.kind).toBe("practice");
  });

  test("puts before and after in once something changed, and leaves it out where that is asked for", async () => {
    const handlers = assistant();
    const state = given(await handlers.getState(null));
    expect(given(await handlers.previewReport(options)).html).not.toContain("Before and after");
    const ids = state.changes.plan.rows.map(({ id }) => id);
    given(await handlers.applyChanges({ ids, copyConfig: false, restartService: false }));
    const { html } = given(await handlers.previewReport(options));
    expect(html).toContain("Before and after");
    expect(html).toMatch(/Before: The first look of this session/);
    expect(html).toContain("<td>absent</td><td>1</td>");
    const journal = given(await handlers.getState(null)).changes.journals[0]?.id ?? "none";
    expect(html).toContain(journal);
    expect(given(await handlers.previewReport({ ...options, before: false })).html).not.toContain("Before and after");
  });

  test("puts pictures in, and leaves them out where that is asked for or names are masked", async () => {
    const handlers = assistant();
    const base64 = Buffer.from(png(60, 40)).toString("base64");
    given(await handlers.addPicture({ page: "mailServer", mediaType: "image/png", base64, masked: false }));
    const { html } = given(await handlers.previewReport(options));
    expect(html).toContain('<img src="data:image/png;base64,');
    expect(html).toMatch(/alt="The installer&#39;s page: Configure/);
    expect(given(await handlers.previewReport({ ...options, pictures: false })).html).not.toContain("<img");
    const masked = given(await handlers.previewReport({ ...options, maskNames: true })).html;
    expect(masked).not.toContain("<img");
    expect(masked).toContain("Pictures are left out, because names in a picture cannot be masked.");
  });

  test("shows the servers opened beside the one on show", async () => {
    const handlers = assistant();
    const { text } = given(await handlers.saveRecording(null));
    const other = text.replace(/"computer": "[^"]*"/, '"computer": "MIM77"');
    given(await handlers.openFarm({ files: [{ name: "MIM77.json", text: other.replace(/"running"/, '"stopped"') }] }));
    const { html } = given(await handlers.previewReport(options));
    expect(html).toContain("Checks that do not read the same on all servers");
    expect(html).toContain("MIM77");
  });

  test("holds no name of the server where names are masked, its file's name too", async () => {
    const handlers = assistant();
    const computer = given(await handlers.getState(null)).server.computer;
    for (const format of reportFormats) {
      const file = given(await handlers.saveReport({ format, options: { ...options, maskNames: true } }));
      expect(file.name).toContain("COMPUTER-1");
      expect(file.text).not.toMatch(new RegExp(`\\b${computer}\\b|contoso`, "i"));
    }
  });

  test("cannot be shown in its folder where the program has no window of its own", async () => {
    expect(await assistant().showSaved(null)).toMatchObject({ ok: false, error: { code: "not-available" } });
  });
});
