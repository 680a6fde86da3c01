import { InputProblem } from "./input-problem.ts";

/** Why something could not be written, in words where the file system's code has them. */
export function writeFault(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case "EACCES":
    case "EPERM":
      return "access denied";
    case "ENOSPC":
      return "the disk is full (ENOSPC)";
    case "EDQUOT":
      return "the account's quota is used up (EDQUOT)";
    case "EFBIG":
      return "it would be larger than is allowed there (EFBIG)";
    case "EIO":
      return "the disk failed (EIO)";
    default:
      return code ?? (error instanceof Error ? error.message : String(error));
  }
}

/** The problem of standard output that could not be written; what the command did is done all the same. */
export function outputLost(error: unknown): InputProblem {
  return new InputProblem(
    "output-lost",
    `the output cannot be written: ${writeFault(error)}`,
    "standard output",
    "Make room where the output goes and run it again; what the command did to a server or wrote to a file stays.",
  );
}
