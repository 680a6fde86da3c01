import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import type { ReactElement } from "react";
import { Acts } from "./acts.tsx";
import { FaultPicker } from "./fault-picker.tsx";

const useStyles = makeStyles({
  surface: { maxWidth: "760px" },
  content: { display: "flex", flexDirection: "column", gap: "24px" },
  text: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  heading: { margin: "0 0 4px", fontSize: tokens.fontSizeBase300, lineHeight: "20px", fontWeight: 600 },
});

/** Everything that only the practice server can. */
export function PracticeDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const styles = useStyles();
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface className={styles.surface} data-practice-dialog>
        <DialogBody>
          <DialogTitle>Rehearse on the practice server</DialogTitle>
          <DialogContent className={styles.content} tabIndex={0}>
            <section>
              <h3 className={styles.heading}>What you do on a real server</h3>
              <Acts />
            </section>
            <section>
              <h3 className={styles.heading}>What shall go wrong</h3>
              <p className={styles.text}>
                Faults of the real world, several at once if you like. Each is taken back here, unless its finding says
                how it is mended.
              </p>
              <FaultPicker onLeave={onClose} />
            </section>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              Close
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
