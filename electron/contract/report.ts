import * as z from "zod";

/** The forms a report is made in. `plan` is the CSV of what is open only. */
export const reportFormats = ["html", "pdf", "json", "csv", "plan"] as const;
export const reportFormatSchema = z.enum(reportFormats);
export type ReportFormat = z.infer<typeof reportFormatSchema>;

/** What a report may leave out or add. */
export const reportOptionsSchema = z.object({
  /** Names of people, accounts and mailboxes are replaced by `person 1`, `mailbox 1`, … */
  maskNames: z.boolean(),
  /** Before and after are put in, when there is a before. */
  before: z.boolean(),
  /** The pictures of the installer's pages are put in. */
  pictures: z.boolean(),
});
export type ReportOptions = z.infer<typeof reportOptionsSchema>;
