import type { WizardControl, WizardPage } from "../../../electron/contract/wizard.ts";
import { buttonOn, type PageMarks } from "./page-marks.ts";

/** What a control is called where the page gives it no caption. */
export function controlName(control: WizardControl, page: Pick<WizardPage, "id">): string {
  switch (control.kind) {
    case "text":
    case "checkBox":
      return control.caption;
    case "part":
      return control.description;
    case "choice":
      return control.caption === null ? "Choice" : control.caption.replace(/:$/, "");
    case "field":
      return (
        control.caption?.replace(/:$/, "") ??
        (page.id === "mailServer" ? "Mail server’s name" : "Field without a caption")
      );
    case "secret":
      return control.caption?.replace(/:$/, "") ?? "Password";
  }
}

function controlWords(control: WizardControl, page: WizardPage, mark: number | null): string {
  const marked = mark === null ? "" : `, marked ${mark}`;
  const greyed = "state" in control && control.state === "greyed" ? "greyed, " : "";
  const name = controlName(control, page);
  switch (control.kind) {
    case "text":
      return control.caption;
    case "choice": {
      const chosen = control.choose ?? "nothing to choose";
      return control.caption === null
        ? `${control.options.map((option) => (option === control.choose ? `${option.replace(/\.$/, "")}: chosen${marked}` : `${option.replace(/\.$/, "")}: not chosen`)).join("; ")}.`
        : `${name}: ${greyed}${chosen}${marked}.`;
    }
    case "field":
      if (control.state === "greyed") return `${name}: greyed${control.value === null ? "" : `, ${control.value}`}.`;
      return `${name}: ${control.value ?? "not entered yet"}${marked}.`;
    case "secret":
      return `${name}: ${greyed}${control.leaveEmpty ? "stays empty" : "typed in the installer alone"}${marked}.`;
    case "checkBox":
      return `${name}: ${greyed}${control.checked ? "checked" : "not checked"}${marked}.`;
    case "part":
      return `An area that no source shows: ${control.description}.`;
  }
}

/** All that the drawing of a page says, for whoever does not see it. */
export function pageDescription(page: WizardPage, marks: PageMarks): string {
  const title = page.subtitle === null ? page.title : `${page.title}, ${page.subtitle}`;
  const called = page.titleIsCaption
    ? `Drawing of the installer’s page “${title}”.`
    : `Drawing of the installer’s page for “${title}”, a title in our words.`;
  const controls = page.controls.map((control, index) => controlWords(control, page, marks.controls[index] ?? null));
  if (page.controls.length === 0) controls.push("Nothing is to be set on this page.");
  const button = `Then ${buttonOn(page)}${marks.button === null ? "" : `, marked ${marks.button}`}.`;
  return [called, ...controls, button].join(" ");
}

/** What a drawing shows that no source does, in words for below it; null when all of it is known. */
export function unknownLook(page: WizardPage): string | null {
  const area = page.controls.length === 0 || page.controls.some((control) => control.kind === "part");
  if (area && !page.titleIsCaption) return "Title and hatched area are ours: no source shows this page.";
  if (area) return "The hatched area is ours: no source shows how that part of the page looks.";
  return page.titleIsCaption ? null : "The title is ours: no source shows the one of this page.";
}

/** What is said of a picture that was kept, with parts blacked out, in the place of another. */
export function keptWords(isReplaced: boolean): string {
  return isReplaced
    ? "Picture kept."
    : "The new picture is kept, but the one before it could not be removed and still shows everything.";
}
