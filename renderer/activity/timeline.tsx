import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { type ReactElement, useRef, useState } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import { Panel } from "../ui/panel.tsx";
import { ActivityDay } from "./activity-day.tsx";
import { timelineDays } from "./timeline-days.ts";

/** How many entries are on show before the rest is asked for. */
const shownAtFirst = 12;

const useStyles = makeStyles({
  timeline: { containerType: "inline-size" },
  text: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  more: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px", marginTop: "12px" },
});

/** Changes, installer runs, restarts, cloud checks and events on one line of time, newest first. */
export function Timeline(): ReactElement | null {
  const styles = useStyles();
  const verification = useAssistant((store) => store.state?.verification);
  const today = useAssistant((store) => store.state?.checklist.today ?? "");
  const [unfolded, setUnfolded] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  if (verification === undefined) return null;
  const { timeline, leftOut } = verification;
  const shown = unfolded ? timeline : timeline.slice(0, shownAtFirst);
  const showAll = (): void => {
    setUnfolded(true);
    // The button goes; the focus goes on to the first entry that came.
    setTimeout(() => {
      const row = place.current?.querySelectorAll("li")[shownAtFirst];
      const button = row?.querySelector("button");
      (button ?? document.getElementById("screen-title"))?.focus();
    });
  };
  return (
    <Panel title="What happened, newest first">
      <div className={styles.timeline} ref={place}>
        {timeline.length === 0 ? (
          <p className={styles.text}>
            Nothing is known yet. Starts of Windows and the service, changes, installer runs, cloud checks and mail
            errors will stand here.
          </p>
        ) : (
          timelineDays(shown, today).map((day) => <ActivityDay key={day.day} day={day} />)
        )}
        {(shown.length < timeline.length || leftOut > 0) && (
          <div className={styles.more}>
            {shown.length < timeline.length && (
              <Button size="small" onClick={showAll}>
                Show all {timeline.length}
              </Button>
            )}
            {leftOut > 0 && (
              <p className={styles.text}>{leftOut === 1 ? "1 older entry" : `${leftOut} older entries`} left out.</p>
            )}
          </div>
        )}
      </div>
    </Panel>
  );
}
