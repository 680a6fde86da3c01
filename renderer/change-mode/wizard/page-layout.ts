import type { WizardControl, WizardPage } from "../../../electron/contract/wizard.ts";
import type { PageMarks } from "./page-marks.ts";

/** The drawing's measures in its own units, a pixel at 100 %. */
export const pageWidth = 540;
export const headHeight = 82;
export const footHeight = 46;
export const boxHeight = 22;
/** Where captions begin and fields end. */
export const captionLeft = 26;
export const fieldRight = 464;

const usualFieldLeft = 176;
const leastBody = 150;
/** The width of a letter at the drawing's type size, on the safe side. */
const letter = 6.6;
const areaWidth = fieldRight - captionLeft;

interface Placed {
  readonly y: number;
  readonly mark: number | null;
}

/** What is drawn in the body of a page, with its place. */
export type PageItem = Placed &
  (
    | { readonly kind: "words"; readonly text: string }
    | {
        readonly kind: "box";
        readonly caption: string | null;
        readonly left: number;
        readonly value: string;
        readonly greyed: boolean;
        readonly drop: boolean;
        /** What is said below the box; null for nothing. */
        readonly note: string | null;
      }
    | {
        readonly kind: "options";
        /** `rows` for the great buttons of the maintenance page. */
        readonly look: "radios" | "rows";
        readonly options: readonly { readonly caption: string; readonly chosen: boolean; readonly y: number }[];
      }
    | { readonly kind: "check"; readonly caption: string; readonly checked: boolean; readonly left: number }
    | { readonly kind: "area"; readonly lines: readonly string[]; readonly height: number; readonly glyph: boolean }
  );

export interface PageLayout {
  readonly items: readonly PageItem[];
  readonly bodyHeight: number;
}

/** Breaks a text into lines of at most so many letters, between words. */
export function linesOf(text: string, longest: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= longest) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Cuts a text to a width, the last letter a sign that it goes on. */
export function cutTo(text: string, width: number): string {
  const longest = Math.floor(width / letter);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** Where the fields of a page begin: beside its longest caption. */
function fieldLeftOf(controls: readonly WizardControl[]): number {
  const captions = controls.flatMap((control) =>
    (control.kind === "field" || control.kind === "secret" || control.kind === "choice") && control.caption !== null
      ? [control.caption.length]
      : [],
  );
  return Math.max(usualFieldLeft, Math.ceil(captionLeft + Math.max(0, ...captions) * letter + 16));
}

const optionHeight = { radios: 28, rows: 42 } as const;

/** Places a page's controls one below the other, as its installer does. */
export function layoutOf(page: WizardPage, marks: PageMarks): PageLayout {
  const left = fieldLeftOf(page.controls);
  // Boxes begin beside their captions only where there are captions.
  const checkLeft = page.controls.some((control) => control.kind === "choice" || control.kind === "field")
    ? left
    : captionLeft;
  const items: PageItem[] = [];
  let y = headHeight + 14;

  const area = (text: string, alone: boolean): void => {
    const lines = linesOf(text, alone ? 52 : 62);
    const height = Math.max(alone ? 108 : 48, lines.length * 17 + 28);
    items.push({ kind: "area", y, mark: null, lines, height, glyph: alone });
    y += height + 14;
  };

  const box = (
    control: Extract<WizardControl, { kind: "choice" | "field" | "secret" }>,
    value: string,
    mark: number | null,
    note: string | null,
  ): void => {
    // A box without a caption belongs to the one above it, as near as the frames of the two allow.
    if (control.caption === null && items.at(-1)?.kind === "box" && mark === null) y -= 6;
    items.push({
      kind: "box",
      y,
      mark,
      caption: control.caption,
      left,
      value,
      greyed: control.state === "greyed",
      drop: control.kind === "choice",
      note,
    });
    y += note === null ? 36 : 46;
  };

  page.controls.forEach((control, index) => {
    const mark = marks.controls[index] ?? null;
    switch (control.kind) {
      case "text":
        items.push({ kind: "words", y, mark, text: control.caption });
        y += 28;
        break;
      case "choice":
        if (control.caption === null) {
          const look = page.id === "maintenance" ? "rows" : "radios";
          const options = control.options.map((caption, at) => ({
            caption,
            chosen: caption === control.choose,
            y: y + at * optionHeight[look],
          }));
          items.push({ kind: "options", y, mark, look, options });
          y += control.options.length * optionHeight[look] + 6;
        } else {
          box(control, control.choose ?? "", mark, null);
        }
        break;
      case "field":
        box(control, control.value ?? "", mark, null);
        break;
      case "secret":
        box(control, "", mark, control.leaveEmpty ? "stays empty" : "typed in the installer alone");
        break;
      case "checkBox":
        items.push({
          kind: "check",
          y: mark === null ? y - 6 : y,
          mark,
          caption: control.caption,
          checked: control.checked,
          left: checkLeft,
        });
        y += 30;
        break;
      case "part":
        area(control.description, page.controls.length === 1);
        break;
    }
  });
  if (page.controls.length === 0) area("Nothing is to be set on this page.", true);
  return { items, bodyHeight: Math.max(leastBody, y - headHeight) };
}

/** The width of the area that stands for what no source shows. */
export const hatchedWidth = areaWidth;
