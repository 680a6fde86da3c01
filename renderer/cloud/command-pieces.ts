/** A piece of a command: a word that is not torn apart, what stands between, or a place that the person fills in. */
export interface CommandPiece {
  readonly kind: "word" | "between" | "placeholder";
  readonly text: string;
}

/** The longest word that is kept whole, in characters: a GUID in quotation marks fits, a long list of them does not. */
const longestWord = 44;

const placeholder = /(<[^<>\r\n]+>)/;

function kindOf(text: string): CommandPiece["kind"] {
  if (placeholder.test(text)) return "placeholder";
  return /^\s+$/.test(text) || text.length > longestWord ? "between" : "word";
}

/** A command taken apart at its blanks and at its placeholders, which stand between angle brackets: `<service e-mail>`. */
export function commandPieces(command: string): CommandPiece[] {
  return command
    .split(placeholder)
    .flatMap((text) => (placeholder.test(text) ? [text] : text.split(/(\s+)/)))
    .filter((text) => text !== "")
    .map((text) => ({ kind: kindOf(text), text }));
}

/** What is to be filled in before a command is run, each once and without its brackets. */
export function placeholdersIn(command: string): string[] {
  const found = commandPieces(command).filter(({ kind }) => kind === "placeholder");
  return [...new Set(found.map(({ text }) => text.slice(1, -1)))];
}

/** True for a command that changes something in Exchange Online: it holds more than reading and signing in. */
export function writes(command: string): boolean {
  return /\b(?:Set|New|Add|Remove|Enable|Disable|Grant|Update)-[A-Z]\w+/.test(command);
}

/** The most lines that are shown of a command unasked; a longer one is a script. */
const shownLines = 6;
/** What is shown of a script while it is folded, in lines. */
const foldedLines = 3;

/** A command as it is shown folded, and how many lines it has; null when it is short enough to be shown whole. */
export function foldedCommand(command: string): { readonly text: string; readonly lines: number } | null {
  const lines = command.split("\n");
  return lines.length <= shownLines ? null : { text: lines.slice(0, foldedLines).join("\n"), lines: lines.length };
}
