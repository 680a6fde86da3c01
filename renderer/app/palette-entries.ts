/** Something the palette leads to or does. */
export interface PaletteEntry {
  /** Its own among all entries. */
  readonly id: string;
  readonly label: string;
  /** What it is, beside its name: "Step", "Finding, to change", "Command". */
  readonly kind: string;
  /** False for what is found only once it is asked for: there are many. */
  readonly atFirst: boolean;
  readonly run: () => void;
}

/** As many entries as are shown at once. */
const shownAtMost = 40;

/**
 * The entries whose name or kind holds every word that was typed, in any case: those that begin with what was typed come
 * first. While nothing is typed, those that are shown at first.
 */
export function entriesFor(entries: readonly PaletteEntry[], typed: string): readonly PaletteEntry[] {
  const whole = typed.trim().toLowerCase();
  const words = whole.split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries.filter(({ atFirst }) => atFirst);
  const found = entries.filter(({ label, kind }) => {
    const text = `${label} ${kind}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const begins = ({ label }: PaletteEntry): boolean => label.toLowerCase().startsWith(whole);
  return [...found.filter(begins), ...found.filter((entry) => !begins(entry))].slice(0, shownAtMost);
}
