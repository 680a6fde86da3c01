import type { About } from "../../electron/contract/about.ts";

/** The packages whose name or licence holds every word that was typed, in any case. */
export function licencesWith(licences: About["licences"], typed: string): About["licences"] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return licences.filter(({ name, licence }) => {
    const text = `${name} ${licence}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
