import { makeStyles, tokens } from "@fluentui/react-components";
import { type ReactElement, useId, useState } from "react";
import type { CloudCommand } from "../../electron/contract/cloud.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { commandPieces, foldedCommand, placeholdersIn, writes } from "./command-pieces.ts";
import { FoldButton } from "./fold-button.tsx";
import { Notice } from "./notice.tsx";

const useStyles = makeStyles({
  block: { display: "flex", flexDirection: "column", gap: "6px", minWidth: 0 },
  head: { display: "flex", flexWrap: "wrap", alignItems: "baseline", gap: "0 12px" },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: "20px", fontWeight: 600 },
  small: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: "16px", color: tokens.colorNeutralForeground2 },
  line: {
    display: "flex",
    alignItems: "start",
    gap: "8px",
    padding: "4px 4px 4px 12px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  text: {
    flexGrow: 1,
    minWidth: 0,
    padding: "4px 0",
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    alignItems: "start",
  },
  code: {
    display: "block",
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "18px",
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  },
  // A parameter or an ID is not torn at its hyphens.
  whole: { display: "inline-block", maxWidth: "100%" },
  // Marked by its ground and its frame: colour alone would not do.
  placeholder: {
    padding: "0 3px",
    borderRadius: tokens.borderRadiusSmall,
    border: `1px dashed ${tokens.colorStatusWarningBorder2}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
    color: tokens.colorStatusWarningForeground3,
    font: "inherit",
    boxDecorationBreak: "clone",
  },
});

/** The text of a command, with what has to be filled in marked. */
function CommandText({ text }: { readonly text: string }): ReactElement {
  const styles = useStyles();
  return (
    <code className={styles.code}>
      {commandPieces(text).map((piece, index) => {
        const key = `${index} ${piece.text}`;
        if (piece.kind === "placeholder") {
          return (
            <mark key={key} className={styles.placeholder}>
              {piece.text}
            </mark>
          );
        }
        return (
          <span key={key} className={piece.kind === "word" ? styles.whole : undefined}>
            {piece.text}
          </span>
        );
      })}
    </code>
  );
}

/**
 * A command to copy: what it is for, where it is run, what to weigh before, and the text. A script is folded; what is
 * copied is always the whole.
 */
export function CommandBlock({
  command,
  level = 3,
}: {
  readonly command: CloudCommand;
  /** The level of its heading on the page. */
  readonly level?: 3 | 4;
}): ReactElement {
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const content = useId();
  const { title, text, runIn, note } = command;
  const toFill = placeholdersIn(text);
  const folded = foldedCommand(text);
  const Heading = level === 3 ? "h3" : "h4";
  return (
    <div className={styles.block} data-command={command.id}>
      <div className={styles.head}>
        <Heading className={styles.title}>{title}</Heading>
        <span className={styles.small}>Run in {runIn}</span>
      </div>
      {note !== null &&
        (writes(text) ? <Notice tone="warning">{note}</Notice> : <p className={styles.small}>{note}</p>)}
      <div className={styles.line}>
        <div className={styles.text}>
          <div id={content}>
            <CommandText text={folded === null || open ? text : folded.text} />
          </div>
          {folded !== null && (
            <FoldButton
              open={open}
              content={content}
              label={open ? "Show less" : `Show all ${folded.lines} lines`}
              name={title}
              onToggle={() => setOpen(!open)}
            />
          )}
        </div>
        <CopyButton text={text} what={`command: ${title}`} />
      </div>
      {toFill.length > 0 && <p className={styles.small}>Fill in before you run it: {toFill.join(", ")}.</p>}
    </div>
  );
}
