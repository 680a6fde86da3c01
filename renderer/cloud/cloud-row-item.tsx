import { makeStyles, tokens } from "@fluentui/react-components";
import { type ReactElement, useId, useState } from "react";
import type { CloudRow } from "../../electron/contract/cloud.ts";
import { statusWords } from "../../electron/contract/status.ts";
import { AdviceList } from "../ui/advice-list.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { readableMoment } from "../ui/day.ts";
import { FactList } from "../ui/fact-list.tsx";
import { StatusIcon } from "../ui/status-icon.tsx";
import { useStatusWordStyle } from "../ui/status-word.ts";
import { FoldButton } from "./fold-button.tsx";

const useStyles = makeStyles({
  row: {
    display: "grid",
    gridTemplateColumns: "20px minmax(0, 1fr)",
    gap: "4px 12px",
    padding: "12px 0",
    listStyle: "none",
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    lineHeight: "20px",
  },
  line: { display: "flex", alignItems: "baseline", gap: "12px" },
  title: { flexGrow: 1, minWidth: 0, margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: "20px", fontWeight: 600 },
  body: { gridColumn: 2, display: "flex", flexDirection: "column", gap: "8px", minWidth: 0 },
  text: { flexGrow: 1, minWidth: 0, margin: 0, overflowWrap: "anywhere" },
  code: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    whiteSpace: "nowrap",
  },
  details: {
    display: "flex",
    alignItems: "start",
    gap: "8px",
    padding: "8px 4px 8px 12px",
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
    fontSize: tokens.fontSizeBase200,
  },
  facts: { flexGrow: 1, minWidth: 0 },
});

/** A detail as it is read: a moment in local time. What is copied stays as it was answered. */
function readable(value: string): string {
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? readableMoment(value, "") : value;
}

/** One part of the answer of Microsoft's cloud: its status in sign and word, what was answered, and what to do. */
export function CloudRowItem({ row }: { readonly row: CloudRow }): ReactElement {
  const styles = useStyles();
  const word = useStatusWordStyle(row.status);
  const [open, setOpen] = useState(false);
  const content = useId();
  const { title, text, code, details } = row;
  return (
    <li className={styles.row} data-cloud={row.id} data-status={row.status}>
      <StatusIcon status={row.status} />
      <div className={styles.line}>
        <h3 className={styles.title}>{title}</h3>
        <span className={word}>{statusWords[row.status]}</span>
      </div>
      <div className={styles.body}>
        <div className={styles.line}>
          <p className={styles.text}>
            {text} {code !== null && !text.includes(code) && <code className={styles.code}>{code}</code>}
          </p>
          {details.length > 0 && (
            <FoldButton open={open} content={content} label="Details" name={title} onToggle={() => setOpen(!open)} />
          )}
        </div>
        <AdviceList advice={row.cure} />
        {open && (
          // For whoever is asked for help it is copied as a whole.
          <div id={content} className={styles.details}>
            <div className={styles.facts}>
              <FactList facts={details.map(({ label, value }) => ({ name: label, value: readable(value) }))} />
            </div>
            <CopyButton
              text={details.map(({ label, value }) => `${label}: ${value}`).join("\n")}
              what={`details: ${title}`}
            />
          </div>
        )}
      </div>
    </li>
  );
}
