import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import type { ReactElement } from "react";
import { useAssistant } from "../store/assistant-store.ts";

/** Asks before the practice server is put back to its beginning. */
export function StartOverDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const resetPractice = useAssistant((store) => store.resetPractice);
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Start practice over</DialogTitle>
          <DialogContent>
            The practice server is put back to its beginning. What was rehearsed on it is lost; real servers and
            recordings are not touched.
          </DialogContent>
          <DialogActions>
            <Button
              appearance="primary"
              onClick={() => {
                onClose();
                void resetPractice();
              }}
            >
              Start over
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
