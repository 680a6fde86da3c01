import { Button, makeStyles } from "@fluentui/react-components";
import { lazy, type ReactElement, Suspense } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import { CodeLine } from "../ui/code-line.tsx";
import { useElement } from "../ui/element.ts";
import { Panel } from "../ui/panel.tsx";
import { counted } from "../ui/phrases.ts";
import { useChangeMode } from "./change-mode-store.ts";

const CleanLogDialog = lazy(async () => ({ default: (await import("./clean-log-dialog.tsx")).CleanLogDialog }));

const useStyles = makeStyles({ text: { margin: "0 0 8px", lineHeight: "20px" } });

/** The last run's log, when it holds secrets in clear, and the way to take them out. */
export function LogPanel(): ReactElement | null {
  const styles = useStyles();
  const changeMode = useAssistant((store) => store.state?.changeMode);
  const local = useAssistant((store) => store.state?.server.local);
  const busy = useAssistant((store) => store.work !== null);
  const asked = useChangeMode((store) => store.asked);
  const ask = useChangeMode((store) => store.ask);
  const { element: button, hold } = useElement<HTMLButtonElement>();
  if (changeMode === undefined) return null;
  const { watch, runs } = changeMode;
  const last = watch?.phase === "ended" ? watch : runs[0];
  const log = last?.log ?? null;
  const secrets = last?.secretsInLog ?? 0;
  const running = watch !== null && watch.phase !== "ended";
  const shown = log !== null && secrets > 0 && !running;
  // The question stays open while its answer is shown, though nothing is left to clean.
  if (!shown && asked !== "clean") return null;
  const close = (): void => {
    ask(null);
    setTimeout(() => (button.current?.isConnected ? button.current : document.getElementById("screen-title"))?.focus());
  };
  return (
    <Panel title="Secrets in the log" tone="note">
      <p className={styles.text}>
        {secrets === 1 ? "1 secret stands" : `${counted(secrets, "secret")} stand`} in clear in the log of the last run.
        Whoever reads the file can use {secrets === 1 ? "it" : "them"}.
      </p>
      {log !== null && <CodeLine text={log} what="the log’s path" />}
      {local === true && (
        <Button ref={hold} disabledFocusable={busy} onClick={() => ask("clean")}>
          Clean the log…
        </Button>
      )}
      {asked === "clean" && log !== null && (
        <Suspense>
          <CleanLogDialog log={log} secrets={secrets} onClose={close} />
        </Suspense>
      )}
    </Panel>
  );
}
