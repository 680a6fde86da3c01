import { visit } from "jsonc-parser";
import type * as z from "zod";
import { InputProblem } from "./input-problem.ts";

/** Turns the path zod gives into what a person finds in the file: `registry["HKLM\\…"].values.Enabled.data`. */
function placeOf(path: readonly PropertyKey[]): string {
  let place = "";
  for (const part of path) {
    if (typeof part === "number") place += `[${part}]`;
    else if (/^[A-Za-z_]\w*$/.test(String(part))) place += place === "" ? String(part) : `.${String(part)}`;
    else place += `[${JSON.stringify(String(part))}]`;
  }
  return place;
}

/** Line and column, from 1, of an offset in a text. */
function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return `line ${line}, column ${offset - before.lastIndexOf("\n")}`;
}

/** Where the first fault of a JSON text is: V8 does not always say. */
function firstFault(text: string): number | null {
  let fault: number | null = null;
  visit(
    text,
    {
      onError: (_code, offset) => {
        fault ??= offset;
      },
    },
    { disallowComments: true },
  );
  return fault;
}

/** As deep as anything that is read may be nested; what is read here is nested less than ten deep. */
const deepest = 200;

/** Where a text is nested deeper than anything may be; null when it is not. Brackets in texts do not count. */
function tooDeepAt(text: string): number | null {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isText) {
      if (character === "\\") at += 1;
      else if (character === '"') isText = false;
    } else if (character === '"') isText = true;
    else if (character === "[" || character === "{") {
      depth += 1;
      if (depth > deepest) return at;
    } else if (character === "]" || character === "}") depth -= 1;
  }
  return null;
}

function parse(text: string, what: string, where: string): unknown {
  const deepAt = tooDeepAt(text);
  if (deepAt !== null) {
    throw new InputProblem(
      "too-deep",
      `the ${what} is nested more than ${deepest} deep`,
      `${where}, ${lineAndColumn(text, deepAt)}`,
      "Make the file anew; none that this product writes is.",
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const offset = firstFault(text) ?? 0;
    const atEnd = /unexpected end|unterminated string/i.test(reason) || offset >= text.trimEnd().length;
    const place = lineAndColumn(text, atEnd ? text.length : offset);
    throw new InputProblem(
      "not-json",
      atEnd ? `the ${what} ends before it is complete` : `the ${what} is not JSON`,
      `${where}, ${place}`,
      atEnd ? "Copy the file again; a part of it is missing." : "Open the file in an editor and mend that place.",
    );
  }
}

/** UTF-8 bytes as text, the byte-order mark taken off; other encodings are refused by name. */
export function decodeText(bytes: Uint8Array, what: string, where: string): string {
  const [first, second] = bytes;
  const utf16 =
    (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0;
  if (utf16) {
    throw new InputProblem("utf16", `the ${what} is in UTF-16`, where, "Save it as UTF-8 and try again.");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InputProblem("not-utf8", `the ${what} is not text in UTF-8`, where, "Save it as UTF-8 and try again.");
  }
}

/**
 * JSON text, checked against a schema. Throws an InputProblem that names the file and the place in it.
 * @param what what the text is, as a person calls it: "recording", "target"
 */
export function readStrictJson<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  what: string,
  where: string,
): z.output<Schema> {
  const parsed = schema.safeParse(parse(text.replace(/^\uFEFF/, ""), what, where));
  if (parsed.success) return parsed.data;
  const [issue, ...more] = parsed.error.issues;
  const others = more.length === 0 ? "" : `, and ${more.length} more`;
  const unknownKeys = issue?.code === "unrecognized_keys" ? issue.keys : [];
  const place = placeOf([...(issue?.path ?? []), ...unknownKeys.slice(0, 1)]);
  const message =
    unknownKeys.length > 0
      ? `the ${what} has a property that is not known: ${unknownKeys.join(", ")}`
      : `the ${what} is not valid: ${place === "" ? "the whole" : place}: ${issue?.message ?? "wrong"}`;
  throw new InputProblem(
    "malformed",
    message + others,
    place === "" ? where : `${where}, at ${place}`,
    "Mend that place, or make the file anew.",
  );
}
