import { Link, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { findingIds, type StepId } from "../../electron/contract/checklist.ts";
import type { ComparedFinding } from "../../electron/contract/comparison.ts";
import { Verdict } from "./verdict.tsx";

const narrow = "@container (max-width: 560px)";

const useStyles = makeStyles({
  row: { [narrow]: { display: "block", padding: "8px 0", borderBottom: `1px solid ${tokens.colorNeutralStroke3}` } },
  cell: {
    padding: "8px 16px 8px 0",
    textAlign: "left",
    verticalAlign: "top",
    fontWeight: 400,
    lineHeight: "20px",
    overflowWrap: "anywhere",
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    [narrow]: { display: "block", padding: "2px 0", borderBottom: "none" },
  },
  last: { paddingRight: 0 },
  title: { fontWeight: 600, lineHeight: "20px" },
  // The column's heading, where there are no columns.
  name: {
    display: "none",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
    [narrow]: { display: "block" },
  },
  actual: { display: "block", color: tokens.colorNeutralForeground2 },
});

/** The step a finding belongs to. */
function stepOf(finding: ComparedFinding["finding"]): StepId {
  const steps = Object.entries(findingIds) as readonly [StepId, readonly string[]][];
  return steps.find(([, ids]) => ids.includes(finding))?.[0] ?? "server";
}

/** One finding as it stood before and as it stands now. */
export function ComparedRow({ compared }: { readonly compared: ComparedFinding }): ReactElement {
  const styles = useStyles();
  const { before, now, title, finding, became } = compared;
  return (
    <tr className={styles.row} data-compared={finding} data-became={became}>
      <th scope="row" className={styles.cell}>
        <Link className={styles.title} href={`#${stepOf(finding)}`}>
          {title}
        </Link>
      </th>
      <td className={styles.cell}>
        <span aria-hidden className={styles.name}>
          Before
        </span>
        <Verdict status={before.status} />
        <bdi className={styles.actual}>{before.actual}</bdi>
      </td>
      <td className={mergeClasses(styles.cell, styles.last)}>
        <span aria-hidden className={styles.name}>
          Now
        </span>
        <Verdict status={now.status} />
        <bdi className={styles.actual}>{now.actual}</bdi>
      </td>
    </tr>
  );
}
