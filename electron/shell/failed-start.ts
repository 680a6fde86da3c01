import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/** What tells of a start that failed. */
export interface FailedStartPorts {
  /** The folder of what the program keeps for this person. */
  readonly home: string;
  /** The system's own box: it works before any window does. */
  readonly showErrorBox: (title: string, content: string) => void;
  /** Takes secrets out of a text. */
  readonly scrub: (text: string) => string;
  readonly stderr: (text: string) => void;
  readonly now: () => Date;
}

/**
 * Says why the program cannot start, in a box and in a file beside its settings, so that whoever double-clicked it sees
 * more than nothing. Never throws; the caller ends the process with an exit code that is not 0.
 */
export function tellFailedStart(error: unknown, ports: FailedStartPorts): void {
  const reason = ports.scrub(error instanceof Error ? error.message : String(error));
  const stack = ports.scrub(error instanceof Error ? (error.stack ?? "") : "");
  ports.stderr(`MIM Mail Assistant cannot start: ${reason}\n`);
  const path = join(ports.home, "start-failure.log");
  let kept = `The reason was also written to ${path}.`;
  try {
    mkdirSync(ports.home, { recursive: true });
    appendFileSync(path, `${ports.now().toISOString()} ${reason}\n${stack}\n`);
  } catch (fault) {
    kept = `It could not be written to ${path}: ${(fault as NodeJS.ErrnoException).code ?? String(fault)}.`;
  }
  ports.showErrorBox("MIM Mail Assistant cannot start", `${reason}\n\nNothing was changed on this computer. ${kept}`);
}
