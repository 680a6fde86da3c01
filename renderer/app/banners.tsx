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
import { useAssistant } from "./assistant-store.ts";

const useStyles = makeStyles({
  banners: { display: "flex", flexDirection: "column", gap: "8px", padding: "12px 28px 0" },
  message: { display: "block", whiteSpace: "normal", overflowWrap: "anywhere" },
});

/** What went wrong and what to do about it; and the lost connection, with the way back. */
export function Banners(): ReactElement | null {
  const styles = useStyles();
  const problem = useAssistant((store) => store.problem);
  const connection = useAssistant((store) => store.connection);
  const dismiss = useAssistant((store) => store.dismissProblem);
  const reconnect = useAssistant((store) => store.reconnect);
  if (problem === null && connection === "open") return null;
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
      {problem !== null && (
        <MessageBar intent="error" layout="multiline" data-problem={problem.code}>
          <MessageBarBody>
            <MessageBarTitle>{problem.message}</MessageBarTitle> <span className={styles.message}>{problem.cure}</span>
          </MessageBarBody>
          <MessageBarActions
            containerAction={
              <Button
                appearance="transparent"
                icon={<Dismiss20Regular />}
                aria-label="Dismiss this message"
                onClick={() => {
                  dismiss();
                  document.getElementById("screen-title")?.focus();
                }}
              />
            }
          />
        </MessageBar>
      )}
    </div>
  );
}
