import type { Seen } from "../recording/seen.ts";
import { lastChange } from "./history.ts";
import { mimService } from "./service.ts";

/** What the day on which a notification arrived is worth: `proof`, or why it proves nothing of the server as it is. */
export type MailProof = "proof" | "inTheFuture" | "beforeTheChange" | "beforeTheStart";

/**
 * Holds the day on which a notification arrived against today, the last change and the service's start. A day has no
 * time: one on the very day of the change counts. Days are compared as UTC has them, as every moment of a recording is.
 */
export function mailProof(seen: Seen, day: string, today: string): MailProof {
  if (day > today) return "inTheFuture";
  const isBefore = (moment: string | null | undefined): boolean => {
    const time = Date.parse(moment ?? "");
    return !Number.isNaN(time) && day < new Date(time).toISOString().slice(0, 10);
  };
  if (isBefore(lastChange(seen))) return "beforeTheChange";
  const service = mimService(seen);
  return service.state === "present" && isBefore(service.value.startedAt) ? "beforeTheStart" : "proof";
}
