import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { CloudState } from "../../electron/contract/cloud.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { readableMoment } from "../ui/day.ts";
import { FactList } from "../ui/fact-list.tsx";
import { CloudRowItem } from "./cloud-row-item.tsx";
import { Notice } from "./notice.tsx";
import { unfitWords } from "./outcome-labels.ts";

const useStyles = makeStyles({
  answer: { display: "flex", flexDirection: "column", gap: "12px" },
  head: { margin: 0, color: tokens.colorNeutralForeground2, lineHeight: "20px" },
  rows: { margin: 0, padding: 0 },
  routes: { paddingTop: "12px", borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  subtitle: { margin: "0 0 4px", fontSize: tokens.fontSizeBase200, lineHeight: "16px", fontWeight: 600 },
});

/**
 * What Microsoft's cloud answered: in full when it was asked since the start, else when it was asked last and whether
 * that still counts. `brief` shows the mailbox, and beside it only what has to be mended first.
 */
export function CloudAnswer({
  cloud,
  brief = false,
}: {
  readonly cloud: CloudState;
  readonly brief?: boolean;
}): ReactElement | null {
  const styles = useStyles();
  const today = useAssistant((store) => store.state?.checklist.today ?? "");
  const { answer, last, lastDiffers } = cloud;
  const at = answer?.at ?? last?.at;
  if (at === undefined) return null;
  const when = readableMoment(at, today);
  const fits = lastDiffers.length === 0;
  const rows =
    answer?.rows.filter(
      ({ id, status }) => !brief || id === "mailbox" || status === "action" || status === "unknown",
    ) ?? [];
  // Two of the requests may go to one host.
  const routes = [...new Map(answer?.routes.map(({ host, route }) => [host, { name: host, value: route }])).values()];
  // On a live server a row of its own is about the other way.
  const triesServer = answer?.rows.some(({ id, status }) => id === "windows" && status !== "notApplicable") === true;
  return (
    <div className={styles.answer} data-answer={answer === null ? "kept" : "full"}>
      {!fits && <Notice tone="warning">{unfitWords(lastDiffers)}</Notice>}
      {answer === null ? (
        <p className={styles.head}>
          Asked last at {when}.{fits && " Its results stand in the findings."}
        </p>
      ) : (
        <>
          <p className={styles.head}>Asked at {when}</p>
          <ul className={styles.rows}>
            {rows.map((row) => (
              <CloudRowItem key={`${answer.at} ${row.id}`} row={row} />
            ))}
          </ul>
          {!brief && routes.length > 0 && (
            <div className={styles.routes}>
              <h3 className={styles.subtitle}>How each host was reached</h3>
              <FactList facts={routes} />
            </div>
          )}
          {!brief && !triesServer && (
            <Notice>
              This proves the application. It does not prove the server’s own way to Microsoft, through SCHANNEL and
              .NET.
            </Notice>
          )}
        </>
      )}
    </div>
  );
}
