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
import { type ReactElement, useEffect, useRef } from "react";

const useStyles = makeStyles({
  surface: {
    maxWidth: "min(1160px, calc(100vw - 32px))",
    width: "100%",
    "@media (max-width: 700px)": { padding: "12px" },
  },
  body: {
    height: "calc(100dvh - 80px)",
    maxHeight: "calc(100dvh - 80px)",
    gridTemplateRows: "auto minmax(0, 1fr) auto",
  },
  content: { display: "flex", overflow: "hidden" },
  frame: {
    flexGrow: 1,
    width: "100%",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    boxSizing: "border-box",
    // The report brings its own colours for light and dark.
    backgroundColor: "Canvas",
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "1px" },
  },
});

/**
 * The report as it would be saved. It stands in a frame of its own origin that may neither run scripts nor load anything:
 * what a server's logs say stays text, whatever it is.
 */
export function ReportPreview({
  html,
  onClose,
}: {
  readonly html: string;
  readonly onClose: () => void;
}): ReactElement {
  const styles = useStyles();
  const closing = useRef<HTMLElement | null>(null);
  const hold = (button: HTMLElement | null): void => {
    closing.current = button;
  };
  // The frame is the first that can have the focus, and keys pressed in it, Escape among them, never reach the window.
  useEffect(() => closing.current?.focus(), []);
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody className={styles.body}>
          <DialogTitle>Preview of the report</DialogTitle>
          <DialogContent className={styles.content}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the report is scrolled with the keys */}
            <iframe className={styles.frame} title="The report" sandbox="" srcDoc={html} tabIndex={0} />
          </DialogContent>
          <DialogActions>
            <Button ref={hold} appearance="primary" onClick={onClose}>
              Close
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
