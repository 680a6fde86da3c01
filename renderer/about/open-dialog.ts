import { create } from "zustand";

interface OpenDialog {
  readonly open: "help" | "about" | "palette" | null;
  readonly show: (open: "help" | "about" | "palette") => void;
  readonly close: () => void;
  /** Closes it for something else that takes the focus. */
  readonly leave: () => void;
}

/** Which of the window's own dialogs is open: the user guide, what the program is, or the palette. What had the focus gets it back. */
export const useOpenDialog = create<OpenDialog>()((set) => {
  let opener: Element | null = null;
  return {
    open: null,
    show: (open) => {
      opener = document.activeElement;
      set({ open });
    },
    leave: () => set({ open: null }),
    close: () => {
      set({ open: null });
      // After the dialog is gone: until then what is behind it cannot take the focus. A menu's entry is gone as well.
      const back = opener instanceof HTMLElement && opener !== document.body ? opener : null;
      setTimeout(() => {
        const shown = back?.isConnected === true && back.offsetParent !== null ? back : null;
        (shown ?? document.querySelector<HTMLElement>("[data-more]"))?.focus();
      });
    },
  };
});
