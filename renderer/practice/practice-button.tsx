import { Button } from "@fluentui/react-components";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import { useElement } from "../ui/element.ts";

const PracticeDialog = lazy(async () => ({ default: (await import("./practice-dialog.tsx")).PracticeDialog }));

/** The way to everything that only the practice server can; null on any other server. */
export function PracticeButton(): ReactElement | null {
  const isPractice = useAssistant((store) => store.state?.practice != null);
  const [open, setOpen] = useState(false);
  const { element: button, hold } = useElement<HTMLButtonElement>();
  if (!isPractice) return null;
  const close = (): void => {
    setOpen(false);
    // After the dialog is gone: until then what is behind it cannot take the focus.
    setTimeout(() => button.current?.focus());
  };
  return (
    <>
      <Button
        ref={hold}
        size="small"
        appearance="subtle"
        aria-haspopup="dialog"
        title="Restarts, time, mail and faults of the practice server"
        onClick={() => setOpen(true)}
        data-practice
      >
        Rehearse…
      </Button>
      {open && (
        <Suspense>
          <PracticeDialog onClose={close} />
        </Suspense>
      )}
    </>
  );
}
