import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { useChangeMode } from "./change-mode-store.ts";
import { Companion } from "./companion.tsx";

const useStyles = makeStyles({
  panel: {
    gridArea: "companion",
    minWidth: 0,
    minHeight: 0,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    // Beside the step there is no room for it: it lies over it.
    "@media (max-width: 1199px)": {
      position: "fixed",
      top: "48px",
      right: 0,
      bottom: 0,
      zIndex: 5,
      width: "min(380px, 100vw)",
      boxSizing: "border-box",
      boxShadow: tokens.shadow28,
    },
    "@media (max-width: 480px)": { top: 0 },
  },
});

/** The companion at the side of the window, where it has no window of its own. */
export function CompanionPanel(): ReactElement {
  const styles = useStyles();
  const showCompanion = useChangeMode((store) => store.showCompanion);
  const close = (): void => {
    void showCompanion(false).then(() => document.getElementById("screen-title")?.focus());
  };
  return (
    <aside className={styles.panel} aria-label="Companion">
      <Companion onClose={close} />
    </aside>
  );
}
