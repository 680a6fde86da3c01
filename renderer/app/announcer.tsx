import { makeStyles } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { useAssistant } from "./assistant-store.ts";

const useStyles = makeStyles({
  hidden: {
    position: "absolute",
    width: "1px",
    height: "1px",
    overflow: "hidden",
    clipPath: "inset(50%)",
    whiteSpace: "nowrap",
  },
});

/** Tells a screen reader what changed without being asked: the end of a look, a finding's new status, a copied value. */
export function Announcer(): ReactElement {
  const styles = useStyles();
  const announcement = useAssistant((store) => store.announcement);
  return (
    <div role="status" aria-live="polite" className={styles.hidden} data-announcer>
      {/* A new element each time, so that the same words twice are read out twice. */}
      <span key={announcement.count}>{announcement.text}</span>
    </div>
  );
}
