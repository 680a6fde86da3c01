import type { ReactElement } from "react";
import { useSpokenOnlyStyles } from "../ui/spoken-only.tsx";
import { useAssistant } from "./assistant-store.ts";

/** Tells a screen reader what changed without being asked: the end of a look, a finding's new status, a copied value. */
export function Announcer(): ReactElement {
  const styles = useSpokenOnlyStyles();
  const announcement = useAssistant((store) => store.announcement);
  return (
    <div role="status" aria-live="polite" className={styles.hidden} data-announcer>
      {/* A new element each time, so that the same words twice are read out twice. */}
      <span key={announcement.count}>{announcement.text}</span>
    </div>
  );
}
