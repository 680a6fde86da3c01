import { Button, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { installerSucceeded } from "../../electron/contract/installer-outcome.ts";
import type { State } from "../../electron/contract/state.ts";
import { useReviewable } from "../changes/reviewable.ts";
import { ReportFooter } from "../report/report-footer.tsx";
import { ReviewButton, TlsFileActions } from "../steps/tls/tls-footer.tsx";
import { RestartButton, useRestartNext } from "../steps/verify/restart-panel.tsx";
import { useAssistant } from "../store/assistant-store.ts";
import { screenBeside, screenName } from "../store/screens.ts";

const useStyles = makeStyles({
  footer: {
    display: "flex",
    flexShrink: 0,
    alignItems: "center",
    gap: "12px",
    padding: "12px 28px",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    flexWrap: "wrap",
    "@media (max-width: 860px)": { padding: "12px 16px" },
    "@media (max-height: 480px)": { padding: "8px 16px" },
  },
  space: { flexGrow: 1 },
  button: { whiteSpace: "nowrap" },
});

/** True once the installer has run to its end this session: the way on comes first then. */
function hasSucceeded({ changeMode: { watch } }: State): boolean {
  return watch !== null && watch.phase === "ended" && installerSucceeded(watch.exitCode);
}

/** The way on and back; on the last screen, saving the report is the way on, and changes to be made come before it. */
export function Footer(): ReactElement | null {
  const styles = useStyles();
  const screen = useAssistant((store) => store.screen);
  const go = useAssistant((store) => store.go);
  const reviewable = useReviewable();
  const review = screen === "tls" && reviewable > 0;
  const restartNext = useRestartNext();
  const restart = screen === "verify" && restartNext;
  const start = useAssistant(
    ({ state }) =>
      screen === "changeMode" && state !== null && state.changeMode.refusal === null && !hasSucceeded(state),
  );
  const before = screenBeside(screen, -1);
  const next = screenBeside(screen, 1);
  // The overview has its own way on, and what happened leads nowhere.
  if (screen === "overview" || screen === "activity") return null;
  return (
    <footer className={styles.footer}>
      {before !== null && (
        <Button onClick={() => go(before)} aria-label={`Back: ${screenName(before)}`}>
          Back
        </Button>
      )}
      {screen === "tls" && <TlsFileActions />}
      <span className={styles.space} />
      {next === null ? (
        <ReportFooter />
      ) : (
        <>
          <Button
            className={styles.button}
            appearance={review || restart || start ? "secondary" : "primary"}
            data-next
            onClick={() => go(next)}
          >
            Next: {screenName(next)}
          </Button>
          {review && <ReviewButton count={reviewable} />}
          {restart && <RestartButton primary />}
        </>
      )}
    </footer>
  );
}
