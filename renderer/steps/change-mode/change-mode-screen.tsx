import { Link, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { StepId } from "../../../electron/contract/checklist.ts";
import { LogPanel } from "../../change-mode/log-panel.tsx";
import { PageList } from "../../change-mode/page-list.tsx";
import { RunEnd } from "../../change-mode/run-end.tsx";
import { RunNotices } from "../../change-mode/run-notices.tsx";
import { RunPanel } from "../../change-mode/run-panel.tsx";
import { KeptRuns } from "../../change-mode/saved-runs.tsx";
import { StartPanel } from "../../change-mode/start-panel.tsx";
import { useWizard } from "../../change-mode/wizard/use-wizard.ts";
import { FindingList } from "../../findings/finding-list.tsx";
import { useAssistant } from "../../store/assistant-store.ts";
import { screenName } from "../../store/screens.ts";
import { stepWord } from "../../store/step-word.ts";
import { isRunning } from "../../store/watch-labels.ts";
import { Columns } from "../../ui/columns.tsx";
import { Panel } from "../../ui/panel.tsx";
import { StatusIcon } from "../../ui/status-icon.tsx";

const useStyles = makeStyles({
  ready: { listStyle: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: "8px" },
  entry: { display: "flex", alignItems: "center", gap: "8px" },
  grow: { flexGrow: 1 },
  word: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  ended: { display: "flex", flexDirection: "column", gap: "12px" },
});

/** What is better settled before the installer runs. */
const before: readonly StepId[] = ["server", "tls", "azureIds", "serviceAccount", "exchange"];

function SettledFirst(): ReactElement | null {
  const styles = useStyles();
  const state = useAssistant((store) => store.state);
  if (state === null) return null;
  return (
    <ul className={styles.ready}>
      {before.map((id) => {
        const { status, word } = stepWord(state, id);
        return (
          <li key={id} className={styles.entry}>
            <StatusIcon status={status} />
            <span className={styles.grow}>
              <Link href={`#${id}`}>{screenName(id)}</Link>
            </span>
            <span className={styles.word}>{word}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** Starting the installer, where it is, how it ended, and what it asks. */
export function ChangeModeScreen(): ReactElement {
  const styles = useStyles();
  const { pages, watch } = useWizard();
  const running = isRunning(watch);
  return (
    <Columns
      main={
        <>
          {running && <RunPanel watch={watch} pages={pages} />}
          {watch?.phase === "ended" && (
            <Panel title="The last run">
              <div className={styles.ended}>
                <RunEnd watch={watch} />
                <RunNotices watch={{ ...watch, signInErrors: [] }} />
              </div>
            </Panel>
          )}
          <LogPanel />
          {!running && <StartPanel last={watch} />}
          <FindingList step="changeMode" />
          <Panel title="What the installer asks">
            <PageList pages={pages} />
          </Panel>
        </>
      }
      aside={
        <>
          <Panel title="Before you start">
            <SettledFirst />
          </Panel>
          <KeptRuns />
        </>
      }
    />
  );
}
