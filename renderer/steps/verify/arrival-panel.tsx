import { Button, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { useAssistant } from "../../store/assistant-store.ts";
import { useTargetField } from "../../store/target-field.ts";
import { readableDay } from "../../ui/day.ts";
import { useElement } from "../../ui/element.ts";
import { Panel } from "../../ui/panel.tsx";

const useStyles = makeStyles({
  steps: {
    margin: "0 0 12px",
    paddingLeft: "20px",
    display: "flex",
    flexDirection: "column",
    gap: "6px",
    lineHeight: "20px",
  },
  confirmed: { margin: "0 0 8px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px" },
});

/** What to do in MIM so that it sends a notification, and the one press that says it came. */
export function ArrivalPanel(): ReactElement {
  const styles = useStyles();
  const confirmed = useTargetField("mailConfirmed");
  const today = useAssistant((store) => store.state?.checklist.today);
  const editTarget = useAssistant((store) => store.editTarget);
  const { element, hold } = useElement<HTMLButtonElement>();
  const turning = useAssistant((store) => store.work === "turn");
  return (
    <Panel title="Send yourself one" holds="thisServer">
      <ol className={styles.steps}>
        <li>In the MIM Portal, sign in as someone whose mailbox you can read.</li>
        <li>Change something whose workflow notifies that person, or reset a test account’s password.</li>
        <li>Search Requests in the portal shows how the request ended; then look into the mailbox.</li>
      </ol>
      {confirmed !== undefined && (
        <p className={styles.confirmed} data-arrived={confirmed}>
          A notification arrived on {readableDay(confirmed)}.
        </p>
      )}
      <div className={styles.buttons}>
        <Button
          ref={hold}
          disabledFocusable={turning || confirmed === today}
          data-arrived-now
          onClick={() => editTarget({ mailConfirmed: today }, "now")}
        >
          It arrived just now
        </Button>
        {confirmed !== undefined && (
          <Button
            appearance="subtle"
            disabledFocusable={turning}
            onClick={() => {
              editTarget({ mailConfirmed: undefined }, "now");
              // This button goes; the focus stays where it can be said again.
              element.current?.focus();
            }}
          >
            Take it back
          </Button>
        )}
      </div>
    </Panel>
  );
}
