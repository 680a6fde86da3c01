/** A piece of an advice: words, or a command to be copied. */
export interface AdvicePiece {
  readonly kind: "words" | "command" | "name";
  readonly text: string;
}

const command =
  /(?:^|: )((?:(?:Get|Set|New|Add|Remove|Test|Start|Stop|Restart|Enable|Disable|Connect|Grant|Update)-[A-Z]\w+|msiexec(?:\.exe)?) .*)$/;

/**
 * An advice taken apart: a command at its end, or by itself, gets a line and a copy button of its own; what stands
 * between grave accents is a name or value and is shown monospaced.
 */
export function advicePieces(advice: string): AdvicePiece[] {
  const found = command.exec(advice)?.[1];
  const words = found === undefined ? advice : advice.slice(0, advice.length - found.length);
  const pieces = words
    .split(/`([^`]+)`/)
    .map((text, index): AdvicePiece => ({ kind: index % 2 === 0 ? "words" : "name", text }))
    .filter((piece) => piece.text !== "");
  return found === undefined ? pieces : [...pieces, { kind: "command", text: found }];
}
