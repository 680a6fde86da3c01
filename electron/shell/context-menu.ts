import type { ContextMenuParams, MenuItemConstructorOptions } from "electron";

/** What a right-click is told of the place it was made at. */
export type ClickedPlace = Pick<ContextMenuParams, "isEditable" | "selectionText"> & {
  readonly editFlags: Pick<ContextMenuParams["editFlags"], "canCut" | "canCopy" | "canPaste" | "canSelectAll">;
};

/**
 * The menu of a right-click, which Electron has none of by itself: editing where something is typed, copying where a text
 * is chosen. Null where there is nothing to do.
 */
export function contextMenu({
  isEditable,
  selectionText,
  editFlags,
}: ClickedPlace): MenuItemConstructorOptions[] | null {
  if (!isEditable) return selectionText.trim() === "" ? null : [{ role: "copy", enabled: editFlags.canCopy }];
  return [
    { role: "cut", enabled: editFlags.canCut },
    { role: "copy", enabled: editFlags.canCopy },
    { role: "paste", enabled: editFlags.canPaste },
    { type: "separator" },
    { role: "selectAll", enabled: editFlags.canSelectAll },
  ];
}
