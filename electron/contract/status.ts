import * as z from "zod";

/**
 * The status of a finding, a step or a whole checklist, worst first.
 *
 * `action` must be changed · `unknown` could not be read · `pending` waits for the administrator ·
 * `attention` works, but a risk or a decision · `done` · `notApplicable`.
 */
export const statuses = ["action", "unknown", "pending", "attention", "done", "notApplicable"] as const;

export const statusSchema = z.enum(statuses);
export type Status = z.infer<typeof statusSchema>;

/** The word shown beside the icon of each status: the same in the window, the report and the command line. */
export const statusWords: Readonly<Record<Status, string>> = {
  action: "To change",
  unknown: "Not known",
  pending: "Waiting for you",
  attention: "Attention",
  done: "Done",
  notApplicable: "Not applicable",
};

/** The worst of several statuses; `notApplicable` for none. */
export function worstStatus(found: Iterable<Status>): Status {
  let worst: Status = "notApplicable";
  for (const status of found) {
    if (statuses.indexOf(status) < statuses.indexOf(worst)) worst = status;
  }
  return worst;
}
