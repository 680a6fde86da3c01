import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import type { InstallerRun } from "../../electron/contract/history.ts";
import { installerOutcome } from "../../electron/contract/installer-outcome.ts";
import type { Status } from "../../electron/contract/status.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { readableMoment } from "../ui/day.ts";
import { Panel } from "../ui/panel.tsx";
import { counted } from "../ui/phrases.ts";
import { StatusIcon } from "../ui/status-icon.tsx";

/** How many runs are listed before the rest is asked for. */
const shownAtFirst = 5;

const useStyles = makeStyles({
  none: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  list: { listStyle: "none", margin: 0, padding: 0 },
  run: {
    display: "grid",
    gridTemplateColumns: "20px minmax(0, 1fr) auto",
    gap: "2px 8px",
    padding: "8px 0",
    lineHeight: "20px",
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    ":first-child": { borderTop: "none", paddingTop: 0 },
  },
  word: { fontWeight: 600 },
  when: { color: tokens.colorNeutralForeground2 },
  details: {
    gridColumn: "2 / span 2",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
    overflowWrap: "anywhere",
  },
  more: { marginTop: "8px" },
});

/** How a kept run ended, in sign and words. */
function runWords(run: InstallerRun): { readonly status: Status; readonly word: string } {
  switch (installerOutcome(run.exitCode)) {
    case "succeeded":
      return { status: "done", word: "Succeeded" };
    case "restartNeeded":
      return { status: "done", word: "Succeeded, Windows must restart" };
    case "restartBegun":
      return { status: "done", word: "Succeeded, Windows was restarted" };
    case "cancelled":
      return { status: "attention", word: "Cancelled" };
    case null:
      return { status: "unknown", word: "Its end is not known" };
    default:
      return { status: "action", word: `Failed, exit code ${run.exitCode}` };
  }
}

/** The runs of Change mode that are kept, newest first. */
export function KeptRuns(): ReactElement | null {
  const styles = useStyles();
  const runs = useAssistant((store) => store.state?.changeMode.runs);
  const [unfolded, setUnfolded] = useState(false);
  if (runs === undefined) return null;
  const shown = unfolded ? runs : runs.slice(0, shownAtFirst);
  return (
    <Panel title="Runs so far">
      {runs.length === 0 ? (
        <p className={styles.none}>None was started from here.</p>
      ) : (
        <ul className={styles.list}>
          {shown.map((run) => {
            const { status, word } = runWords(run);
            const secrets = run.secretsInLog ?? 0;
            const at = run.endedAt ?? run.startedAt ?? null;
            const details = [
              ...(run.firstFailure ? [`First action that failed: ${run.firstFailure}`] : []),
              ...(secrets > 0 ? [`${counted(secrets, "secret")} in clear in its log`] : []),
              ...(run.log ? [run.log] : []),
            ];
            return (
              <li
                key={`${run.startedAt ?? ""} ${run.endedAt ?? ""} ${run.log ?? ""}`}
                className={styles.run}
                data-run={run.exitCode ?? "unknown"}
              >
                <StatusIcon status={status} />
                <span className={styles.word}>{word}</span>
                <span className={styles.when}>{at === null ? "Time not known" : readableMoment(at, "")}</span>
                {details.map((detail) => (
                  <span key={detail} className={styles.details}>
                    {detail}
                  </span>
                ))}
              </li>
            );
          })}
        </ul>
      )}
      {shown.length < runs.length && (
        <Button className={styles.more} size="small" appearance="subtle" onClick={() => setUnfolded(true)}>
          Show all {runs.length}
        </Button>
      )}
    </Panel>
  );
}
