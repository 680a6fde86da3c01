import * as z from "zod";

/** What the program is and what it is made of. */
export const aboutSchema = z.object({
  version: z.string(),
  /** The commit it was built from, shortened; null when it is not known. */
  commit: z.string().nullable(),
  /** The day it was built, `YYYY-MM-DD`; null when it is not known. */
  builtOn: z.string().nullable(),
  /** What it runs on: "Electron 45.4.1, Chromium …, Node …", or the browser preview. */
  runtime: z.string(),
  licences: z.array(z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string() })),
});
export type About = z.infer<typeof aboutSchema>;
