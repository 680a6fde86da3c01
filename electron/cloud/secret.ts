import { inspect } from "node:util";
import { plainGuid } from "../contract/guid.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { redactionMark, scrubText } from "../recording/redact.ts";

/**
 * A text that is never shown: a client secret, an access token, a proxy's password. However it is printed, joined,
 * logged, inspected or turned into JSON, it gives •••, and a structured clone of it holds nothing. The text comes out
 * of {@link reveal} only, for the one call that sends it.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself. Hand it straight to the call that needs it; keep it nowhere. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return redactionMark;
  }

  toJSON(): string {
    return redactionMark;
  }

  [Symbol.toPrimitive](): string {
    return redactionMark;
  }

  [inspect.custom](): string {
    return redactionMark;
  }
}

/** Longer than any client secret; a whole file was handed in then. */
const lengthLimit = 1000;

/**
 * A client secret as it was typed, pasted or piped in. The blanks and the line end around it are taken off.
 * @throws InputProblem when there is none, when it is the Secret ID instead of the Value, or when it cannot be a
 * secret; the text itself is in no message. Nothing was sent then.
 */
export function clientSecretFrom(typed: string): Secret {
  const text = typed.replace(/^\uFEFF/, "").trim();
  const refuse = (code: string, what: string, cure: string): never => {
    throw new InputProblem(code, what, "client secret", cure);
  };
  if (text === "") {
    refuse(
      "no-secret",
      "no client secret was given",
      "Type or paste the secret's Value; mim-mail reads it from standard input too.",
    );
  }
  if (plainGuid(text) !== null) {
    refuse(
      "secret-id",
      "this is a Secret ID, not the secret: nothing was sent",
      "In Entra, Certificates & secrets shows two columns: take the Value, not the Secret ID. The Value is shown only once; make a new secret when it is lost.",
    );
  }
  if (/\s/.test(text)) {
    refuse(
      "not-a-secret",
      "a client secret has no blanks and is one line: nothing was sent",
      "Give the Value alone, as Entra shows it.",
    );
  }
  if (text.length > lengthLimit || /\p{Cc}/u.test(text)) {
    refuse(
      "not-a-secret",
      "this cannot be a client secret: nothing was sent",
      "Give the Value alone, as Entra shows it.",
    );
  }
  return new Secret(text);
}

/** The forms a secret may take in an answer that repeats it. */
function formsOf(text: string): string[] {
  const bytes = Buffer.from(text, "utf8");
  const forms = [
    text,
    encodeURIComponent(text),
    new URLSearchParams({ s: text }).toString().slice(2),
    JSON.stringify(text).slice(1, -1),
    bytes.toString("base64"),
    bytes.toString("base64").replace(/={1,2}$/, ""),
    bytes.toString("base64url"),
    bytes.toString("hex"),
  ];
  return [...new Set(forms)].filter((form) => form !== "").sort((one, other) => other.length - one.length);
}

/** How much of what a server said is kept, in characters. */
const saidLimit = 300;

/**
 * What someone else's server or library said, as it may be shown and kept: on one line, cut, and without the secrets,
 * in whatever form it repeats them.
 */
export function saidWithout(text: string, secrets: readonly Secret[]): string {
  let said = text;
  for (const secret of secrets) {
    for (const form of formsOf(secret.reveal())) said = said.replaceAll(form, redactionMark);
  }
  const line = scrubText(said)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  return line.length > saidLimit ? `${line.slice(0, saidLimit)}…` : line;
}
