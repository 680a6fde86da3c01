import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  MessageBar,
  MessageBarBody,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import { counted, sentence } from "../ui/phrases.ts";
import { useChangeMode } from "./change-mode-store.ts";

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: "12px", padding: "4px 0 8px", lineHeight: "20px" },
  text: { margin: 0 },
  path: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: "anywhere" },
});

/** Asks before the last run's log is replaced by a copy without its secrets. */
export function CleanLogDialog({
  log,
  secrets,
  onClose,
}: {
  readonly log: string;
  readonly secrets: number;
  readonly onClose: () => void;
}): ReactElement {
  const styles = useStyles();
  const cleanLog = useChangeMode((store) => store.cleanLog);
  const announce = useAssistant((store) => store.announce);
  // Cleaning leaves none: what is asked about stays what it was.
  const [asked] = useState({ log, secrets });
  const [cleaning, setCleaning] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const clean = async (): Promise<void> => {
    setCleaning(true);
    setFault(null);
    const result = await cleanLog();
    setCleaning(false);
    if (result === null) setFault("The log was not cleaned; the message at the top of the window says why.");
    else if (result.outcome !== "applied" && result.outcome !== "nothing") {
      setFault(`The log was not cleaned. ${result.reason === null ? "" : sentence(result.reason)}`.trim());
    } else {
      announce("The log is clean.");
      onClose();
    }
  };
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && !cleaning && onClose()}>
      <DialogSurface>
        <DialogBody data-clean-log>
          <DialogTitle>Clean the log?</DialogTitle>
          <DialogContent className={styles.content}>
            <p className={styles.text}>
              {asked.secrets === 1 ? "1 secret stands" : `${counted(asked.secrets, "secret")} stand`} in clear in{" "}
              <span className={styles.path}>{asked.log}</span>. The log is replaced by a copy with the same lines and
              without them. The original cannot be brought back.
            </p>
            <p className={styles.text}>
              If others could read the log until now, renew the client secret and change the password as well.
            </p>
            {fault !== null && (
              <MessageBar intent="error" layout="multiline">
                <MessageBarBody>{fault}</MessageBarBody>
              </MessageBar>
            )}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" disabledFocusable={cleaning} onClick={() => void clean()}>
              {cleaning ? "Cleaning…" : "Clean the log"}
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
