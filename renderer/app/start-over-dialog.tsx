import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import { useAssistant } from "../store/assistant-store.ts";

/** Asks before the practice server is put back to its beginning. */
export function StartOverDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const resetPractice = useAssistant((store) => store.resetPractice);
  const live = useAssistant((store) => store.state?.available.live === true);
  // What is wanted counts for this computer's own server too, where there is one: then it stays unless told.
  const [wishes, setWishes] = useState(!live);
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Start practice over</DialogTitle>
          <DialogContent>
            The practice server is put back to its beginning, and what was confirmed of it goes. Real servers and
            recordings are not touched.
            <Checkbox
              checked={wishes}
              onChange={(_event, data) => setWishes(data.checked === true)}
              label={
                live
                  ? "Clear what is wanted as well (IDs, account, address, choices). It counts for this server too."
                  : "Clear what is wanted as well (IDs, account, address, choices)"
              }
            />
          </DialogContent>
          <DialogActions>
            <Button
              appearance="primary"
              onClick={() => {
                onClose();
                void resetPractice(wishes);
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
