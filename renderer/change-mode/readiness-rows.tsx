import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { Readiness } from "../../electron/contract/change-mode.ts";
import { statusWords } from "../../electron/contract/status.ts";
import { StatusIcon } from "../ui/status-icon.tsx";

const useStyles = makeStyles({
  list: { listStyle: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: "10px" },
  row: { display: "grid", gridTemplateColumns: "20px minmax(0, 1fr) auto", gap: "0 8px", lineHeight: "20px" },
  text: { overflowWrap: "anywhere" },
  word: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, whiteSpace: "nowrap" },
  cure: { gridColumn: "2 / span 2", color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
});

/** What was looked at before the installer is started, each with its status in sign and word and what to do. */
export function ReadinessRows({ rows }: { readonly rows: readonly Readiness[] }): ReactElement {
  const styles = useStyles();
  // The command itself stands below, to be copied.
  const asked = rows.filter(({ id, status }) => status !== "notApplicable" && !(id === "command" && status === "done"));
  return (
    <ul className={styles.list} aria-label="Before the installer is started">
      {asked.map(({ id, status, text, cure }) => (
        <li key={id} className={styles.row} data-readiness={id} data-status={status}>
          <StatusIcon status={status} />
          <span className={styles.text}>{text}</span>
          <span className={styles.word}>{status === "pending" ? "At the start" : statusWords[status]}</span>
          {cure !== null && <span className={styles.cure}>{cure}</span>}
        </li>
      ))}
    </ul>
  );
}
