import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChevronDown20Regular } from "@fluentui/react-icons/svg/chevron-down";
import { type ReactElement, useId, useState } from "react";
import type { PlanRow } from "../../../electron/contract/change.ts";
import type { Finding } from "../../../electron/contract/checklist.ts";
import type { TlsRow } from "../../../electron/contract/state.ts";
import { statusWords } from "../../../electron/contract/status.ts";
import { FindingDetails } from "../../findings/finding-details.tsx";
import { useAssistant } from "../../store/assistant-store.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { StatusIcon } from "../../ui/status-icon.tsx";
import { useStatusWordStyle } from "../../ui/status-word.ts";
import { tableText } from "../../ui/table-text.ts";
import { afterChange } from "./after-change.ts";

/** Where the table has no room for the effect as a column of its own, it stands under what was found. */
const narrow = "@container (max-width: 720px)";

const useStyles = makeStyles({
  panel: {
    containerType: "inline-size",
    padding: "4px 8px 8px",
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    overflowX: "auto",
  },
  table: { width: "100%", borderCollapse: "collapse", lineHeight: "20px" },
  head: {
    padding: "10px 8px",
    [narrow]: { padding: "10px 4px" },
    textAlign: "left",
    fontSize: tokens.fontSizeBase200,
    fontWeight: 600,
    color: tokens.colorNeutralForeground2,
  },
  group: {
    padding: "6px 8px",
    [narrow]: { padding: "6px 4px" },
    textAlign: "left",
    fontWeight: 600,
    backgroundColor: tokens.colorNeutralBackground3,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  values: {
    marginLeft: "8px",
    fontSize: tokens.fontSizeBase200,
    fontWeight: 400,
    color: tokens.colorNeutralForeground2,
  },
  cell: {
    padding: "2px 8px",
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    fontWeight: 400,
    textAlign: "left",
    [narrow]: { padding: "2px 4px" },
  },
  first: { width: "136px", [narrow]: { width: "auto" } },
  value: { whiteSpace: "nowrap" },
  name: {
    display: "flex",
    alignItems: "center",
    gap: "12px",
    width: "100%",
    minHeight: "32px",
    padding: "4px 0",
    border: "none",
    borderRadius: tokens.borderRadiusMedium,
    background: "transparent",
    color: "inherit",
    font: "inherit",
    textAlign: "left",
    whiteSpace: "nowrap",
    [narrow]: { gap: "8px", whiteSpace: "normal" },
    cursor: "pointer",
    ":hover": { color: tokens.colorBrandForegroundLink },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  last: { width: "120px", [narrow]: { width: "auto" } },
  state: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: "4px" },
  chevron: { flexShrink: 0, color: tokens.colorNeutralForeground3, transition: "transform 150ms" },
  turned: { transform: "rotate(180deg)" },
  effect: { [narrow]: { display: "none" } },
  effectBelow: {
    display: "none",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
    [narrow]: { display: "block" },
  },
  unchanged: { color: tokens.colorNeutralForeground2 },
  after: { fontWeight: 600 },
  details: { padding: "12px 16px 20px 40px", backgroundColor: tokens.colorNeutralBackground1 },
});

function Row({
  row,
  plan,
  finding,
}: {
  readonly row: TlsRow;
  readonly plan: readonly PlanRow[];
  readonly finding: Finding;
}): ReactElement {
  const styles = useStyles();
  const word = useStatusWordStyle(finding.accepted === null ? finding.status : "notApplicable");
  const [expanded, setExpanded] = useState(false);
  const details = useId();
  const after = afterChange(row, plan);
  return (
    <>
      <tr data-finding={finding.id} data-status={finding.status}>
        <th scope="row" className={mergeClasses(styles.cell, styles.first)}>
          <button
            type="button"
            className={styles.name}
            aria-expanded={expanded}
            aria-controls={details}
            aria-label={`${finding.title}: what should it be and why`}
            onClick={() => setExpanded(!expanded)}
          >
            <StatusIcon status={finding.status} />
            {row.name}
          </button>
        </th>
        <td className={styles.cell}>
          {row.found}
          <span className={styles.effectBelow}>{row.effect}</span>
        </td>
        <td className={mergeClasses(styles.cell, styles.value)}>{row.wanted}</td>
        <td className={mergeClasses(styles.cell, after === null ? styles.unchanged : styles.after)} data-after>
          {after ?? "unchanged"}
        </td>
        <td className={mergeClasses(styles.cell, styles.effect)}>{row.effect}</td>
        <td className={mergeClasses(styles.cell, styles.last)}>
          <span className={styles.state}>
            <span className={word}>{finding.accepted === null ? statusWords[finding.status] : "Accepted"}</span>
            <ChevronDown20Regular aria-hidden className={mergeClasses(styles.chevron, expanded && styles.turned)} />
          </span>
        </td>
      </tr>
      <tr id={details} hidden={!expanded}>
        <td colSpan={6} className={styles.details}>
          {expanded && <FindingDetails finding={finding} />}
        </td>
      </tr>
    </>
  );
}

/** Each value as found, as wanted, as the planned change leaves it, and what Windows or .NET makes of it. */
export function TlsTable(): ReactElement | null {
  const styles = useStyles();
  const rows = useAssistant((store) => store.state?.found.tls);
  const findings = useAssistant((store) => store.state?.checklist.steps.find(({ id }) => id === "tls")?.findings);
  const plan = useAssistant((store) => store.state?.changes.plan.rows);
  if (rows === undefined || findings === undefined || plan === undefined) return null;
  const groups = [...new Set(rows.map(({ group }) => group))];
  const copied = tableText(
    ["Group", "Values", "Value", "Found", "Wanted", "After", "Effect", "Status"],
    rows.map((row) => {
      const status = findings.find(({ id }) => id === row.finding)?.status;
      const word = status === undefined ? "" : statusWords[status];
      const after = afterChange(row, plan) ?? "unchanged";
      return [row.group, row.values.join(", "), row.name, row.found, row.wanted, after, row.effect, word];
    }),
  );
  return (
    <div className={styles.panel}>
      <table className={styles.table} aria-label="TLS values">
        <thead>
          <tr>
            <th scope="col" className={styles.head}>
              Value
            </th>
            <th scope="col" className={styles.head}>
              Found
            </th>
            <th scope="col" className={styles.head}>
              Wanted
            </th>
            <th scope="col" className={styles.head}>
              After
            </th>
            <th scope="col" className={mergeClasses(styles.head, styles.effect)}>
              Effect
            </th>
            <th scope="col" className={styles.head}>
              <span className={styles.state}>
                Status
                <CopyButton text={copied} what="the whole table" />
              </span>
            </th>
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group}>
            <tr>
              <th scope="rowgroup" colSpan={6} className={styles.group}>
                {group}
                <span className={styles.values}>{rows.find((row) => row.group === group)?.values.join(", ")}</span>
              </th>
            </tr>
            {rows
              .filter((row) => row.group === group)
              .map((row) => {
                const finding = findings.find(({ id }) => id === row.finding);
                return finding === undefined ? null : <Row key={row.finding} row={row} plan={plan} finding={finding} />;
              })}
          </tbody>
        ))}
      </table>
    </div>
  );
}
