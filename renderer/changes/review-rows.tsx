import { Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import { type ReactElement, useId } from "react";
import type { PlanRow } from "../../electron/contract/change.ts";
import type { Finding } from "../../electron/contract/checklist.ts";
import { FromTo } from "./from-to.tsx";

const useStyles = makeStyles({
  group: {
    padding: "10px 0 6px",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  head: { display: "flex", flexWrap: "wrap", alignItems: "baseline", gap: "0 12px" },
  title: { flexGrow: 1, margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: "20px", fontWeight: 600 },
  restart: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  key: {
    display: "block",
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
    overflowWrap: "anywhere",
  },
  why: { margin: "2px 0 0", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  rows: { margin: "2px 0 0 -8px", padding: 0, listStyle: "none" },
  row: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 256px) minmax(0, 1fr)",
    alignItems: "center",
    gap: "0 12px",
  },
  name: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "20px",
    overflowWrap: "anywhere",
    color: tokens.colorNeutralForeground1,
  },
});

/** The planned changes of one key: where, why, from what to what, each with its own box. */
export function ReviewRows({
  finding,
  rows,
  left,
  onChoose,
}: {
  readonly finding: Finding;
  /** Never empty: a key nothing is planned for is not shown. */
  readonly rows: readonly [PlanRow, ...PlanRow[]];
  /** The ids that were taken out. */
  readonly left: ReadonlySet<string>;
  readonly onChoose: (id: string, chosen: boolean) => void;
}): ReactElement {
  const styles = useStyles();
  const id = useId();
  const [first] = rows;
  return (
    <section className={styles.group} aria-labelledby={`${id}-title`}>
      <div className={styles.head}>
        <h3 id={`${id}-title`} className={styles.title}>
          {finding.title}
        </h3>
        {rows.some(({ restart }) => restart) && <span className={styles.restart}>After a restart</span>}
      </div>
      <code id={`${id}-key`} className={styles.key}>
        {first.key}
      </code>
      <p className={styles.why}>{first.why}</p>
      <ul className={styles.rows}>
        {rows.map((row) => (
          <li key={row.id} className={styles.row} data-row={row.id}>
            <Checkbox
              label={<code className={styles.name}>{row.name}</code>}
              aria-describedby={`${id}-title ${id}-${row.name}`}
              checked={!left.has(row.id)}
              onChange={(_event, data) => onChoose(row.id, data.checked === true)}
            />
            <span id={`${id}-${row.name}`}>
              <FromTo from={row.from} to={row.to} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
