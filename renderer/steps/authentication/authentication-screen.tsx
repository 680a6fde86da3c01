import { makeStyles, Radio, RadioGroup, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import {
  type Authentication,
  allowedAuthentications,
  authenticationCaptions,
  authentications,
  mailServerCaptions,
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

const useStyles = makeStyles({
  label: { margin: "12px 0 0", color: tokens.colorNeutralForeground2 },
  choice: { color: tokens.colorNeutralForeground1 },
  hint: { display: "block", color: tokens.colorNeutralForeground2 },
  done: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

const hints: Readonly<Record<Authentication, string>> = {
  applicationContext: "As an Entra application, with a client secret",
  basic: "Mailbox and password; Exchange Online refuses it since 2022",
  integrated: "As the service account, on your own network",
};

/** How MIM is to sign in, and whether that has been chosen. */
export function AuthenticationScreen(): ReactElement | null {
  const styles = useStyles();
  const found = useAssistant((store) => store.state?.found);
  const editTarget = useAssistant((store) => store.editTarget);
  const mailServer = useTargetField("mailServer");
  const authentication = useTargetField("authentication");
  const finding = useFinding("mail.authentication");
  if (found === undefined || mailServer === undefined || authentication === undefined || finding === undefined) {
    return null;
  }
  const shownFound =
    found.authentication === null
      ? "Could not be told"
      : found.authentication === "none"
        ? finding.status === "done"
          ? "Not needed"
          : finding.actual
        : authenticationCaptions[found.authentication];
  return (
    <Columns
      wide
      main={
        <>
          <StepPage id="mailServer" mark="Authentication:" />
          <FindingList step="authentication" />
        </>
      }
      aside={
        <>
          <Panel title="On this server">
            <FactList facts={[{ name: "Found", value: <b>{shownFound}</b> }]} />
            <p className={styles.label} id="authentication-wanted">
              Wanted for all servers, with {mailServerCaptions[mailServer]}
            </p>
            <RadioGroup
              aria-labelledby="authentication-wanted"
              value={authentication}
              onChange={(_event, data) => {
                const chosen = authentications.find((one) => one === data.value);
                if (chosen !== undefined) editTarget({ authentication: chosen }, "now");
              }}
            >
              {authentications.map((one) => {
                const allowed = allowedAuthentications[mailServer].includes(one);
                return (
                  <Radio
                    key={one}
                    value={one}
                    // What is wanted stays in reach even where the installer refuses it, so that it can be left.
                    disabled={!allowed && one !== authentication}
                    label={
                      <>
                        <span className={allowed ? styles.choice : undefined}>{authenticationCaptions[one]}</span>
                        <span className={styles.hint}>
                          {allowed ? hints[one] : `Not taken with ${mailServerCaptions[mailServer]}`}
                        </span>
                      </>
                    }
                  />
                );
              })}
            </RadioGroup>
          </Panel>
          <Panel title="What to do">
            {finding.status === "done" || finding.status === "notApplicable" ? (
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
