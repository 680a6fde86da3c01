import type { ReportFormat } from "../../electron/contract/report.ts";
import { defaultReportChoice, type ReportChoice } from "../../electron/contract/settings.ts";
import { useAssistant } from "../store/assistant-store.ts";

/** The forms a report can be saved in, each with its name and what it is for. */
export const formatWords: Readonly<Record<ReportFormat, { readonly name: string; readonly use: string }>> = {
  html: { name: "HTML", use: "To read, print and hand on" },
  pdf: { name: "PDF", use: "To file with the change" },
  json: { name: "JSON", use: "Opens here again" },
  csv: { name: "CSV", use: "Every finding, as a table" },
  plan: { name: "Action plan", use: "What is open, as CSV" },
};

/** The forms and options chosen for the report, remembered between starts. */
export function useReportChoice(): ReportChoice {
  return useAssistant((store) => store.settings.report) ?? defaultReportChoice;
}

/** What the button that saves the report says. */
export function saveLabel(formats: readonly ReportFormat[]): string {
  const [only] = formats;
  if (only === undefined) return "Save report";
  return formats.length === 1 ? `Save report as ${formatWords[only].name}` : `Save report in ${formats.length} forms`;
}
