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

const useStyles = makeStyles({
  surface: { maxWidth: "760px" },
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
          <DialogContent>
            <section>
              <h3 className={styles.heading}>What you do on a real server</h3>
              <Acts />
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
