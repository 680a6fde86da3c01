import { Link, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import { readableDay } from "../ui/day.ts";
import { Panel } from "../ui/panel.tsx";

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyle: "none", display: "flex", flexDirection: "column", gap: "12px" },
  title: { fontWeight: 600, lineHeight: "20px" },
  text: { margin: "2px 0 0", lineHeight: "20px", overflowWrap: "anywhere" },
  until: { fontSize: tokens.fontSizeBase200, lineHeight: "16px", color: tokens.colorNeutralForeground2 },
});

/** The findings someone accepts, each with the reason and the day until which it does not count. */
export function AcceptedFindings(): ReactElement | null {
  const styles = useStyles();
  const steps = useAssistant((store) => store.state?.checklist.steps) ?? [];
  const accepted = steps.flatMap(({ id, findings }) =>
    findings.flatMap(({ accepted, ...finding }) => (accepted === null ? [] : [{ step: id, ...finding, ...accepted }])),
  );
  if (accepted.length === 0) return null;
  return (
    <Panel title="Accepted">
      <ul className={styles.list}>
        {accepted.map(({ id, step, title, reason, by, until }) => (
          <li key={id} data-accepted={id}>
            <Link className={styles.title} href={`#${step}`}>
              {title}
            </Link>
            <p className={styles.text}>{reason}</p>
            <p className={`${styles.text} ${styles.until}`}>
              {by}, until {readableDay(until)}. After that day it counts again.
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
