import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { stepTitles } from "../../electron/contract/checklist.ts";
import type { Farm } from "../../electron/contract/comparison.ts";
import { readableMoment } from "../ui/day.ts";
import { farmSteps } from "./farm-steps.ts";
import { Verdict } from "./verdict.tsx";

const line = `1px solid ${tokens.colorNeutralStroke2}`;

const useStyles = makeStyles({
  // The table scrolls in here, both ways, and never the screen.
  scroll: {
    maxHeight: "max(280px, calc(100dvh - 376px))",
    overflow: "auto",
    border: line,
    borderRadius: tokens.borderRadiusMedium,
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "1px" },
  },
  // Borders of sticky cells stay with them only when they are their own.
  table: { minWidth: "100%", borderCollapse: "separate", borderSpacing: 0, lineHeight: "20px" },
  cell: {
    boxSizing: "border-box",
    minWidth: "184px",
    maxWidth: "280px",
    padding: "8px 12px",
    textAlign: "left",
    verticalAlign: "top",
    fontWeight: 400,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    backgroundColor: tokens.colorNeutralBackground1,
    overflowWrap: "anywhere",
  },
  first: {
    position: "sticky",
    left: 0,
    zIndex: 1,
    width: "240px",
    minWidth: "200px",
    borderRight: line,
    "@media (max-width: 860px)": { minWidth: "132px", width: "132px" },
  },
  head: { position: "sticky", top: 0, zIndex: 2, borderBottom: line },
  corner: { zIndex: 3 },
  server: { display: "flex", flexDirection: "column", alignItems: "start", gap: "2px" },
  name: { fontWeight: 600 },
  small: { fontSize: tokens.fontSizeBase200, lineHeight: "16px", color: tokens.colorNeutralForeground2 },
  step: { backgroundColor: tokens.colorNeutralBackground2, fontWeight: 600 },
  stepRest: { backgroundColor: tokens.colorNeutralBackground2, padding: 0 },
  differs: { boxShadow: `inset 3px 0 0 ${tokens.colorStatusWarningForeground1}` },
  mark: {
    display: "block",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    fontWeight: 600,
    color: tokens.colorStatusWarningForeground1,
  },
  actual: { display: "block", marginTop: "2px" },
  none: { margin: 0, padding: "16px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

/** Findings down, servers across. What differs has a sign and a word, not only a tint. */
export function ServersTable({
  farm,
  onlyDifferences,
}: {
  readonly farm: Farm;
  readonly onlyDifferences: boolean;
}): ReactElement {
  const styles = useStyles();
  const steps = farmSteps(farm.rows, onlyDifferences);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the table is scrolled with the keys
    <section className={styles.scroll} aria-label="Servers side by side, the table" tabIndex={0}>
      <table className={styles.table} aria-label="Findings of each server">
        <thead>
          <tr>
            <th scope="col" className={mergeClasses(styles.cell, styles.first, styles.head, styles.corner)}>
              Finding
            </th>
            {farm.servers.map((server, index) => (
              <th
                // Two files may have one name.
                // biome-ignore lint/suspicious/noArrayIndexKey: the place is the server's only identity
                key={`${index} ${server.name}`}
                scope="col"
                className={mergeClasses(styles.cell, styles.head)}
                data-server-column
              >
                <span className={styles.server}>
                  <bdi className={styles.name}>{server.computer}</bdi>
                  <span className={styles.small}>
                    <bdi>{server.name}</bdi>, {readableMoment(server.lookedAt, "")}
                  </span>
                  <Verdict status={server.verdict} />
                </span>
              </th>
            ))}
          </tr>
        </thead>
        {steps.map(({ step, rows }) => (
          <tbody key={step}>
            <tr>
              <th scope="rowgroup" className={mergeClasses(styles.cell, styles.first, styles.step)}>
                {stepTitles[step]}
              </th>
              <td colSpan={farm.servers.length} className={mergeClasses(styles.cell, styles.stepRest)} />
            </tr>
            {rows.map(({ finding, title, cells, differs }) => (
              <tr key={finding} data-farm={finding} data-differs={differs}>
                <th scope="row" className={mergeClasses(styles.cell, styles.first, differs && styles.differs)}>
                  {title}
                  {differs && <span className={styles.mark}>≠ Differs</span>}
                </th>
                {cells.map((cell, index) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its server's, by place
                    key={index}
                    className={styles.cell}
                  >
                    <Verdict status={cell.status} />
                    <bdi className={styles.actual}>{cell.actual}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      {steps.length === 0 && <p className={styles.none}>The servers do not differ in any finding.</p>}
    </section>
  );
}
