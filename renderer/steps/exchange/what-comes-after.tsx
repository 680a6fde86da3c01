import { Link, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { waysLeft } from "../../../electron/contract/ews-retirement.ts";
import { FoldingPanel } from "../../ui/folding-panel.tsx";
import { Panel } from "../../ui/panel.tsx";

const useStyles = makeStyles({
  ways: { display: "flex", flexDirection: "column", gap: "16px", margin: 0, padding: 0, listStyle: "none" },
  name: { margin: "0 0 4px", fontSize: tokens.fontSizeBase300, lineHeight: "20px", fontWeight: 600 },
  facts: { display: "grid", gridTemplateColumns: "44px minmax(0, 1fr)", gap: "4px 8px", margin: 0, lineHeight: "20px" },
  term: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0 },
  table: { width: "100%", borderCollapse: "collapse", lineHeight: "20px" },
  head: {
    padding: "0 16px 6px 0",
    textAlign: "left",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    fontWeight: 600,
    color: tokens.colorNeutralForeground2,
  },
  cell: {
    padding: "10px 16px 10px 0",
    textAlign: "left",
    verticalAlign: "top",
    fontWeight: 400,
    overflowWrap: "anywhere",
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  way: { fontWeight: 600 },
  last: { paddingRight: 0 },
  plan: { margin: "12px 0 0" },
});

function PlanLink(): ReactElement {
  return <Link href="#smtpPlan">Plan it: which way fits</Link>;
}

/** The ways left once the end is reached: the only thing to decide then. */
export function WaysLeft(): ReactElement {
  const styles = useStyles();
  return (
    <Panel title="The ways left">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.head}>
              In the installer
            </th>
            <th scope="col" className={styles.head}>
              Needs
            </th>
            <th scope="col" className={mergeClasses(styles.head, styles.last)}>
              Loses
            </th>
          </tr>
        </thead>
        <tbody>
          {waysLeft.map(({ name, needs, loses }) => (
            <tr key={name}>
              <th scope="row" className={mergeClasses(styles.cell, styles.way)}>
                {name}
              </th>
              <td className={styles.cell}>{needs}</td>
              <td className={mergeClasses(styles.cell, styles.last)}>{loses}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.plan}>
        <PlanLink />
      </p>
    </Panel>
  );
}

/** What comes after the end, for whoever plans ahead; folded until it is asked for. */
export function WhatComesAfter(): ReactElement {
  const styles = useStyles();
  return (
    <FoldingPanel title="What comes after">
      <ul className={styles.ways}>
        {waysLeft.map(({ name, needs, loses }) => (
          <li key={name}>
            <h3 className={styles.name}>{name}</h3>
            <dl className={styles.facts}>
              <dt className={styles.term}>Needs</dt>
              <dd className={styles.value}>{needs}</dd>
              <dt className={styles.term}>Loses</dt>
              <dd className={styles.value}>{loses}</dd>
            </dl>
          </li>
        ))}
      </ul>
      <p className={styles.plan}>
        <PlanLink />
      </p>
    </FoldingPanel>
  );
}
