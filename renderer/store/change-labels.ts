import type { ChangeResult } from "../../electron/contract/change.ts";
import { counted, sentence } from "../ui/phrases.ts";
import { type ChangeEnd, type ChangeRequest, isRestart } from "./change-request.ts";
import { connectionLost } from "./connection.ts";

/** How a change ended, for a person. */
export interface EndWords {
  readonly intent: "success" | "info" | "warning" | "error";
  readonly title: string;
  /** What stands now and what to do. */
  readonly lines: readonly string[];
  /** What can be looked up later as well; said where there is room. */
  readonly details: readonly string[];
}

/** Refusals that come before anything is begun; after any other failure it is not known how far the change came. */
const notBegun: readonly string[] = [
  "refused",
  "busy",
  "locked",
  "not-planned",
  "nothing-chosen",
  "not-sent",
  "bad-input",
  "unknown-method",
  "cancelled",
  "worker-not-started",
  "worker-not-begun",
  "worker-silent",
];

const afterRestart = "Windows must restart before every program uses them; programs that run keep the old ones.";

function appliedTitle(what: ChangeRequest["what"], changed: number): string {
  switch (what) {
    case "apply":
      return `${counted(changed, "value")} set`;
    case "putBack":
      return `${counted(changed, "value")} put back`;
    case "again":
      return `${counted(changed, "value")} set again`;
    case "finish":
    case "rollback":
      return "What was interrupted is finished";
  }
}

function journalLine(journal: string | null): string[] {
  return journal === null ? [] : [`Journal ${journal} keeps what was there and what was done.`];
}

/** What stands on the server after a request failed and its values were rolled back. */
function undoneWords(request: ChangeRequest, { reason, journal }: ChangeResult): EndWords {
  const cancelled = reason === "cancelled";
  const why = reason === null || cancelled ? [] : [sentence(reason)];
  const details = journalLine(journal);
  if (request.what === "rollback") {
    return {
      intent: "success",
      title: "What was interrupted is put back",
      lines: ["Every value stands as the journal found it."],
      details,
    };
  }
  const asBefore = "Every value that was set was rolled back: the server is as it was before.";
  if (cancelled) return { intent: "info", title: "Cancelled and rolled back", lines: [asBefore], details };
  const title: Readonly<Record<Exclude<ChangeRequest["what"], "rollback">, string>> = {
    apply: "A change failed; everything was rolled back",
    putBack: "Putting back failed; the changes stand as before",
    again: "Making it again failed; everything was rolled back",
    finish: "Finishing failed; everything was rolled back",
  };
  return { intent: "warning", title: title[request.what], lines: [...why, asBefore], details };
}

function stuckWords({ reason, journal, path }: ChangeResult): EndWords {
  return {
    intent: "error",
    title: "A change failed and could not be rolled back whole",
    lines: [
      ...(reason === null ? [] : [sentence(reason)]),
      ...(journal === null
        ? []
        : [
            `Journal ${journal} says what is left: ${path ?? `${journal}.journal`}. ${journal}-undo.reg beside it puts it back.`,
          ]),
      "Remove the cause, then choose Put back or Finish in the message at the top of the window.",
    ],
    details: [],
  };
}

/** How a restart of the service alone ended; null for an end that every request may have. */
function restartWords({ outcome, reason, done }: ChangeResult): EndWords | null {
  if (outcome === "nothing") {
    return {
      intent: "success",
      title: "The MIM Service was restarted",
      lines: ["It has read its settings anew. Wait 15 minutes, then check again: errors of mail show up by then."],
      details: done.map(sentence),
    };
  }
  if (outcome !== "failed") return null;
  return {
    intent: "error",
    title: "The MIM Service was not restarted",
    lines: [
      ...(reason === null ? [] : [sentence(reason)]),
      "No setting was changed. See in Services whether the Forefront Identity Manager Service runs, and start it there.",
    ],
    details: [],
  };
}

function resultWords(request: ChangeRequest, result: ChangeResult): EndWords {
  const { outcome, reason, journal, changed, done, modifiedOutside } = result;
  const restarted = isRestart(request) ? restartWords(result) : null;
  if (restarted !== null) return restarted;
  const besides = done.map(sentence);
  switch (outcome) {
    case "applied":
      return {
        intent: reason === null ? "success" : "warning",
        title: appliedTitle(request.what, changed),
        lines: [...(reason === null ? [] : [sentence(reason)]), ...besides, afterRestart],
        details: ["Every value was read back.", ...journalLine(journal)],
      };
    case "nothing":
      return {
        intent: "info",
        title: "Nothing had to be set",
        lines: ["Every value already stands as asked; none was written.", ...besides],
        details: [],
      };
    case "undone":
      return undoneWords(request, result);
    case "stuck":
      return stuckWords(result);
    case "failed":
      return {
        intent: "error",
        title:
          changed === 0 ? "A step failed; no value was set" : `${counted(changed, "value")} set, then a step failed`,
        lines: [
          ...(reason === null ? [] : [sentence(reason)]),
          ...besides,
          changed === 0
            ? "Remove the cause and try it again, or leave this step out."
            : "The values stand, and Changes so far can put them back. Do the step that failed by hand.",
        ],
        details: journalLine(journal),
      };
    case "refused": {
      if (modifiedOutside.length === 0) {
        return {
          intent: "warning",
          // What was done before it, such as a copy of the configuration, stands.
          title: besides.length === 0 ? "Nothing was changed" : "No value was changed",
          lines: [sentence(reason ?? "it was refused"), ...besides],
          details: [],
        };
      }
      return {
        intent: "warning",
        title: `Someone else has changed ${counted(modifiedOutside.length, "value")} since`,
        lines: [
          `${modifiedOutside.map(({ address, stands }) => `${address} is ${stands}`).join("; ")}.`,
          "Nothing was changed: what someone else set is not overwritten unasked.",
        ],
        details: [],
      };
    }
  }
}

/** How a request ended, in words: what happened, what stands now, what to do. */
export function endWords(request: ChangeRequest, end: ChangeEnd): EndWords {
  if ("result" in end) return resultWords(request, end.result);
  const { code, message, cure } = end.problem;
  if (notBegun.includes(code)) {
    return { intent: "warning", title: "Nothing was changed", lines: [sentence(message), cure], details: [] };
  }
  const lookAgain = "Check again: Changes so far shows how it stands.";
  if (code === connectionLost) {
    return {
      intent: "warning",
      title: "The connection was lost meanwhile",
      lines: ["The change may have been made, rolled back or interrupted. Reconnect.", lookAgain],
      details: [],
    };
  }
  return {
    intent: "warning",
    title: "How it ended is not known",
    lines: [sentence(message), cure, lookAgain],
    details: [],
  };
}

/** What is under way, as the heading over the progress says it. */
export function runningTitle(request: ChangeRequest): string {
  if (isRestart(request)) return "Restarting the MIM Service";
  switch (request.what) {
    case "apply":
      return `Setting ${counted(request.ids.length, "value")}`;
    case "putBack":
    case "rollback":
      return "Putting back";
    case "again":
      return "Making the change again";
    case "finish":
      return "Finishing what was interrupted";
  }
}
