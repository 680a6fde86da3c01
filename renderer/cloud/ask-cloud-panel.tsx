import { Button, Field, Link, makeStyles, Radio, RadioGroup, tokens } from "@fluentui/react-components";
import { type ReactElement, useEffect, useRef, useState } from "react";
import type { CloudState } from "../../electron/contract/cloud.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { useTargetField } from "../store/target-field.ts";
import { CheckProgress } from "../ui/check-progress.tsx";
import { useElement } from "../ui/element.ts";
import { FactList } from "../ui/fact-list.tsx";
import { Panel } from "../ui/panel.tsx";
import { sentence } from "../ui/phrases.ts";
import { ClientSecretField } from "./client-secret-field.tsx";
import { CloudAnswer } from "./cloud-answer.tsx";
import { useCloudRun } from "./cloud-run.ts";
import { mendingPlace } from "./mending-place.ts";
import { secretFault } from "./secret-fault.ts";

const useStyles = makeStyles({
  body: { display: "flex", flexDirection: "column", gap: "16px" },
  text: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  reason: { margin: "0 0 4px", lineHeight: "20px", fontWeight: 600 },
  form: { display: "flex", flexWrap: "wrap", alignItems: "start", gap: "8px" },
  secret: { flexGrow: 1, flexBasis: "280px", maxWidth: "460px" },
  // Fluent greys the choice that is not made; both are to be read.
  choice: { color: tokens.colorNeutralForeground1 },
  // Beside the field, not beside its label.
  ask: { marginTop: "26px", whiteSpace: "nowrap" },
  mend: { marginTop: "12px" },
  id: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: "anywhere" },
});

/** Said in the place of the mailbox while there is none, with the way to where it is entered. */
function NoMailbox(): ReactElement {
  const go = useAssistant((store) => store.go);
  return (
    <>
      None entered: only the sign-in is asked.{" "}
      <Link as="button" inline onClick={() => go("serviceAccount")}>
        Enter it
      </Link>
    </>
  );
}

/** What will be asked. The cloud has its choice below where it must be told which of two it is. */
function Question({
  question,
  brief,
  asksDod,
}: {
  readonly question: NonNullable<CloudState["question"]>;
  readonly brief: boolean;
  readonly asksDod: boolean;
}): ReactElement {
  const styles = useStyles();
  const { cloud, applicationId, tenantId, mailbox } = question;
  const enteredApplication = useTargetField("applicationId");
  const enteredTenant = useTargetField("tenantId");
  // What is entered stands in the fields beside it; what the server has is told.
  const showsApplication = brief || enteredApplication !== applicationId;
  const showsTenant = !brief && enteredTenant !== tenantId;
  return (
    <FactList
      facts={[
        ...(asksDod || brief ? [] : [{ name: "Cloud", value: cloud }]),
        ...(showsApplication
          ? [{ name: "Application ID", value: <span className={styles.id}>{applicationId}</span> }]
          : []),
        ...(showsTenant ? [{ name: "Tenant ID", value: <span className={styles.id}>{tenantId}</span> }] : []),
        { name: "Mailbox", value: mailbox ?? <NoMailbox /> },
      ]}
    />
  );
}

/** Why it cannot be asked, and the way to where that is mended. */
function Refusal({ refusal }: { readonly refusal: NonNullable<CloudState["refusal"]> }): ReactElement {
  const styles = useStyles();
  const state = useAssistant((store) => store.state);
  const screen = useAssistant((store) => store.screen);
  const go = useAssistant((store) => store.go);
  const place = state === null ? null : mendingPlace(state);
  return (
    <div data-refusal>
      <p className={styles.reason}>{sentence(refusal.message)}</p>
      {/* The button says what to do as well. */}
      {place === null && <p className={styles.text}>{refusal.cure}</p>}
      {place !== null && (
        <Button
          className={styles.mend}
          onClick={() => {
            if (place.screen !== screen) go(place.screen);
            else document.querySelector<HTMLElement>(`[data-target="${place.field}"]`)?.focus();
          }}
        >
          {place.label}
        </Button>
      )}
    </div>
  );
}

