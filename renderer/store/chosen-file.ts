import { failed, type Outcome, succeeded } from "../../electron/contract/outcome.ts";

/** The largest file that is taken in, in bytes; the reader behind the bridge has the same limit for recordings. */
const sizeLimit = 64 * 1024 * 1024;

/** Files that stand beside a recording or a report, and are neither. */
const otherFiles = /\.(?:csv|html?|pdf|xlsx?|ps1|reg|log|zip|evtx)$/i;

/**
 * The text of a file the person chose. What cannot be text is refused here, before it crosses the bridge; whether the
 * text is what it should be is judged on the trusted side.
 */
export async function readChosenFile(file: File, what: "recording" | "target" | "file"): Promise<Outcome<string>> {
  const [ending] = otherFiles.exec(file.name) ?? [];
  if (ending !== undefined) {
    return failed(
      "other-file",
      `A ${ending} file is no ${what} (${file.name}).`,
      what === "target"
        ? "Choose the .json file that Save the target wrote."
        : "Choose the .json file that a collector wrote, or a report saved as JSON: reports of other forms cannot be read back.",
    );
  }
  if (file.size > sizeLimit) {
    return failed(
      "too-large",
      `The ${what} is larger than 64 MB (${file.name}).`,
      "Choose a file made by this product; those are far smaller.",
    );
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0) {
    return failed("utf16", `The ${what} is in UTF-16 (${file.name}).`, "Save it as UTF-8 and try again.");
  }
  try {
    return succeeded(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return failed("not-utf8", `The ${what} is not text in UTF-8 (${file.name}).`, "Save it as UTF-8 and try again.");
  }
}
