import { Button, DialogActions, DialogContent, makeStyles, ProgressBar, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { type RunningChange, useAssistant } from "../store/assistant-store.ts";
import { runningTitle } from "../store/change-labels.ts";
import { isRestart } from "../store/change-request.ts";
import { PhaseBody } from "./phase-body.tsx";
import { PhaseTitle } from "./phase-title.tsx";

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: "12px", padding: "8px 0 4px" },
  // High enough for the longest address, so that nothing jumps.
  text: {
    margin: 0,
    minHeight: "32px",
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    overflowWrap: "anywhere",
  },
  hint: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

/** A change under way: what is being set, how far it is, and the way to take it back. */
export function ChangeRunning({ change }: { readonly change: RunningChange }): ReactElement {
  const styles = useStyles();
  const progress = useAssistant((store) => store.progress);
  const cancelChange = useAssistant((store) => store.cancelChange);
  const title = runningTitle(change.request);
  const restart = isRestart(change.request);
  const fraction = progress?.fraction ?? null;
  return (
    <PhaseBody phase="running">
      <PhaseTitle follows>{title}</PhaseTitle>
      <DialogContent className={styles.content}>
        <ProgressBar aria-label={title} thickness="large" {...(fraction === null ? {} : { value: fraction })} />
        <p className={styles.text}>
          {change.cancelling ? "Putting back what was set" : (progress?.text ?? "Beginning")}
        </p>
        <p className={styles.hint}>
          {restart
            ? "A restart cannot be stopped halfway: the service would stay stopped."
            : "Cancelling puts back whatever was set by then."}
        </p>
      </DialogContent>
      {!restart && (
        <DialogActions>
          <Button disabledFocusable={change.cancelling} onClick={cancelChange}>
            {change.cancelling ? "Cancelling…" : "Cancel"}
          </Button>
        </DialogActions>
      )}
    </PhaseBody>
  );
}
