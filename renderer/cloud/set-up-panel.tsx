import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import { useElement } from "../ui/element.ts";
import { Panel } from "../ui/panel.tsx";

const SetUpDialog = lazy(async () => ({ default: (await import("./set-up-dialog.tsx")).SetUpDialog }));

const useStyles = makeStyles({
  text: { margin: "0 0 12px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

/** The way to the guided set-up of the application. */
export function SetUpPanel(): ReactElement | null {
  const styles = useStyles();
  const parts = useAssistant((store) => store.state?.cloud.setUp);
  const [open, setOpen] = useState(false);
  const { element: button, hold } = useElement<HTMLButtonElement>();
  if (parts === undefined || parts.length === 0) return null;
  const close = (): void => {
    setOpen(false);
    // After the dialog is gone: until then what is behind it cannot take the focus.
    setTimeout(() => button.current?.focus());
  };
  return (
    <Panel title="No application yet?">
      <p className={styles.text}>
        What to do in Entra and Exchange Online, step by step, with commands filled in for your application.
      </p>
      <Button ref={hold} aria-haspopup="dialog" onClick={() => setOpen(true)} data-set-up>
        Set up the application…
      </Button>
      {open && (
        <Suspense>
          <SetUpDialog parts={parts} onClose={close} />
        </Suspense>
      )}
    </Panel>
  );
}
