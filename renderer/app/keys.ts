import { useEffect } from "react";
import { useOpenDialog } from "../about/open-dialog.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { screenBeside } from "../store/screens.ts";

/** The window's keys, as the list of keys shows them. */
export const keys: readonly { readonly press: string; readonly does: string }[] = [
  { press: "Alt + Right", does: "Next step" },
  { press: "Alt + Left", does: "Step before" },
  { press: "Ctrl + K", does: "Find a step, a finding or a command" },
  { press: "F1", does: "User guide, at this step" },
  { press: "F5 or Ctrl + R", does: "Look at the server again" },
  { press: "Tab, Shift + Tab", does: "From one control to the next, and back" },
  { press: "Enter or Space", does: "Press, open or fold what has the focus" },
  { press: "Escape", does: "Close a menu or dialog" },
];

/** Listens for the window's keys. A dialog that is open keeps them to itself. */
export function useKeys(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const store = useAssistant.getState();
      const reload = event.key === "F5" || (event.ctrlKey && !event.shiftKey && event.key.toLowerCase() === "r");
      const turn = event.altKey && !event.ctrlKey && (event.key === "ArrowLeft" || event.key === "ArrowRight");
      const find = event.ctrlKey && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
      const help = event.key === "F1" && !event.ctrlKey && !event.altKey && !event.shiftKey;
      // On the start page nothing is on show yet that could be looked at or turned.
      if (!help && store.starting) return;
      if (!reload && !turn && !help && !find) return;
      event.preventDefault();
      if (document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return;
      if (help || find) useOpenDialog.getState().show(help ? "help" : "palette");
      else if (reload) void store.look();
      else {
        const beside = screenBeside(store.screen, event.key === "ArrowLeft" ? -1 : 1);
        if (beside !== null) store.go(beside);
      }
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
}