/** The secret, the button, and while it goes on how far it is. */
function AskForm({ asksDod }: { readonly asksDod: boolean }): ReactElement {
  const styles = useStyles();
  const { running, stopped, dod, chooseDod, ask, cancel } = useCloudRun();
  const input = useRef<HTMLInputElement>(null);
  const { element: button, hold } = useElement<HTMLButtonElement>();
  const [fault, setFault] = useState<string | null>(null);
  const isRunning = running !== null;
  useEffect(() => {
    // The button to cancel has gone, and with it the focus, if it was there.
    if (!isRunning && document.activeElement === document.body) button.current?.focus();
  }, [isRunning, button]);
  const press = (): void => {
    if (input.current === null || isRunning) return;
    const secret = input.current.value.trim();
    const wrong = secret === "" ? "Type or paste the secret’s Value." : secretFault(secret);
    setFault(wrong);
    if (wrong !== null) {
      input.current.focus();
      return;
    }
    void ask(secret);
    input.current.value = "";
  };
  return (
    <>
      {asksDod && (
        <Field label="Government cloud">
          <RadioGroup
            layout="horizontal"
            value={dod ? "dod" : "gccHigh"}
            onChange={(_event, data) => chooseDod(data.value === "dod")}
          >
            <Radio value="gccHigh" label={<span className={styles.choice}>GCC High</span>} />
            <Radio value="dod" label={<span className={styles.choice}>DoD</span>} />
          </RadioGroup>
        </Field>
      )}
      <div className={styles.form}>
        <div className={styles.secret}>
          <ClientSecretField
            element={input}
            fault={fault}
            readOnly={isRunning}
            onInput={() => setFault(secretFault(input.current?.value ?? ""))}
            onEnter={press}
          />
        </div>
        <Button ref={hold} className={styles.ask} disabledFocusable={isRunning} onClick={press} data-ask>
          Ask Microsoft
        </Button>
      </div>
      <CheckProgress label="Asking Microsoft’s cloud" running={running} stopped={stopped} onCancel={cancel} />
    </>
  );
}

/**
 * Signs the application in and asks for the mailbox, before the installer does. `brief` is about the mailbox alone, for
 * the screen that asks whether it can be reached.
 */
export function AskCloudPanel({ brief = false }: { readonly brief?: boolean }): ReactElement | null {
  const styles = useStyles();
  const cloud = useAssistant((store) => store.state?.cloud);
  const server = useAssistant((store) => store.state?.server);
  const go = useAssistant((store) => store.go);
  const isRunning = useCloudRun((store) => store.running !== null);
  if (cloud === undefined || server === undefined) return null;
  return (
    <Panel title={cloud.simulated ? "Ask Microsoft’s cloud, simulated" : "Ask Microsoft’s cloud"}>
      <div className={styles.body}>
        <p className={styles.text}>
          {brief
            ? "Signs in as the application and opens the Inbox of the service’s mailbox. No message is read."
            : "Signs in as the application, before the installer does, and opens the Inbox of the service’s mailbox."}
        </p>
        {cloud.simulated && (
          <p className={styles.text} data-simulated>
            A simulated Microsoft answers on the practice server. Nothing leaves this computer; type anything as the
            secret.
          </p>
        )}
        {cloud.question !== null && (
          <>
            <Question question={cloud.question} brief={brief} asksDod={cloud.asksDod} />
            {/* Another server may be about another application: what was typed for this one goes. */}
            <AskForm key={`${server.kind} ${server.label}`} asksDod={cloud.asksDod} />
          </>
        )}
        {cloud.refusal !== null && <Refusal refusal={cloud.refusal} />}
        {!isRunning && <CloudAnswer cloud={cloud} brief={brief} />}
        {brief && cloud.answer !== null && !isRunning && (
          <div>
            <Link as="button" inline onClick={() => go("azureIds")}>
              All results on Azure IDs
            </Link>
          </div>
        )}
      </div>
    </Panel>
  );
}
