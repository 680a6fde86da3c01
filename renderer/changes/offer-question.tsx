import { Button, Checkbox, DialogActions, DialogContent, makeStyles, tokens } from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import type { FindingId } from "../../electron/contract/checklist.ts";
import { useAssistant } from "../store/assistant-store.ts";
import type { ChangeRequest } from "../store/change-request.ts";
import { counted } from "../ui/phrases.ts";
import { ChangeList } from "./change-list.tsx";
import { PhaseBody } from "./phase-body.tsx";
import { PhaseTitle } from "./phase-title.tsx";

const useStyles = makeStyles({
  content: { padding: "4px 0" },
  lead: { margin: "0 0 12px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  box: { margin: "8px 0 0 -8px" },
});

/** The values one finding offers to set, before they are set: each with what stands there now. */
export function OfferQuestion({
  finding,
  onStart,
  onClose,
}: {
  readonly finding: FindingId;
  readonly onStart: (request: ChangeRequest) => void;
  readonly onClose: () => void;
}): ReactElement | null {
  const styles = useStyles();
  const server = useAssistant((store) => store.state?.server);
  const offer = useAssistant((store) => store.state?.changes.offers.find((one) => one.finding === finding));
  const busy = useAssistant((store) => store.work !== null);
  const [restartService, setRestartService] = useState(true);
  if (server === undefined || offer === undefined) return null;
  const { rows } = offer;
  const changes = rows.map(({ key, name, from, to }) => ({ address: `${key}\\${name}`, from, to }));
  return (
    <PhaseBody phase="question">
      <PhaseTitle follows={false}>Set {counted(rows.length, "value")}</PhaseTitle>
      <DialogContent className={styles.content}>
        <p className={styles.lead}>
          On <b>{server.computer}</b> ({server.label}). What stands there is recorded first and can be put back.
          {rows.some(({ restart }) => restart) && " Windows must restart before every program uses it."}
        </p>
        <ChangeList changes={changes} />
        <Checkbox
          className={styles.box}
          label="Restart the MIM Service afterwards"
          checked={restartService}
          onChange={(_event, data) => setRestartService(data.checked === true)}
        />
      </DialogContent>
      <DialogActions>
        <Button
          appearance="primary"
          disabledFocusable={busy}
          onClick={() =>
            onStart({ what: "apply", offer: finding, ids: rows.map(({ id }) => id), copyConfig: false, restartService })
          }
        >
          Set {counted(rows.length, "value")}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </DialogActions>
    </PhaseBody>
  );
}
