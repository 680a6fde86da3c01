import type { WizardControl, WizardPage } from "../../../electron/contract/wizard.ts";

/** The numbers on a drawn page: one a control that asks for something, then the button to press; null without one. */
export interface PageMarks {
  /** In the order of the page's controls. */
  readonly controls: readonly (number | null)[];
  readonly button: number | null;
}

/** True for a control that the person has to do something with. */
export function asksForSomething(control: WizardControl): boolean {
  switch (control.kind) {
    case "choice":
      return control.state === "enabled" && control.choose !== null;
    case "field":
      return control.state === "enabled";
    case "secret":
      return control.state === "enabled" && !control.leaveEmpty;
    case "checkBox":
      return control.state === "enabled" && control.checked;
    case "text":
    case "part":
      return false;
  }
}

/**
 * Numbers what is to be done on a page, in its order. With `only`, the caption of one control, that one is marked and
 * keeps the number it has among all; so is what has to be typed on the page, for no other step shows it.
 */
export function pageMarks(page: WizardPage, only?: string): PageMarks {
  let last = 0;
  const controls = page.controls.map((control) => {
    if (!asksForSomething(control)) return null;
    last += 1;
    const about = only === undefined || control.kind === "field" || ("caption" in control && control.caption === only);
    return about ? last : null;
  });
  return { controls, button: only === undefined ? last + 1 : null };
}

/** The caption of the button that leads on from a page. */
export function buttonOn(page: Pick<WizardPage, "id">): "Next" | "Install" {
  return page.id === "install" ? "Install" : "Next";
}
