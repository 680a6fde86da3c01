import { describe, expect, test } from "vitest";
import { targetSchema } from "../../../electron/contract/target.ts";
import { readPdf, readsPdfs } from "./pdf-reading.ts";
import { everyFormat, reportOf, sample } from "./report-case.ts";

const { recording, target } = await sample("stuck-on-dotnet-2");
const answers = { approvals: "no", ownRelay: "no", identity: "address" } as const;
const planned = targetSchema.parse({ ...target, ewsDecision: "smtp", smtpPlan: { answers } });

describe("the plan from EWS to SMTP in the report", () => {
  test("stands in HTML and JSON with its way, its steps and what was answered", async () => {
    const files = await everyFormat(reportOf([{ name: "stuck.json", recording, target: planned }]));
    expect(files.html).toContain("<h3>From EWS to SMTP</h3>");
    expect(files.html).toContain("Connector that knows the public address");
    expect(files.html).toContain("New-InboundConnector -Name");
    expect(JSON.parse(String(files.json)).report.smtpPlan.way.id).toBe("connectorAddress");
  });

  test.runIf(readsPdfs)("stands in the PDF, with a bookmark", async () => {
    const { pdf } = await everyFormat(reportOf([{ name: "stuck.json", recording, target: planned }]));
    const read = readPdf(pdf as Uint8Array);
    expect(read.bookmarks.join()).toContain("From EWS to SMTP");
    expect(read.text).toContain("See that the sender");
  });

  test("is left out where none was begun", async () => {
    const files = await everyFormat(reportOf([{ name: "stuck.json", recording, target }]));
    expect(files.html).not.toContain("From EWS to SMTP</h3>");
    expect(JSON.parse(String(files.json)).report.smtpPlan).toBeNull();
  });
});
