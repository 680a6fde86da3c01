import { Button, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { ReviewButton, TlsFileActions, useReviewable } from "../steps/tls/tls-footer.tsx";
import { useAssistant } from "./assistant-store.ts";
import { screenBeside, screenName } from "./screens.ts";

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
  },
  space: { flexGrow: 1 },
  button: { whiteSpace: "nowrap" },
});

/** What is saved when nothing was chosen. */
const wholeReport = { maskNames: false, before: true, pictures: true };

/** The way on and back; on the last screen, saving the report is the way on, and changes to be made come before it. */
export function Footer(): ReactElement {
  const styles = useStyles();
  const screen = useAssistant((store) => store.screen);
  const ready = useAssistant((store) => store.state !== null);
  const go = useAssistant((store) => store.go);
  const saveReport = useAssistant((store) => store.saveReport);
  const reviewable = useReviewable();
  const review = screen === "tls" && reviewable > 0;
  const before = screenBeside(screen, -1);
  const next = screenBeside(screen, 1);
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
        <>
          <Button disabledFocusable={!ready} onClick={() => void saveReport("json", wholeReport)}>
            Save as JSON
          </Button>
          <Button appearance="primary" disabledFocusable={!ready} onClick={() => void saveReport("html", wholeReport)}>
            Save report as HTML
          </Button>
        </>
      ) : (
        <>
          <Button
            className={styles.button}
            appearance={review ? "secondary" : "primary"}
            data-next
            onClick={() => go(next)}
          >
            Next: {screenName(next)}
          </Button>
          {review && <ReviewButton count={reviewable} />}
        </>
      )}
    </footer>
  );
}
