import type { MenuItemConstructorOptions } from "electron";

/** The menu behind the Alt key: only what keys are needed for, editing and the size of the text. */
export const menuTemplate: MenuItemConstructorOptions[] = [
  { label: "&File", submenu: [{ role: "quit" }] },
  { role: "editMenu" },
  {
    label: "&View",
    submenu: [
      { role: "resetZoom" },
      { role: "zoomIn" },
      { role: "zoomOut" },
      { type: "separator" },
      { role: "togglefullscreen" },
    ],
  },
];
