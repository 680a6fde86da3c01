import { clientSecretForm, encryptedForm, namesSecret, secretWords, webTokenForm } from "../contract/secret-signs.ts";

/**
 * What stands in a log where a secret was: what Windows Installer itself writes for the value of a hidden property.
 * Source: https://learn.microsoft.com/en-us/windows/win32/msi/msihiddenproperties
 */
export const hiddenMark = "**********";

/**
 * How a secret gave itself away: by the name before it, as a value typed this time, by the form of an Entra client
 * secret, or by the form of a token.
 */
export type SecretSign = "name" | "typed" | "clientSecret" | "token";

/** One secret in clear. Its text is nowhere in here. */
export interface FoundSecret {
  readonly sign: SecretSign;
  /** The property or value it belongs to; null when the log names none. */
  readonly name: string | null;
}

/** A line without its secrets. */
export interface MaskedLine {
  readonly text: string;
  readonly found: readonly FoundSecret[];
  /** True when the secret may go on in the next line: its end was not seen in this one. */
  readonly open: boolean;
}

/** Finds the next place at or after `from` where a line may hold a secret; -1 when there is none. */
export type Search = (text: string, from: number) => number;

const by = (pattern: RegExp): Search => {
  return (text, from) => {
    pattern.lastIndex = from;
    return pattern.exec(text)?.index ?? -1;
  };
};

/**
 * The places that may hold a secret; only lines with one are looked at closely. `Q~` and `eyJ` begin forms told below,
 * `AQAAANC` an encrypted value; AADSTS is Microsoft Entra ID's. A public key token is no secret, and logs are full of
 * them. They run over a whole log: V8 skips through a text only for few alternatives of about one length, and split
 * like this, without flags, they take a fifth of the time of one expression.
 */
export function secretSearches(typed: readonly string[]): readonly Search[] {
  return [
    by(/[pP][aA][sS][sS][wWpP]|[sS][eE][cC][rR][eE]|[cC][rR][eE][dD][eE]|AQAAANC|AADSTS/g),
    by(/(?<![kK][eE][yY][tT])[oO][kK][eE][nN]|[iIpPtTeEsSdDrRyYnN][_ -]?[kK][eE][yY]/g),
    by(/[pP][wW][dD]|eyJ/g),
    ...["Q~", ...typed].map(
      (value): Search =>
        (text, from) =>
          text.indexOf(value, from),
    ),
  ];
}

/** Typed values shorter than this would be found in every other word; they are looked for by name only. */
const shortestTyped = 4;

/** The typed values that can be looked for, the longest first so that none is cut by a shorter one. */
export function searchable(typed: readonly string[]): readonly string[] {
  return [...new Set(typed)]
    .filter((value) => value.trim().length >= shortestTyped && !/^\*+$/.test(value) && !/[\r\n]/.test(value))
    .sort((a, b) => b.length - a.length);
}

