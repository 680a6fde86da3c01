import { Field, Input, makeStyles, Select, tokens } from "@fluentui/react-components";
import { lazy, type ReactElement, Suspense, useRef, useState } from "react";
import {
  allowedAuthentications,
  authenticationCaptions,
  type MailServer,
  mailServerCaptions,
  mailServers,
} from "../../../electron/contract/mail-server.ts";
import { StepPage } from "../../change-mode/wizard/step-page.tsx";
import { FindingList } from "../../findings/finding-list.tsx";
import { useAssistant } from "../../store/assistant-store.ts";
import { useFinding } from "../../store/finding.ts";
import { useTargetField } from "../../store/target-field.ts";
import { AdviceList } from "../../ui/advice-list.tsx";
import { Columns } from "../../ui/columns.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SmtpFields } from "./smtp-fields.tsx";
import { SmtpWarning } from "./smtp-warning.tsx";

const RelayPanel = lazy(async () => ({ default: (await import("../../relay/relay-panel.tsx")).RelayPanel }));

const useStyles = makeStyles({
  wanted: { marginTop: "12px" },
  // As wide as its panel: the longest entry is longer.
  choice: { minWidth: 0, "& > select": { minWidth: 0, width: "100%" } },
  done: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

/** The host that takes MIM's mail: typed in the installer, so entered here first. */
function MailHost({ label }: { readonly label: string }): ReactElement {
  const styles = useStyles();
  const editTarget = useAssistant((store) => store.editTarget);
  const host = useTargetField("mailHost") ?? "";
  return (
    <Field className={styles.wanted} label={label} hint="A host name, such as smtp.contoso.com.">
      <Input
        value={host}
        spellCheck={false}
        autoComplete="off"
        data-target="mailHost"
        onChange={(_event, data) => editTarget({ mailHost: data.value === "" ? undefined : data.value })}
        onBlur={() => {
          const tidied = host.trim();
          if (tidied !== host) editTarget({ mailHost: tidied === "" ? undefined : tidied }, "now");
        }}
      />
    </Field>
  );
}

/** Which mail server to choose in the installer, and whether it has been chosen. */
export function MailServerScreen(): ReactElement | null {
  const styles = useStyles();
  const found = useAssistant((store) => store.state?.found);
  const editTarget = useAssistant((store) => store.editTarget);
  const mailServer = useTargetField("mailServer");
  const authentication = useTargetField("authentication");
  const finding = useFinding("mail.serverType");
  const [weighsSmtp, weighSmtp] = useState(false);
  const wanted = useRef<HTMLDivElement>(null);
  if (found === undefined || mailServer === undefined || authentication === undefined || finding === undefined) {
    return null;
  }
  const choose = (chosen: MailServer): void => {
    const [only] = allowedAuthentications[chosen];
    // The installer refuses other pairs, so the authentication follows where the one wanted no longer fits.
    const fits = allowedAuthentications[chosen].includes(authentication);
    editTarget({ mailServer: chosen, ...(fits || only === undefined ? {} : { authentication: only }) }, "now");
  };
  /** The question goes with its answer: the focus goes back to what asked it. */
  const weighed = (): void => {
    weighSmtp(false);
    wanted.current?.querySelector("select")?.focus();
  };
  const allowed = allowedAuthentications[mailServer].map((one) => authenticationCaptions[one]).join(" or ");
  return (
    <Columns
      wide
      main={
        <>
          <StepPage id="mailServer" mark="Mail Server:" />
          {mailServer === "smtp" && (
            <Suspense>
              <RelayPanel />
            </Suspense>
          )}
          <FindingList step="mailServer" />
        </>
      }
      aside={
        <>
          <Panel title="On this server">
            <FactList
              facts={[
                {
                  name: "Found",
                  value:
                    found.mailServer === null ? (
                      "Could not be told"
                    ) : (
                      <>
                        <b>{mailServerCaptions[found.mailServer]}</b>
                        {found.mailHost === null ? "" : ` · ${found.mailHost}`}
                      </>
                    ),
                },
              ]}
            />
            <div ref={wanted}>
              <Field
                className={styles.wanted}
                label="Wanted, for all servers"
                hint={mailServer === "none" ? "MIM sends no mail." : `The installer takes it with ${allowed}.`}
              >
                <Select
                  className={styles.choice}
                  value={weighsSmtp ? "smtp" : mailServer}
                  onChange={(_event, data) => {
                    const chosen = mailServers.find((one) => one === data.value);
                    const weighs = chosen === "smtp" && mailServer !== "smtp";
                    weighSmtp(weighs);
                    if (chosen !== undefined && !weighs) choose(chosen);
                  }}
                >
                  {mailServers.map((one) => (
                    <option key={one} value={one}>
                      {mailServerCaptions[one]}
                    </option>
                  ))}
                </Select>
              </Field>
            </div>
            {weighsSmtp && (
              <SmtpWarning
                groupManaged={found.groupManaged}
                onChoose={() => {
                  weighed();
                  choose("smtp");
                }}
                onKeep={weighed}
              />
            )}
            {(mailServer === "smtp" || mailServer === "exchange") && (
              <MailHost label={mailServer === "smtp" ? "Relay’s name" : "Exchange Server’s name"} />
            )}
            {mailServer === "smtp" && <SmtpFields />}
          </Panel>
          <Panel title="What to do">
            {finding.status === "done" ? (
              <p className={styles.done}>Nothing: the server has what is wanted.</p>
            ) : (
              <AdviceList advice={finding.advice} />
            )}
          </Panel>
        </>
      }
    />
  );
}
