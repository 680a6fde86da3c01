import { reportFormats } from "../../electron/contract/report.ts";
import { defaultReportChoice } from "../../electron/contract/settings.ts";
import { useAssistant } from "../store/assistant-store.ts";

/** Saves the report in each form that was chosen on its screen the last time. */
export async function saveReport(): Promise<void> {
  const store = useAssistant.getState();
  const { formats, options } = store.settings.report ?? defaultReportChoice;
  // A choice without a form is one that was never finished.
  const chosen = formats.length === 0 ? defaultReportChoice.formats : formats;
  store.dismissProblem();
  for (const format of reportFormats.filter((one) => chosen.includes(one))) await store.saveReport(format, options);
}
