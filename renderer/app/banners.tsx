import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from "@fluentui/react-components";
import { Dismiss20Regular } from "@fluentui/react-icons/svg/dismiss";
import type { ReactElement } from "react";
import type { JournalSummary } from "../../electron/contract/change.ts";
import type { InstallerWatch } from "../../electron/contract/change-mode.ts";
import { interruptedIn } from "../changes/journal-labels.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { isRunning, watchTitle } from "../store/watch-labels.ts";
import { readableMoment } from "../ui/day.ts";
import { sentence } from "../ui/phrases.ts";

const useStyles = makeStyles({
  banners: {
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    padding: "12px 28px 0",
    "@media (max-width: 860px)": { padding: "12px 16px 0" },
  },
  message: { display: "block", whiteSpace: "normal", overflowWrap: "anywhere" },
});

/** A change that was interrupted and has to be ended, or could not be put back whole. */
function InterruptedChange({ journal }: { readonly journal: JournalSummary }): ReactElement {
  const styles = useStyles();
  const ask = useAssistant((store) => store.ask);
  const busy = useAssistant((store) => store.work !== null);
  const what = journal.kind === "apply" ? "A change" : "An undo";
  const when = readableMoment(journal.at, "");
  return (
    <MessageBar intent="warning" layout="multiline" data-interrupted={journal.id}>
      <MessageBarBody>
        <MessageBarTitle>
          {journal.state === "open"
            ? `${what} was interrupted on ${when}.`
            : `${what} of ${when} failed and could not be rolled back whole.`}
        </MessageBarTitle>{" "}
        <span className={styles.message}>
          {journal.reason === null ? "" : `${sentence(journal.reason)} `}Some of its values may be set and others not.
          Finish it, or put it back; until then nothing else can be changed.
        </span>
      </MessageBarBody>
      <MessageBarActions>
        <Button disabledFocusable={busy} onClick={() => ask({ what: "finish", journal })}>
          Finish…
        </Button>
        <Button disabledFocusable={busy} onClick={() => ask({ what: "rollback", journal })}>
          Put back…
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}

/** The installer goes on while another screen is on show. */
function OpenInstaller({ watch }: { readonly watch: InstallerWatch }): ReactElement {
  const styles = useStyles();
  const go = useAssistant((store) => store.go);
  const pages = useAssistant((store) => store.state?.wizard.pages ?? []);
  return (
    <MessageBar intent="info" layout="multiline" data-open-installer>
      <MessageBarBody className={styles.message}>
        <MessageBarTitle>The installer is open.</MessageBarTitle> {watchTitle(watch, pages)}.
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={() => go("changeMode")}>Go to Change mode</Button>
      </MessageBarActions>
    </MessageBar>
  );
}

/** Takes a message away; the focus goes on to the step and not to nowhere. */
function Dismiss({ onDismiss }: { readonly onDismiss: () => void }): ReactElement {
  return (
    <Button
      appearance="transparent"
      icon={<Dismiss20Regular />}
      aria-label="Dismiss this message"
      onClick={() => {
        onDismiss();
        document.getElementById("screen-title")?.focus();
      }}
    />
  );
}

/** What went wrong and what to do about it; the lost connection, with the way back; an installer that is open; and a change that was interrupted. */
export function Banners(): ReactElement | null {
  const styles = useStyles();
  const interrupted = useAssistant(({ state }) => (state === null ? null : interruptedIn(state.changes.journals)));
  const watch = useAssistant(({ state, screen }) =>
    state !== null && screen !== "changeMode" && isRunning(state.changeMode.watch) ? state.changeMode.watch : null,
  );
  const problem = useAssistant((store) => store.problem);
  const connection = useAssistant((store) => store.connection);
  const dismiss = useAssistant((store) => store.dismissProblem);
  const reconnect = useAssistant((store) => store.reconnect);
  if (problem === null && connection === "open" && interrupted === null && watch === null) return null;
  return (
    <div className={styles.banners}>
      {connection !== "open" && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>The connection to the assistant is lost.</MessageBarTitle>{" "}
            <span className={styles.message}>
              What you typed is kept here. Reconnect; if that does not help, start the assistant again and open the
              address it prints.
            </span>
          </MessageBarBody>
          <MessageBarActions>
            <Button disabledFocusable={connection === "connecting"} onClick={reconnect}>
              {connection === "connecting" ? "Connecting…" : "Reconnect"}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {watch !== null && <OpenInstaller watch={watch} />}
      {interrupted !== null && <InterruptedChange journal={interrupted} />}
      {problem !== null && (
        <MessageBar intent="error" layout="multiline" data-problem={problem.code}>
          <MessageBarBody>
            <MessageBarTitle>{problem.message}</MessageBarTitle> <span className={styles.message}>{problem.cure}</span>
          </MessageBarBody>
          <MessageBarActions containerAction={<Dismiss onDismiss={dismiss} />} />
        </MessageBar>
      )}
    </div>
  );
}
