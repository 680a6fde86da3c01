import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { Dismiss20Regular } from "@fluentui/react-icons/svg/dismiss";
import { type ReactElement, useEffect, useId, useState } from "react";
import { listedJournal } from "../changes/journal-labels.ts";
import { type Said, useAssistant } from "../store/assistant-store.ts";

/** So many milliseconds a message stays, and more for each letter: a slow reader reads ten in a second. */
const leastTime = 8000;
const perLetter = 100;

const useStyles = makeStyles({
  place: { position: "relative", height: 0 },
  message: {
    position: "absolute",
    bottom: "12px",
    right: "28px",
    zIndex: 1,
    display: "flex",
    alignItems: "center",
    gap: "8px",
    boxSizing: "border-box",
    maxWidth: "calc(100% - 32px)",
    padding: "8px 8px 8px 16px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    boxShadow: tokens.shadow16,
    backgroundColor: tokens.colorNeutralBackground1,
    lineHeight: "20px",
    "@media (max-width: 860px)": { right: "16px" },
  },
  text: { minWidth: 0, overflowWrap: "anywhere" },
  button: { flexShrink: 0, whiteSpace: "nowrap" },
});

const labels = { putBack: "Undo", again: "Make again" } as const;

/** What was done last, in a corner for as long as one reads it; while it is pointed at or has the focus it stays. */
export function QuietMessage(): ReactElement | null {
  // While a dialog is open, that says it.
  const said = useAssistant((store) => (store.asked === null ? store.said : null));
  return said === null ? null : <Message key={said.text} said={said} />;
}

function Message({ said }: { readonly said: Said }): ReactElement {
  const styles = useStyles();
  const hush = useAssistant((store) => store.hush);
  const ask = useAssistant((store) => store.ask);
  const request = useAssistant((store) => store.request);
  const busy = useAssistant((store) => store.work !== null);
  const changes = useAssistant((store) => store.state?.changes);
  const [held, setHeld] = useState(false);
  const text = useId();
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => hush(), leastTime + perLetter * said.text.length);
    return () => clearTimeout(timer);
  }, [held, said, hush]);
  const journal = changes?.journals.find(({ id }) => id === said.journal);
  const offer =
    changes === undefined || journal === undefined || changes.refusal !== null
      ? null
      : listedJournal(journal, changes.journals).offer;
  return (
    <div className={styles.place}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: being pointed at only keeps it from going */}
      <div
        className={styles.message}
        data-said
        onMouseEnter={() => setHeld(true)}
        onMouseLeave={() => setHeld(false)}
        onFocus={() => setHeld(true)}
        onBlur={() => setHeld(false)}
      >
        <span id={text} className={styles.text}>
          {said.text}
        </span>
        {journal !== undefined && offer !== null && (
          <Button
            className={styles.button}
            size="small"
            disabledFocusable={busy}
            aria-describedby={text}
            onClick={() => {
              hush();
              ask({ what: offer, journal });
            }}
          >
            {labels[offer]}
          </Button>
        )}
        {said.saved && (
          <Button
            className={styles.button}
            size="small"
            aria-describedby={text}
            onClick={() => void request((bridge) => bridge.showSaved(null))}
          >
            Show in folder
          </Button>
        )}
        <Button
          appearance="transparent"
          size="small"
          icon={<Dismiss20Regular />}
          aria-label="Dismiss this message"
          onClick={() => {
            hush();
            document.getElementById("screen-title")?.focus();
          }}
        />
      </div>
    </div>
  );
}
