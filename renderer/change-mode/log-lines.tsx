import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { LogLine } from "../../electron/contract/history.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { Fold } from "./fold.tsx";

const useStyles = makeStyles({
  lines: {
    margin: "4px 0",
    padding: "8px",
    overflowX: "auto",
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    backgroundColor: tokens.colorNeutralBackground3,
    whiteSpace: "pre",
  },
  row: { display: "flex", alignItems: "flex-start", gap: "4px" },
  number: { color: tokens.colorNeutralForeground2, userSelect: "none" },
  cause: { fontWeight: 600 },
});

/** Lines of the installer's log with their numbers, read on demand. */
export function LogLines({
  label,
  lines,
  cause = null,
}: {
  readonly label: string;
  readonly lines: readonly LogLine[];
  /** The number of the line that is the cause. */
  readonly cause?: number | null;
}): ReactElement | null {
  const styles = useStyles();
  const last = lines.at(-1);
  if (last === undefined) return null;
  const width = String(last.line).length;
  const text = lines.map(({ line, text }) => `${line}  ${text}`).join("\r\n");
  return (
    <Fold label={label}>
      <div className={styles.row}>
        {/* A long line is read by scrolling, also with the keyboard. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section className={styles.lines} aria-label={label} tabIndex={0}>
          {lines.map(({ line, text }) => (
            <div key={line} className={mergeClasses(line === cause && styles.cause)}>
              <span className={styles.number}>{String(line).padStart(width)} </span> {text}
            </div>
          ))}
        </section>
        <CopyButton text={text} what={`the lines up to ${last.line}`} />
      </div>
    </Fold>
  );
}
