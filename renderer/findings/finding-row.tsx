import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChevronDown20Regular } from "@fluentui/react-icons/svg/chevron-down";
import { type ReactElement, useId, useState } from "react";
import type { Finding } from "../../electron/contract/checklist.ts";
import { statusWords } from "../../electron/contract/status.ts";
import { readableDay } from "../ui/day.ts";
import { StatusIcon } from "../ui/status-icon.tsx";
import { useStatusWordStyle } from "../ui/status-word.ts";
import { ElevateButton } from "./elevate-button.tsx";
import { FindingDetails } from "./finding-details.tsx";
import { OfferButton } from "./offer-button.tsx";
import { RelayButton } from "./relay-button.tsx";

const useStyles = makeStyles({
  row: {
    listStyle: "none",
    padding: "4px 0 12px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ":last-child": { borderBottom: "none", paddingBottom: "4px" },
  },
  heading: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: "20px", fontWeight: 600 },
  head: {
    display: "flex",
    alignItems: "center",
    gap: "12px",
    width: "100%",
    boxSizing: "border-box",
    padding: "8px",
    border: "none",
    borderRadius: tokens.borderRadiusMedium,
    background: "transparent",
    color: "inherit",
    font: "inherit",
    textAlign: "left",
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorNeutralBackground2 },
    ":active": { backgroundColor: tokens.colorNeutralBackground3 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  title: { flexGrow: 1, minWidth: 0, fontWeight: 600, lineHeight: "20px", overflowWrap: "anywhere" },
  chevron: { flexShrink: 0, color: tokens.colorNeutralForeground3, transition: "transform 150ms" },
  turned: { transform: "rotate(180deg)" },
  body: { margin: "0 8px 0 40px" },
  facts: { display: "grid", gridTemplateColumns: "56px minmax(0, 1fr)", gap: "2px 8px", margin: 0, lineHeight: "20px" },
  term: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, overflowWrap: "anywhere" },
  accepted: {
    margin: "8px 0 0",
    padding: "4px 12px",
    borderLeft: `3px solid ${tokens.colorNeutralStroke1}`,
    color: tokens.colorNeutralForeground2,
    lineHeight: "20px",
  },
  details: { marginTop: "12px" },
});

/** One finding: its status in sign and word, what was found and what is wanted, and on demand all the rest. */
export function FindingRow({
  finding,
  open = false,
}: {
  readonly finding: Finding;
  readonly open?: boolean;
}): ReactElement {
  const styles = useStyles();
  const word = useStatusWordStyle(finding.accepted === null ? finding.status : "notApplicable");
  const [expanded, setExpanded] = useState(open);
  const details = useId();
  const { accepted } = finding;
  return (
    <li className={styles.row} data-finding={finding.id} data-status={finding.status}>
      <h3 className={styles.heading}>
        <button
          type="button"
          className={styles.head}
          aria-expanded={expanded}
          aria-controls={details}
          onClick={() => setExpanded(!expanded)}
        >
          <StatusIcon status={finding.status} />
          <span className={styles.title}>{finding.title}</span>
          <span className={word}>{accepted === null ? statusWords[finding.status] : "Accepted"}</span>
          <ChevronDown20Regular aria-hidden className={mergeClasses(styles.chevron, expanded && styles.turned)} />
        </button>
      </h3>
      <div className={styles.body}>
        {!expanded && (
          <dl className={styles.facts}>
            <dt className={styles.term}>Found</dt>
            <dd className={styles.value}>{finding.actual}</dd>
            {finding.status !== "done" && finding.status !== "notApplicable" && (
              <>
                <dt className={styles.term}>Wanted</dt>
                <dd className={styles.value}>{finding.expected}</dd>
              </>
            )}
          </dl>
        )}
        <OfferButton finding={finding.id} />
        <ElevateButton finding={finding} />
        <RelayButton finding={finding} />
        {accepted !== null && (
          <p className={styles.accepted}>
            Accepted by {accepted.by} until {readableDay(accepted.until)}: {accepted.reason}
          </p>
        )}
        <div id={details} className={styles.details} hidden={!expanded}>
          {expanded && <FindingDetails finding={finding} />}
        </div>
      </div>
    </li>
  );
}
