import * as z from "zod";
import { reportFormatSchema, reportOptionsSchema } from "./report.ts";

/** `system` follows Windows, its high-contrast setting included. */
export const themes = ["system", "light", "dark", "highContrast"] as const;
export const themeSchema = z.enum(themes);
export type ThemeChoice = z.infer<typeof themeSchema>;

/** The forms a report was last saved in, and what it left out or added. */
export const reportChoiceSchema = z.object({ formats: z.array(reportFormatSchema), options: reportOptionsSchema });
export type ReportChoice = z.infer<typeof reportChoiceSchema>;

/** What the window remembers between starts. */
export const settingsSchema = z.object({
  theme: themeSchema.default("system"),
  /** Left out until a report was chosen for the first time. */
  report: reportChoiceSchema.optional(),
});
export type Settings = z.infer<typeof settingsSchema>;

/** What is chosen for the report as long as nobody has chosen otherwise. */
export const defaultReportChoice: ReportChoice = {
  formats: ["html"],
  options: { maskNames: false, before: true, pictures: true },
};

/** The settings of someone who has chosen nothing yet. */
export const defaultSettings: Settings = { theme: "system" };
