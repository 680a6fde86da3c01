import { Button, makeStyles, ProgressBar, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";

const useStyles = makeStyles({
  row: { display: "flex", alignItems: "center", gap: "12px" },
  progress: { flexGrow: 1, minWidth: 0, display: "flex", flexDirection: "column", gap: "6px" },
  text: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

/** How far a check over the network is: from 0 to 1, null while that is not known. */
export interface RunningCheck {
  readonly text: string;
  readonly fraction: number | null;
  readonly cancelling: boolean;
}

/** How far a check over the network is, with its Cancel; and that it was stopped, until it is asked again. */
export function CheckProgress({
  label,
  running,
  stopped,
  onCancel,
}: {
  /** What is asked, for who does not see the bar. */
  readonly label: string;
  readonly running: RunningCheck | null;
  readonly stopped: boolean;
  readonly onCancel: () => void;
}): ReactElement {
  const styles = useStyles();
  return (
    <>
      {running !== null && (
        <div className={styles.row} data-asking>
          <div className={styles.progress}>
            <ProgressBar aria-label={label} {...(running.fraction === null ? {} : { value: running.fraction })} />
            <p className={styles.text}>{running.cancelling ? "Stopping" : running.text}</p>
          </div>
          <Button disabledFocusable={running.cancelling} onClick={onCancel}>
            {running.cancelling ? "Cancelling…" : "Cancel"}
          </Button>
        </div>
      )}
      {stopped && <p className={styles.text}>Stopped. Nothing was kept of it.</p>}
    </>
  );
}
