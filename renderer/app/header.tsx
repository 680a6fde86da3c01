import { Button, makeStyles, ProgressBar, tokens } from "@fluentui/react-components";
import { ArrowSync20Regular } from "@fluentui/react-icons/svg/arrow-sync";
import { Search20Regular } from "@fluentui/react-icons/svg/search";
import { type ReactElement, useEffect, useRef } from "react";
import { dayOf } from "../../electron/contract/date.ts";
import { useOpenDialog } from "../about/open-dialog.ts";
import { PracticeButton } from "../practice/practice-button.tsx";
import { useAssistant } from "../store/assistant-store.ts";
import { readableMoment } from "../ui/day.ts";
import { useElement } from "../ui/element.ts";
import { MoreMenu } from "./more-menu.tsx";
import { ServerMenu } from "./server-menu.tsx";

const narrow = "@media (max-width: 860px)";

const useStyles = makeStyles({
  header: {
    gridArea: "header",
    position: "relative",
    display: "flex",
    alignItems: "center",
    gap: "4px 12px",
    minHeight: "48px",
    boxSizing: "border-box",
    padding: "4px 16px 4px 20px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    [narrow]: { flexWrap: "wrap", padding: "4px 12px" },
  },
  product: { fontWeight: 600, whiteSpace: "nowrap" },
  summary: {
    flexGrow: 1,
    flexBasis: "240px",
    minWidth: 0,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    color: tokens.colorNeutralForeground2,
    [narrow]: { order: 1, flexBasis: "100%", whiteSpace: "normal" },
  },
  actions: { display: "flex", alignItems: "center", gap: "4px", marginLeft: "auto" },
  bar: { position: "absolute", left: 0, right: 0, bottom: "-1px" },
});

function Summary(): ReactElement {
  const styles = useStyles();
  const server = useAssistant((store) => store.state?.server);
  const work = useAssistant((store) => store.work);
  const progress = useAssistant((store) => store.progress);
  if (work !== null) {
    const words = work === "change" ? "Changing the server…" : (progress?.text ?? "Looking at the server…");
    return <span className={styles.summary}>{words}</span>;
  }
  if (server === undefined) return <span className={styles.summary}>No server has been read yet</span>;
  const words = [
    server.computer,
    server.windows ?? "Windows not known",
    server.build === null ? "MIM build not known" : `MIM ${server.build}`,
    `looked ${readableMoment(server.lookedAt, dayOf(new Date()))}`,
  ].join(" · ");
  return (
    <span className={styles.summary} title={words}>
      {words}
    </span>
  );
}

/** Which server is on show and when it was looked at; looking again, turning to another, and the window's own choices. */
export function Header(): ReactElement {
  const styles = useStyles();
  const work = useAssistant((store) => store.work);
  const progress = useAssistant((store) => store.progress);
  const look = useAssistant((store) => store.look);
  const cancelLook = useAssistant((store) => store.cancelLook);
  const show = useOpenDialog((dialog) => dialog.show);
  const { element: lookButton, hold: holdLookButton } = useElement<HTMLButtonElement>();
  const cancelHadFocus = useRef(false);
  // The Cancel button leaves when the work ends; the focus goes to its neighbour and not to nowhere.
  useEffect(() => {
    if (work === null && cancelHadFocus.current) lookButton.current?.focus();
    cancelHadFocus.current = false;
  }, [work, lookButton]);
  const fraction = progress?.fraction ?? null;
  // A change shows its progress, and its way to cancel, in the dialog it was started from.
  const looking = work !== null && work !== "change";
  return (
    <header className={styles.header}>
      <span className={styles.product}>MIM Mail Assistant</span>
      <ServerMenu />
      <PracticeButton />
      <Summary />
      <div className={styles.actions}>
        {looking && (
          <Button
            appearance="subtle"
            onFocus={() => {
              cancelHadFocus.current = true;
            }}
            onBlur={() => {
              cancelHadFocus.current = false;
            }}
            onClick={cancelLook}
          >
            Cancel
          </Button>
        )}
        <Button
          ref={holdLookButton}
          appearance="subtle"
          icon={<ArrowSync20Regular />}
          disabledFocusable={work !== null}
          title="Look at the server again (F5)"
          onClick={() => void look()}
        >
          {looking ? "Checking…" : "Check again"}
        </Button>
        <Button
          appearance="subtle"
          icon={<Search20Regular />}
          aria-label="Find"
          title="Find a step, a finding or a command (Ctrl+K)"
          data-find
          onClick={() => show("palette")}
        />
        <MoreMenu />
      </div>
      {looking && (
        <ProgressBar
          className={styles.bar}
          aria-label={progress?.text ?? "Looking at the server"}
          {...(fraction === null ? {} : { value: fraction })}
        />
      )}
    </header>
  );
}
