import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  mergeClasses,
  tokens,
} from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import { helpAddress } from "./help-address.ts";
import { useOpenDialog } from "./open-dialog.ts";

const useStyles = makeStyles({
  surface: {
    width: "100%",
    maxWidth: "min(960px, calc(100vw - 32px))",
    "@media (max-width: 700px)": { padding: "12px" },
  },
  body: {
    height: "calc(100dvh - 80px)",
    maxHeight: "calc(100dvh - 80px)",
    gridTemplateRows: "auto minmax(0, 1fr) auto",
  },
  low: { height: "auto", gridTemplateRows: "auto auto auto" },
  content: { display: "flex", overflow: "hidden" },
  frame: {
    flexGrow: 1,
    width: "100%",
    boxSizing: "border-box",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "1px" },
  },
  absent: { display: "none" },
  text: { margin: "4px 0 0", lineHeight: "20px" },
});

/** The guide's own names of its colours, each with Fluent's that takes its place. */
const colours: Readonly<Record<string, string>> = {
  "--ink": tokens.colorNeutralForeground1,
  "--soft": tokens.colorNeutralForeground2,
  "--line": tokens.colorNeutralStroke1,
  "--ground": tokens.colorNeutralBackground1,
  "--field": tokens.colorNeutralBackground3,
  "--link": tokens.colorBrandForegroundLink,
};

/** Puts the guide into the colours of the element that holds it, and closes it with Escape. */
function furnish(guide: Document, holder: Element, close: () => void): void {
  const style = getComputedStyle(holder);
  guide.documentElement.style.colorScheme = document.documentElement.style.colorScheme;
  for (const [name, token] of Object.entries(colours)) {
    const variable = /--\w+/.exec(token)?.[0] ?? "";
    guide.documentElement.style.setProperty(name, style.getPropertyValue(variable));
  }
  guide.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    close();
  });
}

/**
 * The user guide that ships with the program, at the section of the step on show. No script runs in its frame; the frame
 * shares the window's origin so that it can be put into the window's colours.
 */
export function HelpDialog(): ReactElement {
  const styles = useStyles();
  const close = useOpenDialog((dialog) => dialog.close);
  const screen = useAssistant((store) => store.screen);
  const [address] = useState(() => helpAddress(location, screen));
  const [state, setState] = useState<"loading" | "shown" | "absent">("loading");
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface className={styles.surface} data-help={state}>
        <DialogBody className={mergeClasses(styles.body, state === "absent" && styles.low)}>
          <DialogTitle>User guide</DialogTitle>
          <DialogContent className={state === "absent" ? "" : styles.content}>
            {state === "absent" && (
              <p className={styles.text} role="status">
                The user guide is not part of this build: help.html is missing beside the window’s files. A release has
                it; install one, or read docs/user-guide.md in the source.
              </p>
            )}
            <iframe
              className={mergeClasses(styles.frame, state === "absent" && styles.absent)}
              title="The user guide"
              src={address}
              sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: the guide is scrolled with the keys
              tabIndex={0}
              onLoad={(event) => {
                const guide = event.currentTarget.contentDocument;
                // A host answers a missing file with a line of plain text.
                const there = guide !== null && guide.contentType === "text/html" && guide.title !== "";
                setState(there ? "shown" : "absent");
                if (!there) return;
                furnish(guide, event.currentTarget, close);
                event.currentTarget.focus();
              }}
            />
          </DialogContent>
          <DialogActions>
            {state === "shown" && (
              <Button onClick={() => window.open(address, "_blank", "noopener")}>Open in its own window</Button>
            )}
            <Button appearance="primary" onClick={close}>
              Close
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
