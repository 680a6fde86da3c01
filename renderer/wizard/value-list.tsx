import { makeStyles, tokens } from "@fluentui/react-components";
import { Fragment, type ReactElement } from "react";
import { CopyButton } from "../parts/copy-button.tsx";
import { Mark } from "./mark-note.tsx";

const useStyles = makeStyles({
  list: {
    display: "grid",
    gridTemplateColumns: "24px minmax(96px, auto) minmax(0, 1fr) 32px",
    alignItems: "center",
    gap: "4px 8px",
    margin: 0,
    minHeight: "28px",
    lineHeight: "20px",
  },
  name: { gridColumn: "2" },
  value: {
    gridColumn: "3",
    margin: 0,
    minHeight: "24px",
    display: "flex",
    alignItems: "center",
    overflowWrap: "anywhere",
  },
  typed: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, minWidth: 0 },
  note: { color: tokens.colorNeutralForeground2 },
});

/** A value to type on a drawn page: its number there, its caption, and the value, or what to do instead. */
export interface TypedValue {
  readonly mark?: number;
  readonly name: string;
  readonly value: string | null;
  readonly instead: string;
}

/** What to type on a drawn page, each value with a copy button. */
export function ValueList({ values }: { readonly values: readonly TypedValue[] }): ReactElement {
  const styles = useStyles();
  return (
    <div className={styles.list}>
      {values.map(({ mark, name, value, instead }) => (
        <Fragment key={name}>
          <span>{mark !== undefined && <Mark number={mark} />}</span>
          <span className={styles.name}>{name}</span>
          <span className={styles.value}>
            {value === null ? (
              <span className={styles.note}>{instead}</span>
            ) : (
              <code className={styles.typed}>{value}</code>
            )}
          </span>
          <span>{value !== null && <CopyButton text={value} what={name} />}</span>
        </Fragment>
      ))}
    </div>
  );
}
