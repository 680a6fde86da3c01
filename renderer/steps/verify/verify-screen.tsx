import { makeStyles } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { Timeline } from "../../activity/timeline.tsx";
import { FindingList } from "../../findings/finding-list.tsx";
import { ActsPanel } from "../../practice/acts-panel.tsx";
import { useAssistant } from "../../store/assistant-store.ts";
import { Columns } from "../../ui/columns.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ArrivalPanel } from "./arrival-panel.tsx";
import { RestartPanel } from "./restart-panel.tsx";
import { TracePanel } from "./trace-panel.tsx";
import { WaitPanel } from "./wait-panel.tsx";

const useStyles = makeStyles({
  steps: { margin: 0, paddingLeft: "20px", display: "flex", flexDirection: "column", gap: "6px", lineHeight: "20px" },
});

/** Whether it works: what the server shows, the wait for it, and the one thing only a person can see. */
export function VerifyScreen(): ReactElement | null {
  const styles = useStyles();
  const state = useAssistant((store) => store.state);
  if (state === null) return null;
  const { wait, server } = state;
  return (
    <Columns
      main={
        <>
          {wait !== null && <WaitPanel key={`${server.kind} ${server.computer}`} state={state} wait={wait} />}
          <FindingList step="verify" />
          <Timeline />
        </>
      }
      aside={
        <>
          <ActsPanel />
          {wait === null && (
            <Panel title="In this order">
              <ol className={styles.steps}>
                <li>Restart the Forefront Identity Manager Service; it reads its settings only when it starts.</li>
                <li>
                  Stay on this page for 15 minutes: it looks again every minute and tells whether the service signed in.
                </li>
                <li>Send a notification.</li>
              </ol>
            </Panel>
          )}
          <RestartPanel />
          <ArrivalPanel />
          <TracePanel />
        </>
      }
    />
  );
}
