import {
  Button,
  Checkbox,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { lazy, type ReactElement, Suspense, useState } from "react";
import type { InstallerWatch } from "../../electron/contract/change-mode.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { hasSucceeded } from "../store/watch-labels.ts";
import { CodeLine } from "../ui/code-line.tsx";
import { useElement } from "../ui/element.ts";
import { Panel } from "../ui/panel.tsx";
import { sentence } from "../ui/phrases.ts";
import { AtHandList } from "./at-hand-list.tsx";
import { useChangeMode } from "./change-mode-store.ts";
import { ReadinessRows } from "./readiness-rows.tsx";

const StartDialog = lazy(async () => ({ default: (await import("./start-dialog.tsx")).StartDialog }));

const useStyles = makeStyles({
  parts: { display: "flex", flexDirection: "column", gap: "16px" },
  text: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  option: { margin: "-8px 0 -4px -8px" },
  label: { color: tokens.colorNeutralForeground1 },
  start: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
  line: { whiteSpace: "normal" },
  hand: { paddingTop: "12px", borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  handTitle: { margin: "0 0 4px", fontSize: tokens.fontSizeBase300, lineHeight: "20px", fontWeight: 600 },
});

/** What is looked at before the installer is started, the press that starts it, and the command to run it by hand. */
export function StartPanel({ last }: { readonly last: InstallerWatch | null }): ReactElement | null {
  const styles = useStyles();
  const changeMode = useAssistant((store) => store.state?.changeMode);
  const refusals = useAssistant((store) => store.state?.wizard.refusals);
  const command = useAssistant((store) => store.state?.found.changeCommand ?? null);
  const rehearsing = useAssistant((store) => (store.state?.practice ?? null) !== null);
  const busy = useAssistant((store) => store.work !== null);
  const starting = useChangeMode((store) => store.starting);
  const asked = useChangeMode((store) => store.asked);
  const ask = useChangeMode((store) => store.ask);
  const [copyConfig, setCopyConfig] = useState(true);
  const { element: startButton, hold } = useElement<HTMLButtonElement>();
  if (changeMode === undefined || refusals === undefined) return null;
  const { refusal, readiness, atHand } = changeMode;
  // After a run that went well the way leads on, and not round again.
  const succeeded = last !== null && hasSucceeded(last);
  const close = (): void => {
    ask(null);
    setTimeout(() => (startButton.current ?? document.getElementById("screen-title"))?.focus());
  };
  return (
    <Panel title={last !== null ? "Start the installer again" : "Start the installer"}>
      <div className={styles.parts}>
        {refusals.length > 0 && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody className={styles.line}>
              <MessageBarTitle>The installer would refuse what is wanted.</MessageBarTitle> {refusals.join(" ")}
            </MessageBarBody>
          </MessageBar>
        )}
        {readiness.length > 0 && <ReadinessRows rows={readiness} />}
        {atHand.length > 0 && refusal === null && <AtHandList items={atHand} />}
        {refusal === null ? (
          <>
            <Checkbox
              className={styles.option}
              label={<span className={styles.label}>Copy the service’s configuration file first</span>}
              checked={copyConfig}
              onChange={(_event, data) => setCopyConfig(data.checked === true)}
            />
            <div className={styles.start}>
              <Button
                ref={hold}
                appearance={succeeded ? "secondary" : "primary"}
                disabledFocusable={busy || starting}
                onClick={() => ask("start")}
              >
                {starting ? "Starting…" : "Start the installer…"}
              </Button>
              <span className={styles.text}>Nothing is changed before its last page.</span>
            </div>
          </>
        ) : (
          <MessageBar intent="info" layout="multiline" data-refusal>
            <MessageBarBody className={styles.line}>
              <MessageBarTitle>It cannot be started from here.</MessageBarTitle> {sentence(refusal.message)}{" "}
              {refusal.cure}
            </MessageBarBody>
          </MessageBar>
        )}
        <div className={styles.hand}>
          <h3 className={styles.handTitle}>{refusal === null ? "Or by hand" : "By hand"}</h3>
          {command === null ? (
            <p className={styles.text}>The command cannot be built yet; the finding below says what is missing.</p>
          ) : (
            <>
              <p className={styles.text}>
                {rehearsing
                  ? "On a real server this is run in a command prompt started as an administrator."
                  : "Run this on the server, in a command prompt started as an administrator."}{" "}
                It changes the installation; it does not remove it.
              </p>
              <CodeLine text={command} what="Change mode command" />
            </>
          )}
        </div>
      </div>
      {asked === "start" && (
        <Suspense>
          <StartDialog copyConfig={copyConfig} onClose={close} />
        </Suspense>
      )}
    </Panel>
  );
}
