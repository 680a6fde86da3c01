import { Button, Field, makeStyles, Select, tokens } from "@fluentui/react-components";
import { type ReactElement, useEffect } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import { useRelayRun } from "../store/relay-run.ts";
import { CheckProgress } from "../ui/check-progress.tsx";
import { useElement } from "../ui/element.ts";
import { FactList } from "../ui/fact-list.tsx";
import { Panel } from "../ui/panel.tsx";
import { RelayRows } from "./relay-rows.tsx";

const useStyles = makeStyles({
  body: { display: "flex", flexDirection: "column", gap: "16px" },
  text: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  reason: { margin: "0 0 4px", lineHeight: "20px", fontWeight: 600 },
  bar: { display: "flex", flexWrap: "wrap", alignItems: "end", gap: "8px 12px" },
  port: { width: "128px" },
});

/** The ports a relay is asked at: MIM's likely one first. */
const ports = [25, 587] as const;

/** The buttons, and while it goes on how far it is. */
function AskBar({ testRecipient }: { readonly testRecipient: string | null }): ReactElement {
  const styles = useStyles();
  const { running, stopped, port, choosePort, ask, cancel } = useRelayRun();
  const { element: button, hold } = useElement<HTMLButtonElement>();
  const isRunning = running !== null;
  useEffect(() => {
    // The button to cancel has gone, and with it the focus, if it was there.
    if (!isRunning && document.activeElement === document.body) button.current?.focus();
  }, [isRunning, button]);
  return (
    <>
      <div className={styles.bar}>
        <Field className={styles.port} label="Port">
          <Select value={String(port)} disabled={isRunning} onChange={(_event, data) => choosePort(Number(data.value))}>
            {ports.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </Select>
        </Field>
        <Button ref={hold} disabledFocusable={isRunning} onClick={() => void ask()} data-ask>
          Ask the relay
        </Button>
        {testRecipient !== null && (
          <Button disabledFocusable={isRunning} onClick={() => void ask(true)} data-send-test>
            Send one test mail to {testRecipient}
          </Button>
        )}
      </div>
      <CheckProgress label="Asking the relay" running={running} stopped={stopped} onCancel={cancel} />
    </>
  );
}

/** Asks the relay whether it takes MIM's mail. Nothing is sent but a test mail, by a button of its own. */
export function RelayPanel(): ReactElement | null {
  const styles = useStyles();
  const relay = useAssistant((store) => store.state?.relay);
  const today = useAssistant((store) => store.state?.checklist.today ?? "");
  const isRunning = useRelayRun((store) => store.running !== null);
  if (relay === undefined) return null;
  const { question, refusal, simulated, testRecipient, answer } = relay;
  return (
    <Panel title={simulated ? "Ask the relay, simulated" : "Ask the relay"}>
      <div className={styles.body}>
        <p className={styles.text}>
          From this server: its name, the port, the greeting, TLS, sender and recipients. Nothing is sent.
          {simulated && " A simulated relay answers on the practice server."}
        </p>
        {question !== null && (
          <>
            <FactList
              facts={[
                { name: "Relay", value: question.host },
                { name: "Sender", value: question.sender },
                { name: "Recipients", value: `${question.inside}, ${question.outside}` },
                { name: "TLS", value: question.useSsl ? "Wanted, by STARTTLS" : "Not wanted" },
              ]}
            />
            <AskBar testRecipient={testRecipient} />
          </>
        )}
        {refusal !== null && (
          <div data-refusal>
            <p className={styles.reason}>{refusal.message}</p>
            <p className={styles.text}>{refusal.cure}</p>
          </div>
        )}
        {answer !== null && !isRunning && <RelayRows answer={answer} today={today} />}
      </div>
    </Panel>
  );
}
