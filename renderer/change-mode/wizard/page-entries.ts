import type { WizardPage } from "../../../electron/contract/wizard.ts";
import { controlName } from "./page-labels.ts";
import { asksForSomething, pageMarks } from "./page-marks.ts";

/** What is to be done with one control of a page. */
export interface PageEntry {
  /** Its number on the drawing; null for a control that is left alone. */
  readonly mark: number | null;
  readonly name: string;
  /** What to type or choose; null when nothing can be said, then `note` says why. */
  readonly value: string | null;
  /** `typed` values can be copied; a `secret` has none here. */
  readonly kind: "chosen" | "typed" | "secret" | "ticked";
  readonly note: string;
}

/** What is to be done on a page, one control after the other. A secret's value is in none of them. */
export function pageEntries(page: WizardPage): readonly PageEntry[] {
  const marks = pageMarks(page).controls;
  return page.controls.flatMap((control, index): PageEntry[] => {
    const common = { mark: marks[index] ?? null, name: controlName(control, page) };
    switch (control.kind) {
      case "choice":
        return asksForSomething(control)
          ? [
              {
                ...common,
                name: control.caption === null ? "Choose" : common.name,
                value: control.choose,
                kind: "chosen",
                note: "",
              },
            ]
          : [];
      case "field":
        if (control.state === "greyed") return [];
        return [{ ...common, value: control.value, kind: "typed", note: "Not entered yet" }];
      case "secret":
        return [
          {
            ...common,
            value: null,
            kind: "secret",
            note:
              control.state === "greyed"
                ? "Greyed: nothing is typed"
                : control.leaveEmpty
                  ? "Stays empty"
                  : "Typed in the installer alone",
          },
        ];
      case "checkBox":
        return [
          { ...common, value: null, kind: "ticked", note: control.checked ? "Tick it" : "Leave it without its tick" },
        ];
      case "text":
      case "part":
        return [];
      default:
        return control satisfies never;
    }
  });
}
