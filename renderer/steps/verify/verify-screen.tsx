import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { type ReactElement, useRef } from "react";
import { FindingList } from "../../findings/finding-list.tsx";
import { ActsPanel } from "../../practice/acts-panel.tsx";
import { useAssistant } from "../../store/assistant-store.ts";
import { useTargetField } from "../../store/target-field.ts";
import { Columns } from "../../ui/columns.tsx";
import { DayField } from "../../ui/day-field.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RestartPanel } from "./restart-panel.tsx";
import { Timeline } from "./timeline.tsx";
import { TracePanel } from "./trace-panel.tsx";

const useStyles = makeStyles({
  steps: { margin: 0, paddingLeft: "20px", display: "flex", flexDirection: "column", gap: "6px", lineHeight: "20px" },
  hint: { margin: "0 0 12px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  form: { display: "flex", flexWrap: "wrap", alignItems: "end", gap: "8px" },
});

/** Whether it works: what the server shows, and the one thing only a person can see. */
export function VerifyScreen(): ReactElement {
  const styles = useStyles();
  const confirmed = useTargetField("mailConfirmed");
  const today = useAssistant((store) => store.state?.checklist.today);
  const editTarget = useAssistant((store) => store.editTarget);
  const turning = useAssistant((store) => store.work === "turn");
  const field = useRef<HTMLDivElement>(null);
  return (
    <Columns
      main={
        <>
          <FindingList step="verify" />
          <Timeline />
        </>
      }
      aside={
        <>
          <Panel title="In this order">
            <ol className={styles.steps}>
              <li>Restart the Forefront Identity Manager Service; it reads its settings only when it starts.</li>
              <li>Wait 15 minutes.</li>
              <li>Check again: the events and the token tell whether it signed in.</li>
              <li>Send a notification.</li>
            </ol>
          </Panel>
          <ActsPanel />
          <RestartPanel />
          <Panel title="A notification arrived" holds="thisServer">
            <p className={styles.hint}>Let MIM send one. When it has arrived, enter the day.</p>
            <div className={styles.form} ref={field}>
              <DayField label="Arrived on" value={confirmed} onChange={(day) => editTarget({ mailConfirmed: day })} />
              {confirmed !== today && (
                <Button
                  disabledFocusable={turning}
                  onClick={() => {
                    editTarget({ mailConfirmed: today }, "now");
                    field.current?.querySelector("input")?.focus();
                  }}
                >
                  Today
                </Button>
              )}
            </div>
          </Panel>
          <TracePanel />
        </>
      }
    />
  );
}
