import type { JudgedAs } from "../checklist/judge.ts";
import type { ServerKind } from "../contract/state.ts";
import type { Server } from "../server/server.ts";

/** The name a checklist gives a server: `live`, `practice`, the recording as it was named, or `\\\\` and the computer. */
export function nameOf({ local, kind, label }: Pick<Server, "local" | "kind" | "label">): string {
  return local ? kind : label;
}

/** A server as a checklist names and knows it. */
export function judgedAs({ askElevated, elevated }: Pick<Server, "askElevated" | "elevated">, name: string): JudgedAs {
  return askElevated === undefined ? { name } : { name, elevated };
}

interface Refusal {
  /** As the window says it. */
  readonly sentence: string;
  /** As the command line says it. */
  readonly line: string;
}

const notWindows: Refusal = {
  sentence: "This computer is no Windows server. Save the changes as a PowerShell file and run it on one.",
  line: "the live server can be changed on Windows only",
};

/** Why a server that cannot be changed from here cannot, by what it is called. */
export const changeRefusals: Readonly<Record<ServerKind, Refusal>> = {
  live: notWindows,
  practice: notWindows,
  recorded: {
    sentence: "A recording cannot be changed. Save the changes as a PowerShell file and run it on the server.",
    line: "a recording cannot be changed",
  },
  remote: {
    sentence: "Another computer is only looked at from here. Save the changes as a PowerShell file and run it there.",
    line: "another computer is only looked at from here",
  },
};
