import { describe, expect, test } from "vitest";
import { type ClickedPlace, contextMenu } from "../../../electron/shell/context-menu.ts";
import { menuTemplate } from "../../../electron/shell/menu.ts";

const editFlags = { canCut: false, canCopy: true, canPaste: true, canSelectAll: true };
const place = (changes: Partial<ClickedPlace>): ClickedPlace => ({
  isEditable: false,
  selectionText: "",
  editFlags,
  ...changes,
});

describe("a right-click", () => {
  test("pastes where something is typed, as far as there is something to paste", () => {
    expect(contextMenu(place({ isEditable: true }))).toContainEqual({ role: "paste", enabled: true });
    const empty = { ...editFlags, canPaste: false };
    expect(contextMenu(place({ isEditable: true, editFlags: empty }))).toContainEqual({
      role: "paste",
      enabled: false,
    });
  });

  test("copies a text that is chosen, and nothing else of a page", () => {
    expect(contextMenu(place({ selectionText: "6e0c9a1f" }))).toEqual([{ role: "copy", enabled: true }]);
  });

  test("has no menu where there is nothing to do", () => {
    expect(contextMenu(place({ selectionText: " \n" }))).toBeNull();
  });
});

test("the menu of the window carries the keys of editing", () => {
  expect(menuTemplate).toContainEqual({ role: "editMenu" });
});
