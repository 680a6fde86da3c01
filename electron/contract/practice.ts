import * as z from "zod";
import { momentSchema } from "./date.ts";

/** What a person does on a real server beside this program, and the practice server does at once. */
export const practiceActs = ["restartWindows", "restartService", "letTimePass", "sendNotification"] as const;
export type PracticeAct = (typeof practiceActs)[number];

/** How many minutes pass on the practice server at a press: as many as Verify waits for. */
export const minutesPassed = 15;

/** What only the practice server has to show. */
export const practiceSchema = z.object({
  /** The notification that MIM sent last there, and whether it arrived; null before the first. */
  notification: z.object({ at: momentSchema, arrived: z.boolean(), text: z.string() }).nullable(),
});
export type Practice = z.infer<typeof practiceSchema>;
