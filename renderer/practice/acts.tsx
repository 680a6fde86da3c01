import { Button, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { minutesPassed, type PracticeAct, practiceActs } from "../../electron/contract/practice.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { readableMoment } from "../ui/day.ts";
import { StatusIcon } from "../ui/status-icon.tsx";

const actWords: Readonly<Record<PracticeAct, string>> = {
  restartWindows: "Restart Windows",
  restartService: "Restart the service",
  letTimePass: `Let ${minutesPassed} minutes pass`,
  sendNotification: "Let MIM send a notification",
};

const useStyles = makeStyles({
  text: { margin: "0 0 12px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px" },
  outcome: { display: "flex", alignItems: "start", gap: "8px", margin: "12px 0 0", lineHeight: "20px" },
});

/** What became of the last notification on the practice server. */
function Outcome(): ReactElement | null {
  const styles = useStyles();
  const notification = useAssistant((store) => store.state?.practice?.notification ?? null);
  const today = useAssistant((store) => store.state?.checklist.today ?? "");
  if (notification === null) return null;
  const { at, arrived, text } = notification;
  return (
    <p className={styles.outcome} data-notification={arrived ? "arrived" : "lost"}>
      <StatusIcon status={arrived ? "done" : "action"} />
      <span>
        <b>
          {arrived ? "Arrived" : "Not arrived"}, {readableMoment(at, today)}.
        </b>{" "}
        {text}
      </span>
    </p>
  );
}

/** What a person does on a real server beside this program; the practice server does it without a wait. */
export function Acts(): ReactElement {
  const styles = useStyles();
  const busy = useAssistant((store) => store.work !== null);
  const rehearse = useAssistant((store) => store.rehearse);
  return (
    <>
      <p className={styles.text}>On a real server each of these takes its time. Here it happens at once.</p>
      <div className={styles.buttons}>
        {practiceActs.map((act) => (
          <Button key={act} disabledFocusable={busy} onClick={() => void rehearse(act)} data-act={act}>
            {actWords[act]}
          </Button>
        ))}
      </div>
      <Outcome />
    </>
  );
}
