import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { CopyButton } from "./copy-button.tsx";

const useStyles = makeStyles({
  line: {
    display: "flex",
    alignItems: "start",
    gap: "8px",
    margin: "4px 0",
    padding: "4px 4px 4px 12px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
    color: tokens.colorNeutralForeground1,
  },
  code: {
    flexGrow: 1,
    minWidth: 0,
    padding: "4px 0",
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "18px",
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  },
});

/** A command or value to be typed elsewhere, with a button that copies it. */
export function CodeLine({ text, what }: { readonly text: string; readonly what: string }): ReactElement {
  const styles = useStyles();
  return (
    <div className={styles.line}>
      <code className={styles.code}>{text}</code>
      <CopyButton text={text} what={what} />
    </div>
  );
}