const propertyLine = /^(?:\ufeff|ï»¿)?Property\([SCN]\): ([^\s=]+) = /;
const propertyChange = /PROPERTY CHANGE: (?:Adding|Modifying|Deleting) (\S+) property\. /;
const masked = /^["']?\*{10}(?![^\s,;)"'])/;

/** A text without the quotation marks around it. One pass from each end, however many there are. */
export function unquoted(text: string): string {
  const isMark = (at: number): boolean => text[at] === '"' || text[at] === "'";
  let from = 0;
  let to = text.length;
  while (from < to && isMark(from)) from += 1;
  while (to > from && isMark(to - 1)) to -= 1;
  return text.slice(from, to);
}

const longestNoSecret = 40;

/** True for what stands where a secret would and is none: nothing, the mark, or a mere yes or no. */
function isNoSecret(value: string): boolean {
  const trimmed = value.trim();
  if (trimmed.length > longestNoSecret) return false;
  const bare = unquoted(trimmed);
  return bare.trim() === "" || bare === hiddenMark || /^(?:[01]|true|false|\(?null\)?)$/i.test(bare);
}

/** More rounds than any line needs: each takes characters away that are no asterisks. */
const roundLimit = 1000;

/**
 * A line of a log without its secrets. Doing it twice gives the same as doing it once.
 * @param line without its line end
 * @param typed what {@link searchable} gave for the values typed this time
 */
export function maskLine(line: string, typed: readonly string[]): MaskedLine {
  let result = maskOnce(line, typed);
  // What was masked may make up a new sign together with what stands around it: only then a second round finds more.
  for (let round = 0, before = line; round < roundLimit && result.text !== before; round += 1) {
    before = result.text;
    const next = maskOnce(before, typed);
    result = { text: next.text, found: [...result.found, ...next.found], open: result.open || next.open };
  }
  return result;
}

function maskOnce(line: string, typed: readonly string[]): MaskedLine {
  const { text, found } = maskForms(line, typed);
  const property = propertyLine.exec(text);
  const change = property === null ? propertyChange.exec(text) : null;
  const told = property ?? change;
  const name = told?.[1] ?? "";
  if (told === null || !namesSecret(name)) {
    const assignments = maskAssignments(text);
    return { text: assignments.text, found: [...found, ...assignments.found], open: false };
  }
  const from = told.index + told[0].length;
  const rest = property !== null ? maskValue(text.slice(from)) : maskChange(text.slice(from));
  // Found by its text and by its name, it is one secret, told with its name.
  if (rest === null) return { text, found: found.map(({ sign }) => ({ sign, name })), open: false };
  return { text: text.slice(0, from) + rest.text, found: [{ sign: "name", name }], open: rest.open };
}

/** Masks what gives itself away without a name. */
function maskForms(
  line: string,
  typed: readonly string[],
): { readonly text: string; readonly found: readonly FoundSecret[] } {
  const found: FoundSecret[] = [];
  let text = line;
  for (const value of typed) {
    const pieces = text.split(value);
    for (let count = 1; count < pieces.length; count += 1) found.push({ sign: "typed", name: null });
    text = pieces.join(hiddenMark);
  }
  const mask = (form: RegExp, sign: SecretSign | null): void => {
    text = text.replace(form, () => {
      if (sign !== null) found.push({ sign, name: null });
      return hiddenMark;
    });
  };
  mask(clientSecretForm, "clientSecret");
  mask(webTokenForm, "token");
  mask(encryptedForm, null);
  return { text, found };
}

interface MaskedRest {
  readonly text: string;
  readonly open: boolean;
}

function maskValue(value: string): MaskedRest | null {
  return isNoSecret(value) ? null : { text: hiddenMark, open: true };
}

const newValue = "'. Its new value: '";

/** `Its value is '…'.`, `Its current value is '…'. Its new value: '…'.`; a value may go on in the next line. */
function maskChange(rest: string): MaskedRest | null {
  const head = /^Its (?:current )?value is '/.exec(rest)?.[0] ?? "";
  const body = rest.slice(head.length);
  const whole = body.trimEnd();
  if (head === "" || !whole.endsWith("'.")) {
    return isNoSecret(body) ? null : { text: head + hiddenMark, open: true };
  }
  const inner = whole.slice(0, -2);
  const at = inner.indexOf(newValue);
  const values = at === -1 ? [inner] : [inner.slice(0, at), inner.slice(at + newValue.length)];
  if (values.every(isNoSecret)) return null;
  const kept = values.map((value) => (isNoSecret(value) ? value : hiddenMark));
  return { text: `${head}${kept.join(newValue)}'.`, open: false };
}

/**
 * What may stand between a secret's name and its value: `=`, the quoted `"name": "`, XML's `key="name" value="`, and
 * the two ways in which Windows Installer tells a registry value, `Name=…,Value=` and `Name: …, Value: `.
 */
const assigned =
  /([\w.-]{0,80})(?:\s{0,4}=\s{0,4}|["']\s{0,4}:\s{0,4}(?=["'])|["']\s{1,4}value\s{0,4}=\s{0,4}|([,;]\s{0,4}Value\s{0,4}[=:]\s{0,4}))/iy;

/** Masks `NAME=value` wherever it stands in a line: command lines, connection strings, custom action data, JSON, XML. */
function maskAssignments(line: string): { readonly text: string; readonly found: readonly FoundSecret[] } {
  const found: FoundSecret[] = [];
  const part = new RegExp(secretWords, "gi");
  let text = "";
  let kept = 0;
  for (let sign = part.exec(line); sign !== null; sign = part.exec(line)) {
    const end = sign.index + sign[0].length;
    assigned.lastIndex = end;
    const between = assigned.exec(line);
    if (between === null) continue;
    const from = assigned.lastIndex;
    const before = nameBefore(line, sign.index);
    const name = before.text + sign[0] + (between[1] ?? "");
    if (!namesSecret(name)) continue;
    const to = between[2] !== undefined ? line.length : valueEnd(line, from, before.preceding === '"');
    part.lastIndex = Math.max(to, end);
    const value = line.slice(from, to);
    if (isNoSecret(value) || masked.test(value)) continue;
    // In `Name=X,Value=…` what stands before the name is no value.
    found.push({ sign: "name", name: before.certain || between[2] !== undefined ? name : null });
    text += line.slice(kept, from) + hiddenMark;
    kept = to;
  }
  return { text: text + line.slice(kept), found };
}

/** A name has at most this many characters before the part that gives it away. */
const nameReach = 80;

/** What belongs to the name before the part that gave it away; not certain when it may belong to a value before it. */
function nameBefore(
  line: string,
  at: number,
): { readonly text: string; readonly preceding: string; readonly certain: boolean } {
  let from = at;
  while (from > 0 && at - from < nameReach && /[\w.-]/.test(line.charAt(from - 1))) from -= 1;
  const preceding = line.charAt(from - 1);
  const certain = at - from < nameReach && (preceding === "" || /[\s("';,{[<@]/.test(preceding));
  return { text: line.slice(from, at), preceding, certain };
}

/**
 * Where a value ends: at the next blank outside of quotes, or, where the quote stands before the name, at the next
 * quote. Rather too much than half of a password.
 */
function valueEnd(line: string, from: number, quotedWhole: boolean): number {
  if (quotedWhole && line.charAt(from) !== '"') {
    const quote = line.indexOf('"', from);
    return quote === -1 ? line.length : quote;
  }
  let quote = "";
  for (let index = from; index < line.length; index += 1) {
    const character = line.charAt(index);
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") {
      quote = character;
    } else if (/\s/.test(character)) {
      return index;
    }
  }
  return line.length;
}
