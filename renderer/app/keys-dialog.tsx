import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
} from "@fluentui/react-components";
import type { ReactElement } from "react";
import { keys } from "./keys.ts";

const useStyles = makeStyles({
  keys: { display: "grid", gridTemplateColumns: "auto 1fr", gap: "8px 24px", margin: 0 },
  press: { fontWeight: 600 },
  does: { margin: 0 },
});

/** The window's keys. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const styles = useStyles();
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Keys</DialogTitle>
          <DialogContent>
            <dl className={styles.keys}>
              {keys.map(({ press, does }) => [
                <dt key={`${press} press`} className={styles.press}>
                  {press}
                </dt>,
                <dd key={`${press} does`} className={styles.does}>
                  {does}
                </dd>,
              ])}
            </dl>
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
