import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  Textarea,
} from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import type { Finding } from "../../electron/contract/checklist.ts";
import { shownTarget, useAssistant } from "../store/assistant-store.ts";
import { dayAfter, isDay } from "../ui/day.ts";

/** Ninety days: long enough for a change window, short enough not to be forgotten. */
const usualDays = 90;

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "12px", padding: "4px 0 12px" },
});

/** Asks why, who and until when a finding is accepted as it is. */
export function AcceptanceDialog({
  finding,
  onClose,
}: {
  readonly finding: Finding;
  readonly onClose: () => void;
}): ReactElement {
  const styles = useStyles();
  const editTarget = useAssistant((store) => store.editTarget);
  const today = useAssistant((store) => store.state?.checklist.today ?? "");
  const [reason, setReason] = useState("");
  const [by, setBy] = useState("");
  const [until, setUntil] = useState(dayAfter(today, usualDays));
  const [asked, setAsked] = useState(false);
  const faults = {
    reason: reason.trim() === "" ? "Say why it may stay as it is." : undefined,
    by: by.trim() === "" ? "Say who accepts it." : undefined,
    until: !isDay(until) ? "Choose a day." : until < today ? "This day has passed. Choose a later one." : undefined,
  };
  const accept = (): void => {
    setAsked(true);
    if (faults.reason !== undefined || faults.by !== undefined || faults.until !== undefined) return;
    const others =
      shownTarget(useAssistant.getState())?.accepted?.filter((entry) => entry.finding !== finding.id) ?? [];
    editTarget({ accepted: [...others, { finding: finding.id, reason: reason.trim(), by: by.trim(), until }] }, "now");
    onClose();
  };
  const shown = (fault: string | undefined): { validationMessage?: string } =>
    asked && fault !== undefined ? { validationMessage: fault } : {};
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface>
        {/* What is missing is said by the fields themselves, not by the browser. */}
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            accept();
          }}
        >
          <DialogBody>
            <DialogTitle>Accept: {finding.title}</DialogTitle>
            <DialogContent className={styles.form}>
              <span>
                For this server: it stays on the list and in the report with your reason, and does not count until that
                day.
              </span>
              <Field label="Reason" required {...shown(faults.reason)}>
                <Textarea value={reason} rows={2} onChange={(_event, data) => setReason(data.value)} />
              </Field>
              <Field label="Accepted by" required {...shown(faults.by)}>
                <Input value={by} autoComplete="name" onChange={(_event, data) => setBy(data.value)} />
              </Field>
              <Field label="Until" required {...shown(faults.until)}>
                <Input type="date" min={today} value={until} onChange={(_event, data) => setUntil(data.value)} />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button appearance="primary" type="submit">
                Accept
              </Button>
              <Button onClick={onClose}>Cancel</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
