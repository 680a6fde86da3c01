import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { RelayAnswer } from "../../electron/contract/relay.ts";
import { statusWords } from "../../electron/contract/status.ts";
import { AdviceList } from "../ui/advice-list.tsx";
import { readableMoment } from "../ui/day.ts";
import { FactList } from "../ui/fact-list.tsx";
import { StatusIcon } from "../ui/status-icon.tsx";
import { useStatusWordStyle } from "../ui/status-word.ts";

const useStyles = makeStyles({
  answer: { display: "flex", flexDirection: "column", gap: "12px" },
  head: { margin: 0, color: tokens.colorNeutralForeground2, lineHeight: "20px" },
  rows: { margin: 0, padding: 0, listStyle: "none" },
  row: {
    display: "grid",
    gridTemplateColumns: "20px minmax(0, 1fr) auto",
    gap: "2px 12px",
    padding: "8px 0",
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    lineHeight: "20px",
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: "20px", fontWeight: 600 },
  text: { gridColumn: "2 / span 2", margin: 0, overflowWrap: "anywhere" },
  cure: { gridColumn: "2 / span 2", minWidth: 0, marginTop: "4px" },
  soft: { color: tokens.colorNeutralForeground2 },
});

function Row({ row }: { readonly row: RelayAnswer["rows"][number] }): ReactElement {
  const styles = useStyles();
  const word = useStatusWordStyle(row.status);
  const reached = row.status !== "notApplicable";
  return (
    <li className={styles.row} data-relay={row.id} data-status={row.status}>
      <StatusIcon status={row.status} />
      <h3 className={styles.title}>{row.title}</h3>
      <span className={word}>{reached ? statusWords[row.status] : row.text}</span>
      {reached && <p className={styles.text}>{row.text}</p>}
      {row.cure.length > 0 && (
        <div className={styles.cure}>
          <AdviceList advice={row.cure} />
        </div>
      )}
    </li>
  );
}

/** What the relay answered, step by step; where it failed, why and what to do. */
export function RelayRows({ answer, today }: { readonly answer: RelayAnswer; readonly today: string }): ReactElement {
  const styles = useStyles();
  return (
    <div className={styles.answer} data-relay-answer>
      <p className={styles.head}>
        {answer.host}, port {answer.port}, asked at {readableMoment(answer.at, today)}
      </p>
      <ol className={styles.rows}>
        {answer.rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ol>
      {answer.details.length > 0 && (
        <FactList facts={answer.details.map(({ label, value }) => ({ name: label, value }))} />
      )}
    </div>
  );
}
