import { Button, DialogActions, DialogContent, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import type { ChangeRequest } from "../store/change-request.ts";
import { PhaseBody } from "./phase-body.tsx";
import { PhaseTitle } from "./phase-title.tsx";

const useStyles = makeStyles({
  content: { padding: "4px 0" },
  lead: { margin: "0 0 12px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  list: { margin: 0, paddingLeft: "20px", display: "flex", flexDirection: "column", gap: "6px", lineHeight: "20px" },
});

/** Asks before the MIM Service is started anew, and says what that does. */
export function RestartQuestion({
  onStart,
  onClose,
}: {
  readonly onStart: (request: ChangeRequest) => void;
  readonly onClose: () => void;
}): ReactElement | null {
  const styles = useStyles();
  const server = useAssistant((store) => store.state?.server);
  const busy = useAssistant((store) => store.work !== null);
  if (server === undefined) return null;
  return (
    <PhaseBody phase="question">
      <PhaseTitle follows={false}>Restart the MIM Service</PhaseTitle>
      <DialogContent className={styles.content}>
        <p className={styles.lead}>
          On <b>{server.computer}</b> ({server.label}).
        </p>
        <ul className={styles.list}>
          <li>The Forefront Identity Manager Service (FIMService) is stopped and started again.</li>
          <li>Until it runs again, MIM answers no request and sends no mail.</li>
          <li>It then reads its settings anew. No setting is changed.</li>
        </ul>
      </DialogContent>
      <DialogActions>
        <Button
          appearance="primary"
          disabledFocusable={busy}
          onClick={() => onStart({ what: "apply", ids: [], copyConfig: false, restartService: true })}
        >
          Restart the service
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </DialogActions>
    </PhaseBody>
  );
}
