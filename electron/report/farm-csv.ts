import type { Farm } from "../contract/comparison.ts";
import { statusWords } from "../contract/status.ts";
import { csvText } from "./csv-text.ts";
import { settingDiffers } from "./report-labels.ts";

/** Servers side by side as a table: a row each setting and each check, a column each server. */
export function farmCsv(farm: Farm): string {
  const heads = ["What", "Differs", ...farm.servers.map(({ computer, name }) => `${computer} (${name})`), "What to do"];
  const settings = farm.settings.map((setting) => [
    setting.title,
    settingDiffers(setting) ? "yes" : "no",
    ...setting.cells.map((cell) => cell ?? "not known"),
    setting.advice.join(" | "),
  ]);
  const checks = farm.rows.map(({ finding, title, cells, differs }) => [
    `${title} (${finding})`,
    differs ? "yes" : "no",
    ...cells.map(({ status, actual }) => `${statusWords[status]}: ${actual}`),
    "",
  ]);
  const next = [
    "Next",
    "",
    ...farm.servers.map(({ next: step }) => (step === null ? "Nothing is left" : step.title)),
    "",
  ];
  return csvText(heads, [next, ...settings, ...checks]);
}
