import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import type { Finding } from "../../electron/contract/checklist.ts";
import type { Remedy } from "../../electron/contract/remedy.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { readableDay } from "../ui/day.ts";

const useStyles = makeStyles({
  // As wide as the other rows' buttons.
  button: { minWidth: "96px" },
  text: { margin: "0 0 8px", lineHeight: "20px" },
  list: { margin: "0 0 12px", paddingLeft: "20px", lineHeight: "20px" },
  when: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

/** Confirms in its row what only a person can know, with what has to be looked at and the day it was. */
export function ConfirmButton({
  finding,
  field,
  label,
  leads = false,
}: {
  readonly finding: Finding;
  readonly field: Extract<Remedy, { kind: "confirm" }>["field"];
  readonly label: string;
  /** True on the card of the next step: the one primary button. */
  readonly leads?: boolean;
}): ReactElement {
  const styles = useStyles();
  const editTarget = useAssistant((store) => store.editTarget);
  const busy = useAssistant((store) => store.work === "turn");
  const today = useAssistant((store) => store.state?.checklist.today ?? "");
  const [open, setOpen] = useState(false);
  const confirm = (): void => {
    setOpen(false);
    editTarget({ [field]: today }, "now");
    // The row goes with this: the focus stays where one can go on from.
    setTimeout(() => document.getElementById("to-do-title")?.focus());
  };
  return (
    <Dialog open={open} onOpenChange={(_event, data) => setOpen(data.open)}>
      <DialogTrigger disableButtonEnhancement>
        <Button
          className={styles.button}
          appearance={leads ? "primary" : "secondary"}
          size={leads ? "medium" : "small"}
          disabledFocusable={busy}
          aria-label={label}
        >
          Confirm…
        </Button>
      </DialogTrigger>
      <DialogSurface data-confirming={field}>
        <DialogBody>
          <DialogTitle>{finding.title}</DialogTitle>
          <DialogContent>
            <p className={styles.text}>{finding.expected}.</p>
            <ul className={styles.list}>
              {finding.advice.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ul>
            <p className={styles.when}>Looked at today, {readableDay(today)}. It counts for this server.</p>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={confirm}>
              Confirm
            </Button>
            <DialogTrigger disableButtonEnhancement>
              <Button>Cancel</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
