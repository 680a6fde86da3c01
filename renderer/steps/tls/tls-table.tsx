import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChevronDown20Regular } from "@fluentui/react-icons/svg/chevron-down";
import { Fragment, type ReactElement, useId, useState } from "react";
import type { Finding, FindingId } from "../../../electron/contract/checklist.ts";
import type { TlsRow } from "../../../electron/contract/state.ts";
import { statusWords } from "../../../electron/contract/status.ts";
import { useAssistant } from "../../app/assistant-store.ts";
import { FindingDetails } from "../../parts/finding-details.tsx";
import { StatusIcon } from "../../parts/status-icon.tsx";
import { useStatusWordStyle } from "../../parts/status-word.ts";
import { shortWanted } from "./short-wanted.ts";

interface Group {
  readonly title: string;
  /** What the figures in the columns are, in their order. */
  readonly values: string;
  readonly rows: readonly { readonly finding: FindingId; readonly name: string }[];
}

/** What decides mail comes first. */
const groups: readonly Group[] = [
  {
    title: ".NET Framework 2.x: decides mail",
    values: "SchUseStrongCrypto, SystemDefaultTlsVersions",
    rows: [
      { finding: "tls.dotnet.v2.64", name: "64-bit programs" },
      { finding: "tls.dotnet.v2.32", name: "32-bit programs" },
    ],
  },
  {
    title: ".NET Framework 4.x",
    values: "SchUseStrongCrypto, SystemDefaultTlsVersions",
    rows: [
      { finding: "tls.dotnet.v4.64", name: "64-bit programs" },
      { finding: "tls.dotnet.v4.32", name: "32-bit programs" },
    ],
  },
  {
    title: "Windows (SCHANNEL)",
    values: "Enabled, DisabledByDefault",
    rows: [
      { finding: "tls.1.2.client", name: "TLS 1.2 client" },
      { finding: "tls.1.2.server", name: "TLS 1.2 server" },
      { finding: "tls.1.1.client", name: "TLS 1.1 client" },
      { finding: "tls.1.1.server", name: "TLS 1.1 server" },
      { finding: "tls.1.0.client", name: "TLS 1.0 client" },
      { finding: "tls.1.0.server", name: "TLS 1.0 server" },
    ],
  },
];

const narrow = "@container (max-width: 560px)";

const useStyles = makeStyles({
  panel: {
    padding: "4px 8px 8px",
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    overflowX: "auto",
  },
  table: { width: "100%", borderCollapse: "collapse", lineHeight: "20px" },
  head: {
    padding: "10px 8px",
    textAlign: "left",
    fontSize: tokens.fontSizeBase200,
    fontWeight: 600,
    color: tokens.colorNeutralForeground2,
  },
  group: {
    padding: "6px 8px",
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
  details: { padding: "12px 16px 20px 40px", backgroundColor: tokens.colorNeutralBackground1 },
});

function Row({
  name,
  row,
  finding,
}: {
  readonly name: string;
  readonly row: TlsRow;
  readonly finding: Finding;
}): ReactElement {
  const styles = useStyles();
  const word = useStatusWordStyle(finding.accepted === null ? finding.status : "notApplicable");
  const [expanded, setExpanded] = useState(false);
  const details = useId();
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
            {name}
          </button>
        </th>
        <td className={styles.cell}>{row.found}</td>
        <td className={styles.cell}>{shortWanted(finding.expected)}</td>
        <td className={styles.cell}>{row.effect}</td>
        <td className={mergeClasses(styles.cell, styles.last)}>
          <span className={styles.state}>
            <span className={word}>{finding.accepted === null ? statusWords[finding.status] : "Accepted"}</span>
            <ChevronDown20Regular aria-hidden className={mergeClasses(styles.chevron, expanded && styles.turned)} />
          </span>
        </td>
      </tr>
      <tr id={details} hidden={!expanded}>
        <td colSpan={5} className={styles.details}>
          {expanded && <FindingDetails finding={finding} />}
        </td>
      </tr>
    </>
  );
}

/** Each value as found, as wanted, and what Windows or .NET makes of it. */
export function TlsTable(): ReactElement | null {
  const styles = useStyles();
  const rows = useAssistant((store) => store.state?.found.tls);
  const findings = useAssistant((store) => store.state?.checklist.steps.find(({ id }) => id === "tls")?.findings);
  if (rows === undefined || findings === undefined) return null;
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
              Effect
            </th>
            <th scope="col" className={styles.head}>
              Status
            </th>
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.title}>
            <tr>
              <th scope="rowgroup" colSpan={5} className={styles.group}>
                {group.title}
                <span className={styles.values}>{group.values}</span>
              </th>
            </tr>
            {group.rows.map(({ finding: id, name }) => {
              const finding = findings.find((candidate) => candidate.id === id);
              const row = rows.find((candidate) => candidate.finding === id);
              return finding === undefined || row === undefined ? (
                <Fragment key={id} />
              ) : (
                <Row key={id} name={name} row={row} finding={finding} />
              );
            })}
          </tbody>
        ))}
      </table>
    </div>
  );
}
