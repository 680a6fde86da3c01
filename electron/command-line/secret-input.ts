import type { Readable } from "node:stream";
import { InputProblem } from "../recording/input-problem.ts";

/** Standard input, so far as a secret is read from it. */
export type SecretSource = Readable & {
  readonly isTTY?: boolean;
  readonly setRawMode?: (raw: boolean) => unknown;
};

/** More than any secret; whoever pipes in a whole file has made a mistake. */
const sizeLimit = 64 * 1024;

/**
 * A secret: typed at a prompt that shows nothing of it, or, where standard input is no terminal, all that is piped in.
 * Never from an argument or the environment, which others on the computer can read.
 * @param prompt where the question is shown; not standard output, which may go to a file
 * @throws InputProblem `refused` when Ctrl+C was pressed, `too-large` for input that is no secret
 */
export function readSecret(question: string, source: SecretSource, prompt: (text: string) => void): Promise<string> {
  return source.isTTY === true && source.setRawMode !== undefined
    ? typedUnseen(question, source, prompt)
    : pipedIn(source);
}

async function pipedIn(source: Readable): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of source) {
    const bytes = Buffer.from(piece as Buffer | string);
    size += bytes.length;
    if (size > sizeLimit) {
      throw new InputProblem(
        "too-large",
        "more was piped in than a client secret",
        "standard input",
        "Pipe in the secret's Value alone.",
      );
    }
    pieces.push(bytes);
  }
  return Buffer.concat(pieces).toString("utf8");
}

async function typedUnseen(question: string, source: SecretSource, prompt: (text: string) => void): Promise<string> {
  prompt(question);
  source.setRawMode?.(true);
  source.setEncoding("utf8");
  let typed = "";
  try {
    return await new Promise<string>((resolve, reject) => {
      source.on("data", (piece: string) => {
        // A key that moves the cursor comes as a sequence; it types nothing.
        // biome-ignore lint/suspicious/noControlCharactersInRegex: this is how a terminal sends such keys
        for (const key of piece.replace(/\u001b(\[[\d;]*[A-Za-z~]|O[A-Z])/g, "")) {
          if (key === "\r" || key === "\n" || key === "\u0004") return resolve(typed);
          if (key === "\u0003") return reject(stopped());
          if (key === "\u007f" || key === "\b") typed = [...typed].slice(0, -1).join("");
          else if (key === "\u0015") typed = "";
          else if (key >= " " && typed.length < sizeLimit) typed += key;
        }
      });
      source.once("end", () => resolve(typed));
      source.once("error", reject);
    });
  } finally {
    source.removeAllListeners("data");
    source.setRawMode?.(false);
    source.pause();
    prompt("\n");
  }
}

/** What is told when Ctrl+C ends a check. */
export function stopped(): InputProblem {
  return new InputProblem(
    "refused",
    "the check was stopped, and nothing was kept",
    "mim-mail cloud-check",
    "Run it again when you want to.",
  );
}
