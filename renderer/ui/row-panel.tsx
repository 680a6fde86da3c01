import { makeStyles, tokens } from "@fluentui/react-components";
import { type ReactElement, type ReactNode, useId } from "react";
import type { Sign } from "./sign.ts";
import { StatusIcon } from "./status-icon.tsx";

const narrow = "@media (max-width: 1100px)";

const useStyles = makeStyles({
  panel: {
    boxSizing: "border-box",
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  head: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    minHeight: "44px",
    boxSizing: "border-box",
    padding: "6px 20px",
    gap: "4px 16px",
  },
  title: { flexGrow: 1, margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: "20px", fontWeight: 600 },
  beside: { fontSize: tokens.fontSizeBase200, lineHeight: "16px", color: tokens.colorNeutralForeground2 },
  list: { margin: 0, padding: 0, listStyle: "none" },
  row: {
    display: "grid",
    gridTemplateColumns: "20px minmax(0, 176px) minmax(0, 1fr) auto",
    alignItems: "center",
    gap: "4px 12px",
    minHeight: "44px",
    boxSizing: "border-box",
    padding: "6px 20px",
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    lineHeight: "20px",
    [narrow]: { gridTemplateColumns: "20px minmax(0, 1fr) auto" },
  },
  name: { fontWeight: 600, overflowWrap: "anywhere" },
  text: {
    margin: 0,
    color: tokens.colorNeutralForeground2,
    overflowWrap: "anywhere",
    [narrow]: { gridColumn: "2", gridRow: "2" },
  },
  control: { justifySelf: "end", whiteSpace: "nowrap", [narrow]: { gridColumn: "3", gridRow: "1 / span 2" } },
});

/** A titled list of one-line rows; what stands beside the title is a note or a control. */
export function RowPanel({
  title,
  beside = null,
  children,
}: {
  readonly title: string;
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}): ReactElement {
  const styles = useStyles();
  const heading = useId();
  return (
    <section className={styles.panel} aria-labelledby={heading}>
      <div className={styles.head}>
        <h2 id={heading} className={styles.title}>
          {title}
        </h2>
        {beside !== null && <span className={styles.beside}>{beside}</span>}
      </div>
      <ul className={styles.list}>{children}</ul>
    </section>
  );
}

/** One row: its sign, its name, a sentence, and at most one control. `id` names it to tests and links. */
export function Row({
  id,
  sign,
  name,
  control = null,
  children,
}: {
  readonly id: string;
  readonly sign: Sign;
  readonly name: ReactNode;
  readonly control?: ReactNode;
  readonly children?: ReactNode;
}): ReactElement {
  const styles = useStyles();
  return (
    <li className={styles.row} data-row={id}>
      <StatusIcon status={sign} />
      <span className={styles.name}>{name}</span>
      <p className={styles.text}>{children}</p>
      {control !== null && <span className={styles.control}>{control}</span>}
    </li>
  );
}
