import { Button, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { InstallerWatch } from "../../electron/contract/change-mode.ts";
import type { WizardPage } from "../../electron/contract/wizard.ts";
import { CodeLine } from "../ui/code-line.tsx";
import { Panel } from "../ui/panel.tsx";
import { useChangeMode } from "./change-mode-store.ts";
import { RunNotices } from "./run-notices.tsx";
import { RunProgress } from "./run-progress.tsx";

const useStyles = makeStyles({
  parts: { display: "flex", flexDirection: "column", gap: "16px" },
  actions: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 12px" },
  text: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

/** The installer under way: where it is, and the companion that goes with it. */
export function RunPanel({
  watch,
  pages,
}: {
  readonly watch: InstallerWatch;
  readonly pages: readonly WizardPage[];
}): ReactElement {
  const styles = useStyles();
  const panel = useChangeMode((store) => store.panel);
  const showCompanion = useChangeMode((store) => store.showCompanion);
  const cancelPreparing = useChangeMode((store) => store.cancelPreparing);
  return (
    <Panel title="The installer is open">
      <div className={styles.parts}>
        <RunProgress watch={watch} pages={pages} />
        <RunNotices watch={watch} />
        <div className={styles.actions}>
          {!panel && (
            <Button appearance="primary" onClick={() => void showCompanion(true)}>
              Open companion
            </Button>
          )}
          {watch.phase === "preparing" ? (
            <Button onClick={() => void cancelPreparing()}>Cancel</Button>
          ) : (
            watch.phase === "pages" && (
              <span className={styles.text}>
                {watch.practice
                  ? "The companion has the practice installer’s buttons."
                  : "To stop it, press Cancel in the installer’s own window."}
              </span>
            )
          )}
        </div>
        {watch.log !== null && (
          <div>
            <p className={styles.text}>Its log</p>
            <CodeLine text={watch.log} what="the log’s path" />
          </div>
        )}
      </div>
    </Panel>
  );
}
