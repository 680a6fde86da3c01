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
import { Dismiss20Regular } from "@fluentui/react-icons/svg/dismiss";
import { type ReactElement, useEffect, useRef, useState } from "react";
import type { SetUpPart } from "../../electron/contract/cloud.ts";
import { AdviceList } from "../ui/advice-list.tsx";
import { CommandBlock } from "./command-block.tsx";

const useStyles = makeStyles({
  surface: { maxWidth: "min(880px, calc(100vw - 24px))" },
  // One height for all parts, so that the buttons stay where they are.
  body: { height: "min(600px, calc(100dvh - 72px))", gridTemplateRows: "auto 1fr auto", rowGap: "16px" },
  content: { containerType: "inline-size", padding: "0 4px 4px", outline: "none" },
  columns: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr)",
    alignItems: "start",
    gap: "16px 32px",
    "@container (min-width: 640px)": { gridTemplateColumns: "224px minmax(0, 1fr)" },
  },
  parts: {
    margin: 0,
    padding: 0,
    listStyle: "none",
    display: "flex",
    flexDirection: "column",
    gap: "4px",
    "@container (min-width: 640px)": { position: "sticky", top: 0 },
  },
  part: {
    display: "flex",
    alignItems: "start",
    gap: "12px",
    width: "100%",
    boxSizing: "border-box",
    padding: "6px 8px",
    border: "none",
    borderRadius: tokens.borderRadiusMedium,
    background: "transparent",
    color: tokens.colorNeutralForeground1,
    font: "inherit",
    lineHeight: "20px",
    textAlign: "left",
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorNeutralBackground1Hover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  chosen: { backgroundColor: tokens.colorNeutralBackground1Selected, fontWeight: 600 },
  number: {
    flexShrink: 0,
    width: "20px",
    height: "20px",
    boxSizing: "border-box",
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "18px",
    textAlign: "center",
  },
  filled: {
    border: `1px solid ${tokens.colorBrandBackground}`,
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    "@media (forced-colors: active)": { border: "2px solid Highlight" },
  },
  page: { display: "flex", flexDirection: "column", gap: "16px", minWidth: 0 },
  heading: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: "22px",
    fontWeight: 600,
    // It takes the focus when the part changes; it is no control, so it shows no ring.
    outline: "none",
  },
});

function PartPage({ part, follows }: { readonly part: SetUpPart; readonly follows: boolean }): ReactElement {
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (follows) heading.current?.focus();
  }, [follows]);
  return (
    <section className={styles.page} data-part={part.id}>
      <h3 ref={heading} tabIndex={-1} className={styles.heading}>
        {part.title}
      </h3>
      <AdviceList advice={part.steps} />
      {part.commands.map((command) => (
        <CommandBlock key={command.id} command={command} level={4} />
      ))}
    </section>
  );
}

/** Setting the application up in Entra and Exchange Online, a part at a time: the portal's steps and the commands. */
export function SetUpDialog({
  parts,
  onClose,
}: {
  readonly parts: readonly SetUpPart[];
  readonly onClose: () => void;
}): ReactElement | null {
  const styles = useStyles();
  const [shown, setShown] = useState(0);
  const [turned, setTurned] = useState(false);
  const part = parts[shown];
  const next = parts[shown + 1];
  const turn = (to: number): void => {
    setShown(to);
    setTurned(true);
  };
  if (part === undefined) return null;
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody className={styles.body}>
          <DialogTitle
            action={
              <Button appearance="subtle" aria-label="Close" icon={<Dismiss20Regular />} onClick={onClose} data-close />
            }
          >
            Setting up the application
          </DialogTitle>
          <DialogContent className={styles.content}>
            <div className={styles.columns}>
              <ol className={styles.parts} aria-label="Parts">
                {parts.map(({ id, title }, index) => (
                  <li key={id}>
                    <button
                      type="button"
                      className={mergeClasses(styles.part, index === shown && styles.chosen)}
                      aria-current={index === shown ? "step" : undefined}
                      onClick={() => turn(index)}
                    >
                      <span className={mergeClasses(styles.number, index === shown && styles.filled)}>{index + 1}</span>
                      <span>{title}</span>
                    </button>
                  </li>
                ))}
              </ol>
              <PartPage key={part.id} part={part} follows={turned} />
            </div>
          </DialogContent>
          <DialogActions>
            {shown > 0 && <Button onClick={() => turn(shown - 1)}>Back</Button>}
            {next === undefined ? (
              <Button appearance="primary" onClick={onClose}>
                Close
              </Button>
            ) : (
              <Button appearance="primary" onClick={() => turn(shown + 1)} data-next-part>
                Next part
              </Button>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
