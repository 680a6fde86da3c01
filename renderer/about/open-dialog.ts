import { create } from "zustand";

interface OpenDialog {
  readonly open: "help" | "about" | null;
  readonly show: (open: "help" | "about") => void;
  readonly close: () => void;
}

/** Which of the window's own dialogs is open: the user guide, or what the program is. What had the focus gets it back. */
export const useOpenDialog = create<OpenDialog>()((set) => {
  let opener: Element | null = null;
  return {
    open: null,
    show: (open) => {
      opener = document.activeElement;
      set({ open });
    },
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
