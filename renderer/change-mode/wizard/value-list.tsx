import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Fragment, type ReactElement } from "react";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Mark } from "./mark-note.tsx";
import type { PageEntry } from "./page-entries.ts";

const useStyles = makeStyles({
  list: {
    display: "grid",
    gridTemplateColumns: "24px fit-content(45%) minmax(0, 1fr) 32px",
    alignItems: "center",
    gap: "4px 8px",
    margin: 0,
    minHeight: "28px",
    lineHeight: "20px",
  },
  // Where room is short the value goes below its name.
  narrow: { gridTemplateColumns: "24px minmax(0, 1fr) 32px", rowGap: "0" },
  name: { gridColumn: "2", overflowWrap: "anywhere" },
  narrowMark: { alignSelf: "start", paddingTop: "6px" },
  narrowName: { gridColumn: "2 / span 2", paddingTop: "6px" },
  value: {
    gridColumn: "3",
    margin: 0,
    minHeight: "24px",
    display: "flex",
    alignItems: "center",
    overflowWrap: "anywhere",
  },
  narrowValue: { gridColumn: "2" },
  copy: { alignSelf: "start" },
  typed: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, minWidth: 0 },
  chosen: { fontWeight: 600 },
  note: { color: tokens.colorNeutralForeground2 },
});

/** What to do with the controls of a drawn page, each value to type with a copy button. */
export function ValueList({
  entries,
  narrow = false,
}: {
  readonly entries: readonly PageEntry[];
  readonly narrow?: boolean;
}): ReactElement {
  const styles = useStyles();
  return (
    <div className={mergeClasses(styles.list, narrow && styles.narrow)}>
      {entries.map(({ mark, name, value, kind, note }) => (
        <Fragment key={name}>
          <span className={mergeClasses(narrow && styles.narrowMark)}>{mark !== null && <Mark number={mark} />}</span>
          <span className={mergeClasses(styles.name, narrow && styles.narrowName)}>{name}</span>
          <span className={mergeClasses(styles.value, narrow && styles.narrowValue)}>
            {value === null ? (
              <span className={styles.note}>{note}</span>
            ) : kind === "typed" ? (
              <code className={styles.typed}>{value}</code>
            ) : (
              <span className={styles.chosen}>{value}</span>
            )}
          </span>
          <span className={styles.copy}>
            {value !== null && kind === "typed" && <CopyButton text={value} what={name} />}
          </span>
        </Fragment>
      ))}
    </div>
  );
}
