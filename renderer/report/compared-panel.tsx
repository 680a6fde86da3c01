import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { type ReactElement, useRef, useState } from "react";
import { Panel } from "../ui/panel.tsx";
import { ComparedRow } from "./compared-finding.tsx";
import type { ComparedGroup } from "./compared-groups.ts";

/** How many findings of a group are on show before the rest is asked for. */
const shownAtFirst = 5;

const narrow = "@container (max-width: 560px)";

const useStyles = makeStyles({
  table: {
    width: "100%",
    tableLayout: "fixed",
    borderCollapse: "collapse",
    [narrow]: { display: "block" },
  },
  rows: { [narrow]: { display: "block" } },
  // Out of sight where each cell names its column, and still read out.
  columns: {
    [narrow]: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
  },
  head: {
    padding: "4px 16px 4px 0",
    textAlign: "left",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    fontWeight: 600,
    color: tokens.colorNeutralForeground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  none: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  more: { marginTop: "12px" },
});

/** The findings that share what became of them. */
export function ComparedPanel({ group }: { readonly group: ComparedGroup }): ReactElement {
  const styles = useStyles();
  const [unfolded, setUnfolded] = useState(false);
  const rows = useRef<HTMLTableSectionElement>(null);
  const { title, none, findings } = group;
  const shown = unfolded ? findings : findings.slice(0, shownAtFirst);
  const heading = `${title}: ${findings.length}`;
  const showAll = (): void => {
    setUnfolded(true);
    // The button goes; the focus goes on to the first finding that came.
    setTimeout(() => rows.current?.querySelectorAll<HTMLElement>("th a")[shownAtFirst]?.focus());
  };
  return (
    <Panel title={heading}>
      {findings.length === 0 ? (
        <p className={styles.none}>{none}</p>
      ) : (
        <table className={styles.table} aria-label={heading}>
          <thead className={styles.columns}>
            <tr>
              {["Finding", "Before", "Now"].map((name) => (
                <th key={name} scope="col" className={styles.head}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className={styles.rows} ref={rows}>
            {shown.map((compared) => (
              <ComparedRow key={compared.finding} compared={compared} />
            ))}
          </tbody>
        </table>
      )}
      {shown.length < findings.length && (
        <Button className={styles.more} size="small" onClick={showAll}>
          Show all {findings.length}
        </Button>
      )}
    </Panel>
  );
}
